import { diag, ProxyTracerProvider, type Tracer, trace } from '@opentelemetry/api';
import {
  contain,
  type Observer,
  type OnError,
  type TurnRef,
  TurnspanError,
  VISIT_OUTCOMES,
} from '@turnspan/core';
import { Recorder } from './recorder';
import type { KeepReason } from './sampling';

const { version }: { readonly version: string } = require('../package.json');

/** How conversations become spans. */
export interface OpenTelemetryOptions {
  /**
   * Makes the spans.
   * @default the tracer `turnspan` of the SDK that is registered when a span begins
   */
  readonly tracer?: Tracer;
  /**
   * The share of sessions to trace, from 0 to 1; a session is traced as a whole or not at all.
   * @default 1
   */
  readonly sampleRatio?: number;
  /**
   * The visits that leave a span even if their session is not traced.
   * @default ['dropped', 'failed', 'looped']
   */
  readonly alwaysKeep?: readonly KeepReason[];
  /**
   * Hears of what went wrong while a span was made.
   * @default OpenTelemetry's own diagnostic log
   */
  readonly onError?: OnError;
}

/** Makes spans of what the tracker tells. */
export interface OpenTelemetryObserver {
  /** Takes the tracker's events; never throws. */
  readonly observe: Observer;
  /** Runs the bot's part of a turn with the span of the turn active, so that spans made there become its children. */
  activate<T>(turn: TurnRef, run: () => T): T;
}

/**
 * Turns conversations into spans of whatever OpenTelemetry SDK the application has registered;
 * without one it does nothing.
 *
 * @example
 * const { observe, activate } = createOpenTelemetryObserver({ sampleRatio: 0.1 });
 */
export function createOpenTelemetryObserver({
  tracer,
  sampleRatio = 1,
  alwaysKeep = ['dropped', 'failed', 'looped'],
  onError = reportToDiag,
}: OpenTelemetryOptions = {}): OpenTelemetryObserver {
  checkRatio(sampleRatio);
  checkReasons(alwaysKeep);
  const getTracer = () => tracer ?? findTracer();
  const recorder = new Recorder({ getTracer, sampleRatio, alwaysKeep: new Set(alwaysKeep) });
  return {
    observe: contain((event) => recorder.observe(event), onError),
    activate: (turn, run) => recorder.activate(turn, run),
  };
}

/** The tracer of the SDK that is registered; none where there is no SDK, so that nothing is made for it. */
function findTracer(): Tracer | undefined {
  const provider = trace.getTracerProvider();
  if (provider instanceof ProxyTracerProvider) {
    return provider.getDelegateTracer('turnspan', version);
  }
  return provider.getTracer('turnspan', version);
}

function reportToDiag(error: unknown): void {
  diag.error('turnspan: a span could not be made', error);
}

function checkRatio(ratio: number): void {
  if (ratio >= 0 && ratio <= 1) return;
  const detail = `Expected \`sampleRatio\` to be a number from 0 to 1, got ${ratio}.`;
  throw new TurnspanError('OPTION_INVALID', { detail });
}

function checkReasons(reasons: readonly KeepReason[]): void {
  const known: readonly string[] = [...VISIT_OUTCOMES, 'looped'];
  const unknown = reasons.find((reason) => !known.includes(reason));
  if (unknown === undefined) return;
  const detail = `Expected \`alwaysKeep\` to hold outcomes of a visit or 'looped', got '${unknown}'.`;
  throw new TurnspanError('OPTION_INVALID', { detail });
}
