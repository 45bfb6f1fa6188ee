import { HOUR } from './time';

/** How the customers of a bot behave, and how well the bot, its host and WhatsApp work. */
export interface Habits {
  /** Conversations that begin in an hour, on average over the week. */
  readonly conversationsPerHour: number;
  /** Share of those who are asked something and never say another word; by node, `*` for the rest. */
  readonly silence: Readonly<Record<string, number>>;
  /** Share of answers that do not fit, by node, `*` for the rest. */
  readonly misfit: Readonly<Record<string, number>>;
  /** Share of those whose answer did not fit who give three more that do not fit either. */
  readonly stubbornness: number;
  /** Share of answers that are a plea for a person. */
  readonly pleas: number;
  /** Seconds that a message waits for its answer, on average. */
  readonly responseSeconds: number;
  /** Share of messages that the bot never answers. */
  readonly neglect: number;
  /** Share of conversations after which somebody wants no more messages. */
  readonly optOuts: number;
  /** Share of messages that WhatsApp fails to deliver, by Meta's code. */
  readonly failures: Readonly<Record<string, number>>;
  /** Share of delivered messages that are read. */
  readonly reading: number;
  /** Failures of Turnspan's own in an hour. */
  readonly containedPerHour: number;
}

/** A good week. */
export const HEALTHY: Habits = {
  conversationsPerHour: 20,
  silence: { '*': 0.03 },
  misfit: { '*': 0.015 },
  stubbornness: 0,
  pleas: 0.002,
  responseSeconds: 0.8,
  neglect: 0,
  optOuts: 0.002,
  failures: { 131026: 0.01 },
  reading: 0.8,
  containedPerHour: 0,
};

/** How busy an hour is compared with the average: nights are quiet. */
export function rhythm(time: number): number {
  const hour = (time / HOUR) % 24;
  return 1 + 0.5 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
}
