import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { QualityFact } from '@turnspan/core';
import fc from 'fast-check';
import { type FieldChange, PhoneDirectory } from '../src';
import { fixture, messagesField } from './harness';
import { NOW, startQuality, startWebhook, toFactLine } from './quality-harness';

const HOUR_MS = 3_600_000;

function change(value: object, rest: Partial<FieldChange> = {}): FieldChange {
  const field = 'message_template_status_update';
  const named = { message_template_id: 7, ...value };
  return { kind: 'change', field, accountId: '9', timestamp: NOW, value: named, ...rest };
}

describe('an update', () => {
  it('is a repetition although its time is another, if it says the same within the hour', () => {
    const { quality, clock, lines } = startQuality();
    const say = (event: string, minutes: number) => {
      clock.advance(minutes * 60_000);
      quality.takeChange(change({ event }, { timestamp: clock.now() }), clock.now());
    };

    say('REJECTED', 0);
    say('REJECTED', 30);
    say('REJECTED', 30);

    const results = lines.filter((line) => line.startsWith('webhook'));
    expect(results.map((line) => line.split(' ').at(-1))).toEqual([
      'applied',
      'duplicate',
      'applied',
    ]);
    expect(lines.filter((line) => line.startsWith('event'))).toHaveLength(2);
    expect(quality.facts()[0]).toMatchObject({ at: NOW, observedAt: NOW + HOUR_MS });
  });

  it('is no repetition when something else was said in between', () => {
    const { quality, lines } = startQuality();

    for (const [event, at] of [
      ['FLAGGED', 1],
      ['APPROVED', 2],
      ['FLAGGED', 3],
    ] as const) {
      quality.takeChange(change({ event }, { timestamp: NOW + at }), NOW);
    }

    expect(lines.filter((line) => line.endsWith('applied'))).toHaveLength(3);
  });

  it('is no repetition when a poll said something else in between', () => {
    const { quality, lines } = startQuality();
    const subject = { kind: 'template', id: '7' } as const;

    quality.takeChange(change({ event: 'REJECTED' }, { timestamp: NOW + 1 }), NOW);
    quality.takeFacts([
      {
        subject,
        attribute: 'status',
        value: 'APPROVED',
        at: NOW + 2,
        observedAt: 0,
        source: 'poll',
      },
    ]);
    quality.takeChange(change({ event: 'REJECTED' }, { timestamp: NOW + 3 }), NOW);

    expect(lines.filter((line) => line.endsWith('applied'))).toHaveLength(2);
    expect(quality.facts()[0]?.value).toBe('REJECTED');
  });

  it('that comes late is stale, though its event is told', () => {
    const { quality, lines } = startQuality();
    quality.takeChange(change({ event: 'APPROVED' }), NOW);
    lines.length = 0;

    quality.takeChange(change({ event: 'PENDING' }, { timestamp: NOW - 1000 }), NOW);

    expect(lines).toEqual([
      `event template 7 PENDING at ${(NOW - 1000) / 1000}`,
      'webhook message_template_status_update stale',
    ]);
  });

  it.each([
    ['forgets', { firstSeen: () => Promise.reject(new Error('boom')) }, 1],
    [
      'fails',
      {
        firstSeen: () => {
          throw new Error('boom');
        },
      },
      1,
    ],
    ['is slow', { firstSeen: () => Promise.resolve(true) }, 0],
  ])('counts when the memory of keys %s', async (_, seen, failures) => {
    const { quality, lines, errors } = startQuality({ seen });

    quality.takeChange(change({ event: 'APPROVED' }), NOW);
    await new Promise((resolve) => setImmediate(resolve));

    expect(lines.at(-1)).toBe('webhook message_template_status_update applied');
    expect(errors).toHaveLength(failures);
  });

  it('counts although nobody can bear to listen', () => {
    const errors: unknown[] = [];
    const fail = () => {
      throw new Error('boom');
    };
    const { quality } = startQuality({ onSignal: fail, onError: (error) => errors.push(error) });

    quality.takeChange(change({ event: 'APPROVED' }), NOW);

    expect([quality.facts().length, errors.length]).toEqual([1, 3]);
  });
});

describe('a number', () => {
  const flagged: FieldChange = {
    kind: 'change',
    field: 'phone_number_quality_update',
    timestamp: NOW,
    value: { display_phone_number: '15550783881', event: 'FLAGGED' },
  };

  it('is known by its digits until its id is learned', () => {
    const { quality, lines } = startQuality();
    quality.takeChange(flagged, NOW);
    const before = quality.toJson().phones.map(({ id }) => id);

    quality.phones.learn('+1 555-078-3881', '106540352242922');
    quality.takeChange({ ...flagged, timestamp: NOW + 1 }, NOW);

    expect(before).toEqual(['15550783881']);
    expect(quality.toJson().phones.map(({ id }) => id)).toEqual(['106540352242922']);
    expect(lines.filter((line) => line.includes('status FLAGGED'))).toHaveLength(1);
  });

  it('has its id learned from a message', async () => {
    const { quality } = startQuality();
    const { post, close } = await startWebhook(quality);
    quality.takeChange(flagged, NOW);

    await post(fixture('messages.text'));
    await close();

    expect(quality.toJson().phones.map(({ id }) => id)).toEqual(['106540352242922']);
  });

  it('and its id are checked before they are believed', () => {
    const phones = new PhoneDirectory();
    const told: unknown[] = [];
    const stop = phones.subscribe((phone) => told.push(phone));

    for (const [display, id] of [
      ['home', '1'],
      ['1', 'x'],
      [{}, 1],
      ['1', '2'],
      ['+1', 2],
    ]) {
      phones.learn(display, id);
    }
    stop();
    phones.learn('3', '4');
    const later: unknown[] = [];
    phones.subscribe((phone) => later.push(phone));

    expect(told).toEqual([{ digits: '1', id: '2' }]);
    expect(later).toEqual([...told, { digits: '3', id: '4' }]);
    expect(['1', '(1)', '2', '3'].map((display) => phones.idOf(display))).toEqual([
      '2',
      '2',
      undefined,
      '4',
    ]);
  });
});

it('reports what is so now, and what is not known', () => {
  const { quality, clock } = startQuality();
  const title = 'FIRST_PAUSE';
  quality.takeChange(change({ event: 'PAUSED', other_info: { title } }), NOW);
  quality.takeChange(
    change(
      { event: 'ACCOUNT_RESTRICTION', restriction_info: [{ restriction_type: 'RESTRICTED_X' }] },
      { field: 'account_update' },
    ),
    NOW,
  );
  const restricted = { value: 'RESTRICTED', since: NOW, observedAt: NOW, source: 'webhook' };

  const during = quality.toJson();
  clock.advance(3 * HOUR_MS);
  const after = quality.toJson();

  expect(during).toEqual({
    phones: [],
    templates: [
      {
        id: '7',
        accountId: '9',
        attributes: {
          rating: { value: 'unknown' },
          status: {
            value: 'PAUSED',
            since: NOW,
            observedAt: NOW,
            source: 'webhook',
            until: NOW + 3 * HOUR_MS,
            reason: title,
          },
        },
      },
    ],
    accounts: [{ id: '9', attributes: { 'restriction.RESTRICTED_X': restricted } }],
    portfolios: [],
  });
  expect([after.templates, after.accounts]).toEqual([[], during.accounts]);
});

it('takes what was kept without a word', () => {
  const before = startQuality();
  before.quality.takeChange(change({ event: 'APPROVED' }), NOW);
  const after = startQuality();

  after.quality.restore(JSON.parse(JSON.stringify(before.quality.facts())));

  expect(after.quality.toJson()).toEqual(before.quality.toJson());
  expect(after.lines).toEqual([]);
});

describe('a body that was tampered with', () => {
  const changes = readdirSync(join(__dirname, 'fixtures'))
    .filter((file) => !file.startsWith('api.'))
    .map((file) => JSON.parse(fixture(file.replace(/\.json$/, ''))).entry[0])
    .flatMap(({ time, changes: [change] }) => [{ time, change }]);
  const sound = {
    id: '1',
    time: 1773446400,
    changes: [
      { field: 'account_review_update', value: { decision: 'APPROVED' } },
      messagesField({ messages: [{ id: 'wamid.1' }] }),
    ],
  };
  const junk = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(1e300, -1, 2 ** 63, '9'.repeat(400), '', '__proto__', 'constructor'),
    fc.constant(undefined),
    fc.constant(JSON.parse('{"__proto__":{"event":"FLAGGED","isKnown":true},"id":1}')),
  );
  const tampered = fc
    .record({
      entry: fc.constantFrom(...changes),
      blows: fc.array(fc.record({ place: fc.nat(), junk }), { minLength: 1, maxLength: 3 }),
    })
    .map(({ entry: { time, change }, blows }) =>
      blows.reduce<unknown>((body, blow) => strike(body, blow), {
        id: '2',
        time,
        changes: [change],
      }),
    );

  it('is answered 200, does no harm, and the rest of it counts', async () => {
    await fc.assert(
      fc.asyncProperty(tampered, async (entry) => {
        const { quality, lines, errors } = startQuality();
        const { post, close } = await startWebhook(quality, lines);

        const status = await post(JSON.stringify({ entry: [entry, sound] }));
        await close();

        expect([status, errors]).toEqual([200, []]);
        expect(lines.slice(-3)).toEqual([
          expect.stringMatching(/^event account 1 /),
          'webhook account_review_update applied',
          'webhook messages applied',
        ]);
        const isNothingRead = lines.every((line) => !/^webhook .* (applied|unknown)$/.test(line));
        for (const fact of quality.facts()) expect(isSound(fact)).toBe(true);
        if (isNothingRead) expect(quality.facts().map(toFactLine)).toHaveLength(1);
        expect(Object.hasOwn(Object.prototype, 'event')).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});

/** Whatever is kept is a word or a number, of a time that can be, about something with an id. */
function isSound({ subject, value, key = 'x', reason = 'x', ...fact }: QualityFact): boolean {
  const isTime = (time: number) => time > 0 && time <= NOW + 24 * HOUR_MS;
  return (
    /^\d{1,32}$/.test(subject.id) &&
    [value, key, reason].every((word) => /^[A-Za-z\d][\w.-]{0,63}$/.test(word)) &&
    [fact.at, fact.observedAt].every(isTime) &&
    (fact.until === undefined || Number.isFinite(fact.until))
  );
}

/** Puts junk in one place of many, counted through the whole value; undefined deletes. */
function strike(value: unknown, blow: { readonly place: number; readonly junk: unknown }): unknown {
  const places = countPlaces(value);
  let left = blow.place % places;
  const walk = (at: unknown): unknown => {
    if (left-- === 0) return blow.junk;
    if (Array.isArray(at)) return at.map(walk);
    if (typeof at !== 'object' || at === null) return at;
    return Object.fromEntries(Object.entries(at).map(([name, member]) => [name, walk(member)]));
  };
  return walk(value);
}

function countPlaces(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + countPlaces(member), 1);
}
