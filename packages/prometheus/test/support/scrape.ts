import type { TrackerEvent } from '@turnspan/core';
import { Registry } from 'prom-client';
import { createPrometheusObserver, type LabelCaps } from '../../src';
import { QUIET } from './events';

/** Counts events in a registry of their own. */
export function observeAll(events: readonly TrackerEvent[], caps: LabelCaps = {}): Registry {
  const registry = new Registry();
  const { observe } = createPrometheusObserver({ registry, snapshot: () => QUIET, caps });
  for (const event of events) observe(event);
  return registry;
}

/** The lines of samples in an exposition that begin with a name. */
export async function samplesOf(registry: Registry, prefix = ''): Promise<string[]> {
  const lines = (await registry.metrics()).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#') && line.startsWith(prefix));
}

/** All samples whose value is not 0: what a run has counted. */
export async function countedBy(events: readonly TrackerEvent[]): Promise<string[]> {
  const samples = await samplesOf(observeAll(events));
  return samples.filter((line) => !/ 0$|_bucket|settled_until/.test(line));
}
