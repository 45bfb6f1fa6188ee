import { attempt, type OnError, type Snapshot } from '@turnspan/core';
import { oncePerTick } from './once-per-tick';
import type { Recorder } from './recorder';

const SNAPSHOT_GAUGES = [
  'conversation_waiting',
  'conversation_stalled',
  'conversation_unanswered',
  'conversation_oldest_unanswered_timestamp_seconds',
  'conversation_settled_until_timestamp_seconds',
  'turnspan_sweep_lag_seconds',
] as const;

/** Where the gauges get their values from; while it fails they have none. */
export interface SnapshotSource {
  readonly snapshot: () => Snapshot;
  readonly onError: OnError;
}

/** Makes the gauges of this moment read the snapshot whenever they are scraped. */
export function collectSnapshot(recorder: Recorder, { snapshot, onError }: SnapshotSource): void {
  const apply = () => {
    const current = snapshot();
    recorder.limits.uncounted(() => applySnapshot(recorder, current));
    return true;
  };
  const collect = oncePerTick(() => attempt(apply, onError) ?? false);
  for (const name of SNAPSHOT_GAUGES) recorder.metrics[name].collect = collect;
}

function applySnapshot(recorder: Recorder, snapshot: Snapshot): void {
  const { metrics } = recorder;
  applyWaiting(recorder, snapshot.waiting);
  applyUnanswered(recorder, snapshot.unanswered);
  metrics.conversation_settled_until_timestamp_seconds.set(snapshot.settledUntil / 1000);
  metrics.turnspan_sweep_lag_seconds.set(snapshot.sweepLagSeconds);
}

function applyWaiting({ metrics, limits }: Recorder, rows: Snapshot['waiting']): void {
  metrics.conversation_waiting.zero();
  metrics.conversation_stalled.zero();
  for (const row of rows) {
    const flow = limits.flow(row.flow);
    const node = limits.node(flow, row.node);
    metrics.conversation_waiting.add(row.waiting, flow, node);
    metrics.conversation_stalled.add(row.stalled, flow, node);
  }
}

function applyUnanswered({ metrics, limits }: Recorder, rows: Snapshot['unanswered']): void {
  metrics.conversation_unanswered.zero();
  metrics.conversation_oldest_unanswered_timestamp_seconds.reset();
  for (const { count, oldestAt, ...row } of rows) {
    const endpoint = [limits.channel(row.channel), limits.line(row.line)] as const;
    metrics.conversation_unanswered.add(count, ...endpoint);
    if (oldestAt === undefined) continue;
    metrics.conversation_oldest_unanswered_timestamp_seconds.min(oldestAt / 1000, ...endpoint);
  }
}
