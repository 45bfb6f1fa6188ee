import type { BoundedMap } from './bounded-map';
import type { Clock } from './clock';
import type { Emitter } from './emitter';
import type { TrackerEvent } from './events';
import type { FlowGraph } from './flow-graph';
import type { MessageTags } from './message-tag';
import type { Recording } from './recording';
import type { Sessions } from './sessions';
import type { Settings } from './settings';
import type { Turn } from './turn';
import type { JourneyOutcome } from './vocabulary';
import type { WaitingList } from './waiting-list';

/** What the parts of the tracker share. */
export interface TrackerContext {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly waitingList: WaitingList;
  readonly graph: FlowGraph;
  readonly sessions: Sessions;
  readonly emitter: Emitter;
  readonly recording: Recording;
  readonly tags: MessageTags;
  readonly createId: () => string;
  /** The node whose message each user got last. */
  readonly lastPlaces: BoundedMap<string, { readonly flow: string; readonly node: string }>;
  /** Journeys that ended while the bot still holds their dialog, and how; or that a new one has replaced since. */
  readonly ended: BoundedMap<string, JourneyOutcome | 'replaced'>;
}

/** Emits an event of a turn: at once, or when it is known that the turn may count it. */
export function emitIn(context: TrackerContext, turn: Turn | undefined, event: TrackerEvent): void {
  const entry = turn?.takeEntry();
  if (entry) holdOrRelease(context, turn, entry);
  holdOrRelease(context, turn, event);
}

function holdOrRelease(context: TrackerContext, turn: Turn | undefined, event: TrackerEvent): void {
  if (turn?.take(event)) return;
  release(context, turn, event);
}

/** Emits an event unless another turn counts it. */
export function release(
  context: TrackerContext,
  turn: Turn | undefined,
  event: TrackerEvent,
): void {
  if (!turn?.hides(event)) tell(context, turn, event);
}

/** Emits an event, and says if another process may have told it before. */
export function tell(context: TrackerContext, turn: Turn | undefined, event: TrackerEvent): void {
  context.emitter.emit(turn?.again ? { ...event, again: true } : event);
}

/** Seconds from one time to another; a negative difference is a clock that was set back, and counts as 0. */
export function secondsBetween(context: TrackerContext, from: number, to: number): number {
  if (to >= from) return (to - from) / 1000;
  context.emitter.emit({ kind: 'clock_skewed', at: to });
  return 0;
}
