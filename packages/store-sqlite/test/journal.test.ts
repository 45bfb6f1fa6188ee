import type { TrackerEvent } from '@turnspan/core';
import {
  changed,
  createFact,
  createVisit,
  DAY,
  delivery,
  ended,
  HOUR,
  MINUTE,
  preference,
  qualityEvent,
  responded,
  settled,
  T0,
  USER,
} from './support/events';
import { createClock, createJournal, createPath, DRIVERS, readRows } from './support/journal';

const PERSON = { channel: USER.channel, line: USER.line, user_key: USER.key };
const RUN = { flow: 'order', version: 'v1', variant: '', ...PERSON, session_id: 's1' };

const KEPT: readonly (readonly [table: string, event: TrackerEvent, row: object])[] = [
  [
    'visits',
    settled({ loopPeriod: 2 }),
    {
      journey_id: 'j1',
      visit_index: 1,
      node: 'size',
      at: T0 + 5000,
      kind: 'question',
      ...RUN,
      outcome: 'advanced',
      entered_at: T0,
      asked_at: T0 + 100,
      wait_seconds: 4.9,
      processing_seconds: 0.25,
      input_kind: 'text',
      match: 'matched',
      loop_period: 2,
    },
  ],
  [
    'journeys',
    ended(),
    {
      journey_id: 'j1',
      at: T0 + 60_000,
      ...RUN,
      outcome: 'completed',
      entry: 'user',
      started_at: T0,
      seconds: 60,
      turns: 4,
    },
  ],
  [
    'responses',
    responded(),
    {
      turn_id: 't1',
      at: T0 + 400,
      channel: USER.channel,
      line: USER.line,
      flow: 'order',
      responder: 'bot',
      first: 1,
      seconds: 0.4,
      felt_seconds: 1.6,
    },
  ],
  [
    'preference_changes',
    preference(),
    { at: T0 + 900, ...PERSON, value: 'stop', flow: 'order', node: 'size' },
  ],
  [
    'quality_events',
    qualityEvent(),
    {
      at: T0,
      kind: 'phone',
      subject: '15550001',
      name: null,
      language: null,
      account: null,
      event: 'FLAGGED',
    },
  ],
  [
    'quality_changes',
    changed({ value: 'RED', from: 'GREEN', until: T0 + DAY, reason: 'SPAM' }),
    {
      id: 1,
      kind: 'phone',
      subject: '15550001',
      attribute: 'rating',
      key: '',
      name: 'Pizza',
      language: null,
      account: null,
      value: 'RED',
      at: T0,
      observed_at: T0,
      source: 'webhook',
      until: T0 + DAY,
      reason: 'SPAM',
      previous: 'GREEN',
    },
  ],
];

describe.each(DRIVERS)('the journal on %s', (_name, openFile) => {
  describe('keeps', () => {
    it.each(KEPT)('%s, each once however often it is told', async (table, event, row) => {
      const file = createPath();
      const journal = createJournal(openFile, { file });

      journal.observe(event);
      journal.observe(event);
      await journal.flush();
      journal.observe(event);
      await journal.close();

      expect(readRows(openFile, file, table)).toEqual([row]);
    });

    it('the number of messages by hour, place, status and failure', async () => {
      const file = createPath();
      const journal = createJournal(openFile, { file });
      const place = { flow: 'order', node: 'size' };
      const failure = { class: 'frequency_cap', code: '131049' } as const;

      journal.observe(delivery({}, place));
      journal.observe(delivery({}, place));
      await journal.flush();
      journal.observe(delivery({}, { ...place, at: T0 + HOUR - 1 }));
      journal.observe(delivery({}, { ...place, at: T0 + HOUR }));
      journal.observe(delivery({ status: 'failed', failure }));
      await journal.close();

      const rows = readRows(openFile, file, 'delivery_hours').map((row) => Object.values(row));
      const line = [USER.channel, USER.line];
      expect(rows).toEqual([
        [T0, ...line, 'order', 'size', 'sent', '', '', 3],
        [T0, ...line, '', '', 'failed', 'frequency_cap', '131049', 1],
        [T0 + HOUR, ...line, 'order', 'size', 'sent', '', '', 1],
      ]);
    });

    it.each<[table: string, event: TrackerEvent, row: object]>([
      [
        'visits',
        settled({
          visit: createVisit({ askedAt: undefined }),
          waitSeconds: undefined,
          processingSeconds: undefined,
          inputKind: undefined,
          match: undefined,
        }),
        {
          asked_at: null,
          wait_seconds: null,
          processing_seconds: null,
          input_kind: null,
          match: null,
          loop_period: null,
        },
      ],
      [
        'responses',
        responded({ flow: undefined, first: false, feltSeconds: undefined }),
        { flow: null, first: 0, felt_seconds: null },
      ],
      [
        'preference_changes',
        { kind: 'preference_changed', at: T0, user: USER, value: 'stop', place: undefined },
        { flow: null, node: null },
      ],
      ['quality_changes', changed(), { until: null, reason: null, previous: null }],
    ])('null in %s for what is not known', async (table, event, row) => {
      const file = createPath();
      const journal = createJournal(openFile, { file });

      journal.observe(event);
      await journal.close();

      expect(readRows(openFile, file, table)).toEqual([expect.objectContaining(row)]);
    });

    it('nothing of contained errors', async () => {
      const journal = createJournal(openFile);

      journal.observe({ kind: 'error_contained', at: T0, error: new Error('secret') });

      expect(journal.queued).toBe(0);
      await journal.close();
    });
  });

  describe('facts', () => {
    it('are the latest of each subject, attribute and key, in whatever order they came', async () => {
      const journal = createJournal(openFile);
      const red = { value: 'RED', at: T0 + HOUR, reason: 'SPAM', until: T0 + DAY };
      const messages = { attribute: 'restriction', key: 'MESSAGES', value: 'ON' } as const;

      journal.observe(changed(red));
      journal.observe(changed({ value: 'YELLOW', at: T0 }));
      journal.observe(changed(messages));
      journal.observe(changed({ ...messages, key: 'CALLS' }));

      expect(await journal.facts()).toEqual([
        createFact(red),
        createFact({ ...messages, key: 'CALLS' }),
        createFact(messages),
      ]);
      await journal.close();
    });

    it('and timelines are the same after a restart', async () => {
      const file = createPath();
      const subject = { kind: 'template', id: '7', name: 'offer', language: 'de' } as const;
      const first = createJournal(openFile, { file });
      first.observe(changed({ subject: { ...subject, accountId: '9' }, value: 'GREEN' }));
      first.observe(changed({ subject: { kind: 'template', id: '7' }, value: 'RED', at: T0 + 10 }));
      const before = [await first.facts(), await first.timeline({ kind: 'template' })];
      await first.close();

      const second = createJournal(openFile, { file });

      expect([await second.facts(), await second.timeline({ kind: 'template' })]).toEqual(before);
      expect(before[0]).toEqual([
        createFact({ subject: { ...subject, accountId: '9' }, value: 'RED', at: T0 + 10 }),
      ]);
      await second.close();
    });

    it('that nobody had told are taken from what is observed', async () => {
      const journal = createJournal(openFile);
      const fact = createFact({ observedAt: T0 + MINUTE, source: 'poll' });

      await journal.observed([fact]);

      expect(await journal.facts()).toEqual([fact]);
      expect(await journal.timeline({ kind: 'phone' })).toMatchObject([{ value: 'GREEN' }]);
      await journal.close();
    });

    it('know when they were last seen, noted every five minutes at most', async () => {
      const journal = createJournal(openFile);
      journal.observe(changed());
      await journal.observed([createFact({ observedAt: T0 + MINUTE })]);

      await journal.observed([createFact({ observedAt: T0 + 5 * MINUTE })]);
      await journal.observed([createFact({ observedAt: T0 + 6 * MINUTE })]);
      await journal.observed([createFact({ observedAt: T0 + 10 * MINUTE })]);

      expect(journal.queued).toBe(3);
      expect(await journal.facts()).toEqual([createFact({ observedAt: T0 + 6 * MINUTE })]);
      await journal.close();
    });

    it('are not refreshed by whoever has missed a change, and take in a change that was missed', async () => {
      const journal = createJournal(openFile);
      journal.observe(changed({ value: 'RED', at: T0 + HOUR }));

      await journal.observed([createFact({ observedAt: T0 + 2 * HOUR })]);
      const stale = await journal.facts();
      const yellow = createFact({ value: 'YELLOW', at: T0 + 3 * HOUR });
      await journal.observed([yellow]);

      expect(stale).toEqual([createFact({ value: 'RED', at: T0 + HOUR })]);
      expect(await journal.facts()).toEqual([yellow]);
      await journal.close();
    });
  });

  describe('timeline', () => {
    it('tells values with source and reason, and the gaps between them', async () => {
      const clock = createClock();
      const journal = createJournal(openFile, { clock });
      journal.observe(changed());
      await journal.observed([createFact({ observedAt: T0 + 50 * MINUTE })]);
      await journal.observed([createFact({ observedAt: T0 + 5 * HOUR })]);
      await journal.flush();
      journal.observe(
        changed({ value: 'RED', at: T0 + 6 * HOUR, source: 'poll', reason: 'SPAM', from: 'GREEN' }),
      );
      clock.time = T0 + 6.5 * HOUR;

      const entries = await journal.timeline({ kind: 'phone' });

      expect(entries.map((entry) => Object.values(entry).slice(3))).toEqual([
        ['GREEN', T0, T0 + 50 * MINUTE, 'webhook', undefined, true],
        [undefined, T0 + 50 * MINUTE, T0 + 5 * HOUR, undefined, undefined, false],
        ['GREEN', T0 + 5 * HOUR, T0 + 6 * HOUR, 'webhook', undefined, true],
        ['RED', T0 + 6 * HOUR, undefined, 'poll', 'SPAM', true],
      ]);
      await journal.close();
    });

    it('ends in a gap when nobody has looked for too long', async () => {
      const clock = createClock();
      const journal = createJournal(openFile, { clock, gapAfterMs: HOUR });
      journal.observe(changed({ observedAt: T0 + MINUTE }));
      clock.time = T0 + MINUTE + HOUR + 1;

      const entries = await journal.timeline({ kind: 'phone' });

      expect(entries.map(({ from, to, known }) => [from, to, known])).toEqual([
        [T0, T0 + MINUTE, true],
        [T0 + MINUTE, undefined, false],
      ]);
      await journal.close();
    });

    it('holds the value back to when the channel says that it began', async () => {
      const journal = createJournal(openFile);
      journal.observe(changed({ value: 'RED', at: T0 - 3 * HOUR, observedAt: T0 }));

      const entries = await journal.timeline({ kind: 'phone' });

      expect(entries).toMatchObject([{ value: 'RED', from: T0 - 3 * HOUR, to: undefined }]);
      await journal.close();
    });

    it('makes one entry of what two processes found out', async () => {
      const journal = createJournal(openFile);
      journal.observe(changed({ source: 'webhook' }));
      journal.observe(changed({ source: 'poll', at: T0 + MINUTE, observedAt: T0 + 2 * MINUTE }));

      expect(await journal.timeline({ kind: 'phone' })).toMatchObject([
        { value: 'GREEN', from: T0, to: undefined, source: 'webhook' },
      ]);
      await journal.close();
    });

    it.each([
      [{ kind: 'template' }, ['1 rating A', '1 rating B', '1 status A', '2 rating A']],
      [{ kind: 'template', id: '2' }, ['2 rating A']],
      [{ kind: 'template', name: 'offer' }, ['1 rating A', '1 rating B', '1 status A']],
      [{ kind: 'template', attribute: 'status' }, ['1 status A']],
      [{ kind: 'template', id: '1', since: T0 + HOUR }, ['1 rating B', '1 status A']],
      [{ kind: 'template', id: '1', until: T0 + HOUR }, ['1 rating A', '1 status A']],
      [{ kind: 'account' }, []],
    ] as const)('tells what is asked for: %j', async (query, expected) => {
      const clock = createClock();
      clock.time = T0 + HOUR;
      const journal = createJournal(openFile, { clock });
      const one = { kind: 'template', id: '1', name: 'offer' } as const;
      journal.observe(changed({ subject: one, value: 'A' }));
      journal.observe(changed({ subject: one, value: 'B', at: T0 + HOUR }));
      journal.observe(changed({ subject: one, attribute: 'status', value: 'A' }));
      journal.observe(changed({ subject: { ...one, id: '2', name: 'news' }, value: 'A' }));

      const entries = await journal.timeline(query);

      expect(
        entries.map(({ subject, attribute, value }) => `${subject.id} ${attribute} ${value}`),
      ).toEqual(expected);
      await journal.close();
    });
  });

  describe('retention', () => {
    it('deletes what is older, a few rows at a time, and nothing else', async () => {
      const file = createPath();
      const journal = createJournal(openFile, { file, retentionDays: 1 });
      for (let index = 0; index < 1200; index += 1) {
        journal.observe(settled({ at: T0, visit: createVisit({ index }) }));
      }
      for (const [, event] of KEPT) journal.observe({ ...event, at: T0 } as TrackerEvent);
      journal.observe(delivery());
      journal.observe(settled({ at: T0 + 1 }));
      await journal.flush();

      const pruned = await journal.prune(T0 + DAY + 1);

      // Of the others the change is still in force, and the visit is one of the 1200.
      expect(pruned).toBe(1200 + 6);
      expect(await journal.prune(T0 + DAY + 1)).toBe(0);
      expect(await journal.facts()).toHaveLength(1);
      await journal.close();
      expect(readRows(openFile, file, 'visits')).toMatchObject([{ at: T0 + 1 }]);
    });

    it('leaves the timeline whole from there on', async () => {
      const clock = createClock();
      const journal = createJournal(openFile, { clock, retentionDays: 1 });
      for (const [hours, value] of [
        [0, 'GREEN'],
        [1, 'YELLOW'],
        [30, 'RED'],
      ] as const) {
        journal.observe(changed({ value, at: T0 + hours * HOUR }));
      }
      await journal.observed([createFact({ value: 'RED', at: T0 + 30 * HOUR })]);
      clock.time = T0 + 30 * HOUR;
      const before = await journal.timeline({ kind: 'phone', since: T0 + 10 * HOUR });

      const pruned = await journal.prune(T0 + 34 * HOUR);

      const after = await journal.timeline({ kind: 'phone' });
      expect(pruned).toBeGreaterThan(0);
      expect(after.map(({ value, known }) => [value, known])).toEqual(
        before.map(({ value, known }) => [value, known]),
      );
      expect(after.at(-1)).toEqual(before.at(-1));
      await journal.close();
    });
  });
});
