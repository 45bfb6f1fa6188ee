import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type QualityFact, systemClock } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { createSqliteJournal, createSqliteStore } from '@turnspan/store-sqlite';
import { createConsoleSource } from '../src/console/create-source';
import { DAY, NOW } from './cli/run';
import { writeStory } from './cli/story';
import { writeTrial } from './cli/trial';

const folder = mkdtempSync(join(tmpdir(), 'turnspan-page-'));
const clock = { ...systemClock, now: () => NOW };
const now = clock.now;
let journal: Journal;
let facts: readonly QualityFact[];

beforeAll(async () => {
  const trial = await writeTrial(folder);
  journal = createSqliteJournal({ file: trial.journal, clock, onError: fail });
  const store = createSqliteStore({ file: trial.store, clock, onError: fail });
  facts = await store.shared.facts();
  store.close();
}, 60_000);
afterAll(async () => {
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

it('an experiment has its variants, its verdict, and what is paused', async () => {
  const source = createConsoleSource(journal, { now, facts: async () => facts });

  const { experiments } = await source.experiments();

  const running = experiments.find(({ name, salt }) => name === 'ask-door' && salt === name);
  expect(running).toMatchObject({
    ...{ state: 'paused', flow: 'address', goal: 'completed', stopped: undefined },
    variants: [
      { variant: 'one-question', paused: undefined, rate: { count: 380, total: 601 } },
      { variant: 'split', paused: undefined, rate: { count: 423, total: 602 } },
      { variant: 'rude', paused: expect.stringContaining('journeys failed') },
    ],
    judgement: { verdict: { kind: 'keep_running' }, multipleExposed: 0 },
  });
});

it('what goes on is first, and what was begun anew is last', async () => {
  const source = createConsoleSource(journal, { now, facts: async () => facts });

  const { experiments } = await source.experiments();

  expect(experiments[0]).toMatchObject({ name: 'ask-door', salt: 'ask-door' });
  expect(experiments.at(-1)).toMatchObject({ name: 'ask-door', salt: 'before', state: 'over' });
});

it('without a store there are numbers of people, and no verdict', async () => {
  const source = createConsoleSource(journal, { now });

  const { experiments } = await source.experiments();

  expect(experiments).toMatchObject([{ name: 'ask-door', state: 'unknown', flow: undefined }]);
  expect(experiments[0]?.judgement).toBeUndefined();
  expect(experiments[0]?.variants.map(({ exposed, rate }) => [exposed > 500, rate])).toEqual(
    Array.from({ length: 3 }, () => [true, undefined]),
  );
});

describe('examples of an investigation', () => {
  let story: Journal;
  beforeAll(async () => {
    const file = await writeStory(folder);
    story = createSqliteJournal({ file, clock, onError: fail });
  }, 60_000);
  afterAll(() => story.close());

  it('are sessions of people whom the suspect lost, with an address where one is known', async () => {
    const traceUrl = 'https://traces.example.com/search?q={sessionId}';
    const source = createConsoleSource(story, { now, traceUrl });

    const document = await source.investigation(`at.${NOW}`);

    const traces = document?.traces ?? [];
    expect(document?.suspect).toMatchObject({ flow: 'order', node: 'door_code' });
    expect(traces).toHaveLength(3);
    for (const { flow, node, sessionId, at, url } of traces) {
      expect([flow, node]).toEqual(['order', 'door_code']);
      expect(at).toBeGreaterThan(NOW - 7 * DAY);
      expect(url).toBe(`https://traces.example.com/search?q=${encodeURIComponent(sessionId)}`);
    }
  });

  it('are left out where nobody says where traces are', async () => {
    const source = createConsoleSource(story, { now });

    const document = await source.investigation(`at.${NOW}`);

    expect(document?.suspects).toBeGreaterThan(0);
    expect(document?.traces).toEqual([]);
  });
});

function fail(error: unknown): never {
  throw error;
}
