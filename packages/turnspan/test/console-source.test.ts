import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsoleSource } from '@turnspan/console';
import { systemClock } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { createConsoleSource } from '../src/console/create-source';
import { DAY, NOW } from './cli/run';
import { FAULT_DAY, FLOWS, RATING, writeStory } from './cli/story';

const WEEK = { since: NOW - 7 * DAY, until: NOW };
const MONTH = { since: NOW - 40 * DAY, until: NOW };
const folder = mkdtempSync(join(tmpdir(), 'turnspan-source-'));
let journal: Journal;
let source: ConsoleSource;

beforeAll(async () => {
  const file = await writeStory(folder);
  const clock = { ...systemClock, now: () => NOW };
  journal = createSqliteJournal({ file, clock, onError: fail });
  const steps = {
    flows: () => [
      { id: 'order', version: 'v2', nodes: [{ id: 'hello', kind: 'message' as const }], edges: [] },
    ],
    textOf: (_flow: string, node: string) => (node === 'door_code' ? 'The code?' : undefined),
    waitingAt: (_flow: string, node: string) => (node === 'street' ? 3 : 0),
  };
  source = createConsoleSource(journal, { steps, now: clock.now });
}, 60_000);
afterAll(async () => {
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

it('the flow with the planted fault is first, and its worst node is the fault', async () => {
  const { flows } = await source.flows({ period: WEEK });

  expect(flows.map(({ flow }) => flow)).toEqual(['order', 'coupon']);
  expect(flows[0]).toMatchObject({
    worst: 'door_code',
    trouble: { kind: 'found', value: { clear: true } },
    nodes: expect.arrayContaining([{ node: 'door_code', text: 'The code?' }]),
  });
  expect(flows[1]?.worst).toBeUndefined();
});

it('the map has the nodes in the order of the way, and what is declared but never reached last', async () => {
  const journey = await source.journey({ flow: 'order', period: WEEK });

  expect(journey?.nodes.map(({ node }) => node)).toEqual([...(FLOWS.order ?? []), 'hello']);
  expect(journey?.nodes.at(-1)).toMatchObject({ kind: 'message', people: 0, dropped: undefined });
  expect(journey?.nodes[2]).toMatchObject({ node: 'street', waiting: 3, kind: 'question' });
  expect(journey?.worst).toEqual({ kind: 'found', value: 'door_code' });
});

it('as many come to a node as went the ways to it', async () => {
  const journey = await source.journey({ flow: 'order', period: MONTH });

  const arrived = (journey?.edges ?? []).filter(({ to }) => to === 'street');
  const street = journey?.nodes.find(({ node }) => node === 'street');
  expect(arrived.reduce((sum, { people }) => sum + people, 0)).toBe(street?.people);
});

it('versions are those that were seen, and one of them can be looked at alone', async () => {
  const all = await source.journey({ flow: 'order', period: MONTH });
  const old = await source.journey({ flow: 'order', period: MONTH, version: 'v1' });

  expect(all?.versions.map(({ version }) => version)).toEqual(['v1', 'v2']);
  expect(all?.versions[1]?.since).toBeGreaterThanOrEqual(NOW - (40 - FAULT_DAY) * DAY);
  expect(old?.journeys).toBe(all?.versions[0]?.journeys);
  expect(old?.worst).toEqual({ kind: 'found', value: undefined });
});

it('a node tells how it does, what people do next, and how it did before', async () => {
  const node = await source.node({ flow: 'order', node: 'door_code', period: MONTH });

  const shares = node?.next.map(({ share }) => share.count) ?? [];
  expect(shares.reduce((sum, count) => sum + count, 0)).toBe(node?.people);
  expect(node?.next).toContainEqual({
    to: { kind: 'outcome', outcome: 'dropped' },
    share: expect.objectContaining({ count: node?.dropped?.count }),
  });
  expect(node?.byVersion.map(({ version }) => version)).toEqual(['v2', 'v1']);
  expect(node?.signals[0]?.signal).toBe('no_match');
  expect(node?.reply.kind).toBe('found');
});

it.each([{ flow: 'weather' }, { flow: 'order', node: 'nobody' }])(
  'what nobody knows is undefined: %j',
  async ({ flow, node }) => {
    const document = node
      ? await source.node({ flow, node, period: WEEK })
      : await source.journey({ flow, period: WEEK });

    expect(document).toBeUndefined();
  },
);

it('states, series and marks have the same axis', async () => {
  const { tracks, series, marks } = await source.quality({ period: MONTH });

  expect(tracks).toMatchObject([{ attribute: 'rating', entries: [{ value: 'YELLOW' }] }]);
  expect(series.map(({ points }) => points.length)).toEqual([40, 40, 40, 40]);
  expect(series[0]?.points.some(({ value }) => (value ?? 0) > 0)).toBe(true);
  expect(marks).toContainEqual({
    kind: 'investigation',
    at: RATING.at,
    id: `phone.106540352242922.rating.${RATING.at}`,
  });
  expect(marks).toContainEqual(expect.objectContaining({ kind: 'version', version: 'v2' }));
});

it('an investigation of the fall of the rating suspects the fault, and has its text', async () => {
  const { investigations } = await source.investigations();
  const document = await source.investigation(investigations[0]?.id ?? '');

  const fault = { kind: 'node', flow: 'order', node: 'door_code' };
  expect(investigations).toMatchObject([
    { at: RATING.at, suspect: fault, trigger: { kind: 'quality', from: 'GREEN', to: 'YELLOW' } },
  ]);
  expect(document?.texts[0]).toEqual({ flow: 'order', node: 'door_code', text: 'The code?' });
});

it('any moment can be looked into by its time', async () => {
  const [moment, nothing] = await Promise.all([
    source.investigation(`at.${NOW}`),
    source.investigation('rating'),
  ]);

  expect(moment).toMatchObject({ at: NOW, trigger: { kind: 'request' } });
  expect(nothing).toBeUndefined();
});

function fail(error: unknown): never {
  throw error;
}
