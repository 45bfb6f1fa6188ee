import type { Timestamp } from '@turnspan/core';
import type { PlannedStatus } from '../graph-api';
import type { LabelValues } from './exposition';
import type { Ledger } from './ledger';
import type { PhoneMessage } from './phone';

/** A node of a flow. */
export interface Place {
  readonly flow: string;
  readonly node: string;
  /** What the customer was shown of an experiment before, as `experiment:variant`. */
  readonly variant?: string | undefined;
}

/** A variant of an experiment that a customer was shown, and what it is to make them do. */
export interface ShownVariant {
  readonly experiment: string;
  readonly variant: string;
  /** How a journey ends that reached it. */
  readonly goal: string;
}

/** How long a journey was, and what it was shown. */
export interface JourneyEnd {
  readonly ms: number;
  readonly turns: number;
  readonly variant?: string | undefined;
}

/** Where the customers write to. */
export interface Endpoint extends LabelValues {
  readonly channel: string;
  readonly line: string;
}

/** Enters what happened to customers into the ledger, under the names of the metrics. */
export class Bookkeeper {
  readonly #ledger: Ledger;
  readonly #endpoint: Endpoint;

  constructor(ledger: Ledger, { channel, line }: Endpoint) {
    this.#ledger = ledger;
    this.#endpoint = { channel, line };
  }

  /** A journey began. */
  began(flow: string, entry: string): void {
    this.#ledger.count('conversation_journeys_started_total', { flow, ...this.#endpoint, entry });
  }

  /** A journey ended. */
  ended(flow: string, outcome: string, { ms, turns, variant = '' }: JourneyEnd): void {
    const labels = { flow, variant, ...this.#endpoint, outcome };
    this.#ledger.count('conversation_journeys_ended_total', labels);
    this.#ledger.observe('conversation_journey_seconds', { flow, outcome }, Math.max(0, ms) / 1000);
    this.#ledger.observe('conversation_journey_turns', { flow, outcome }, turns);
  }

  /** A journey came to a node. */
  entered(place: Place, from: string | undefined): void {
    this.#ledger.count('conversation_node_entries_total', toLabels(place));
    if (from === undefined) return;
    const { flow, node } = place;
    this.#ledger.count('conversation_transitions_total', { flow, from, to: node });
  }

  /** A visit ended; `processingMs` if the bot had done all it had to do there. */
  exited(place: Place, outcome: string, processingMs: number | undefined): void {
    this.#ledger.count('conversation_node_exits_total', { ...toLabels(place), outcome });
    if (processingMs === undefined) return;
    const { flow, node } = place;
    this.#ledger.observe(
      'conversation_node_processing_seconds',
      { flow, node },
      processingMs / 1000,
    );
  }

  /** The customer answered a question after so long. */
  waited(place: Place, ms: number): void {
    const seconds = Math.max(0, ms) / 1000;
    this.#ledger.observe('conversation_reply_wait_seconds', toLabels(place), seconds);
  }

  /** Something else happened at a node: `stalls`, `returns`. */
  noted(what: 'stalls' | 'returns', place: Place): void {
    this.#ledger.count(`conversation_node_${what}_total`, toLabels(place));
  }

  /** A sign of confusion. */
  confused(place: Place, signal: string): void {
    this.#ledger.count('conversation_node_confusions_total', { ...toLabels(place), signal });
  }

  /** A loop. */
  looped(place: Place, period: number): void {
    const labels = { ...toLabels(place), period: String(period) };
    this.#ledger.count('conversation_node_loops_total', labels);
  }

  /** The customer was shown a variant for the first time. */
  shown({ experiment, variant }: ShownVariant): void {
    this.#ledger.count('conversation_experiment_exposures_total', { experiment, variant });
  }

  /** The customer did what the experiment is about. */
  reached({ experiment, variant, goal }: ShownVariant): void {
    const labels = { experiment, variant, goal };
    this.#ledger.count('conversation_experiment_conversions_total', labels);
  }

  /** A message of the business reached the phone, from a node or from no flow. */
  received(message: PhoneMessage, place: Place | undefined): void {
    this.#answered(message, place);
    const priced = message.statuses.find(({ status }) => status === 'delivered');
    for (const planned of message.statuses) {
      const isPriced = planned === (priced ?? message.statuses[0]) && planned.status !== 'failed';
      this.#reported(message, planned, {
        place,
        category: isPriced ? message.category : 'unknown',
      });
    }
  }

  #answered({ response }: PhoneMessage, place: Place | undefined): void {
    if (!response) return;
    const { responder, seconds, feltSeconds, first } = response;
    const labels = { flow: place?.flow ?? '__none__', ...this.#endpoint, responder };
    this.#ledger.observe('conversation_response_seconds', labels, seconds);
    if (first) this.#ledger.observe('conversation_first_response_seconds', labels, seconds);
    const felt = Math.max(0, feltSeconds);
    this.#ledger.observe('conversation_felt_response_seconds', this.#endpoint, felt);
  }

  #reported(
    message: PhoneMessage,
    { status, afterMs, code }: PlannedStatus,
    { place, category }: { readonly place: Place | undefined; readonly category: string },
  ): void {
    const { line } = this.#endpoint;
    this.#ledger.count('whatsapp_messages_total', { line, category, status });
    if (place) this.#countAt(place, status);
    if (status === 'failed') this.#failed(code ?? 131_000);
    else if (place) this.#delivered(status, message.requestedAt, message.acceptedAt + afterMs);
  }

  #countAt({ flow, node }: Place, status: string): void {
    this.#ledger.count('conversation_node_messages_total', { flow, node, status });
  }

  #failed(code: number): void {
    const labels = {
      line: this.#endpoint.line,
      class: FAILURE_CLASS[code] ?? 'other',
      code: String(code),
    };
    this.#ledger.count('whatsapp_message_failures_total', labels);
  }

  /** WhatsApp gives whole seconds. */
  #delivered(stage: string, requestedAt: Timestamp, at: Timestamp): void {
    const seconds = Math.max(0, Math.floor(at / 1000) * 1000 - requestedAt) / 1000;
    this.#ledger.observe('conversation_delivery_seconds', { ...this.#endpoint, stage }, seconds);
  }
}

function toLabels({ flow, node, variant = '' }: Place): LabelValues {
  return { flow, node, variant };
}

/** What Meta's error codes mean, for the codes that are played here. */
const FAILURE_CLASS: Readonly<Record<number, string>> = {
  131000: 'transient',
  131026: 'unreachable',
  131047: 'window_closed',
  131048: 'negative_feedback',
  131049: 'frequency_cap',
  131050: 'opt_out',
};
