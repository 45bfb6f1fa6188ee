import type { Answer, Interval, Proportion } from '@turnspan/insights';
import type { Dictionary, Language } from './dictionary';

/** Writes numbers and times as a language does. */
export interface Format {
  count(value: number): string;
  /** One digit behind the point where the rate is small. */
  percent(rate: number | undefined): string;
  /** In brackets, as it stands behind a rate. */
  interval(interval: Interval): string;
  /** A rate and its interval; what is to be said if there is none. */
  rate(proportion: Proportion | undefined): string;
  seconds(value: number): string;
  secondsInterval(low: number | undefined, high: number | undefined): string;
  moment(at: number): string;
  day(at: number): string;
  time(at: number): string;
  number(value: number): string;
  points(value: number): string;
}

const SPACE = '\u00a0';

/** Makes the writer of a language. */
export function createFormat(language: Language, text: Dictionary): Format {
  const locale = language === 'en' ? 'en-GB' : 'es';
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const moment = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const share = (rate: number) =>
    rate > 0 && rate < 0.095
      ? new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(rate * 100)
      : whole.format(rate * 100);
  const percent = (rate: number | undefined) =>
    rate === undefined ? text.notEnoughShort : `${share(rate)}${SPACE}%`;
  const interval = ({ low, high }: Interval) => `(${share(low)}–${share(high)}${SPACE}%)`;
  const seconds = (value: number) => toDuration(value, short);
  return {
    count: (value) => whole.format(value),
    percent,
    interval,
    rate: (proportion) =>
      proportion?.rate === undefined
        ? text.notEnoughShort
        : `${percent(proportion.rate)} ${interval(proportion)}`,
    seconds,
    secondsInterval: (low, high) =>
      `(${low === undefined ? '?' : seconds(low)} – ${high === undefined ? '?' : seconds(high)})`,
    moment: (at) => moment.format(at),
    day: (at) => day.format(at),
    time: (at) => time.format(at),
    number: (value) => short.format(value),
    points: (value) => `${value > 0 ? '+' : ''}${short.format(value * 100)}`.replace('-', '−'),
  };
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function toDuration(seconds: number, format: Intl.NumberFormat): string {
  if (seconds < 1) return `${format.format(seconds * 1000)}${SPACE}ms`;
  if (seconds < 2 * MINUTE) return `${format.format(seconds)}${SPACE}s`;
  if (seconds < 2 * HOUR) return `${format.format(seconds / MINUTE)}${SPACE}min`;
  if (seconds < 2 * DAY) return `${format.format(seconds / HOUR)}${SPACE}h`;
  return `${format.format(seconds / DAY)}${SPACE}d`;
}

/** Says that there was too little; undefined if there was enough. */
export function sayTooLittle(
  answer: Answer<unknown>,
  { text, format }: { readonly text: Dictionary; readonly format: Format },
): string | undefined {
  if (answer.kind === 'found') return undefined;
  const { had, needed, reason } = answer;
  return text.notEnough({ had: format.count(had), needed: format.count(needed), reason });
}
