import fc from 'fast-check';
import { ENTRIES, JOURNEY_OUTCOMES, NODE_KINDS, Tracker } from '../src';
import { Journey, Visit } from '../src/journey';
import { decodePosition, encodePosition } from '../src/position';
import { Trail } from '../src/trail';
import { Scenario } from './support/scenario';

const USER = { channel: 'web', line: 'bot', key: 'key' };

const time = fc.nat({ max: 2 ** 42 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const node = fc.string({ minLength: 1 });
const label = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,9}$/);
const hex = fc.stringMatching(/^[0-9a-f]{16}$/);

const visit = fc.record({
  claimId: fc.string(),
  index: fc.nat(),
  node,
  kind: fc.constantFrom(...NODE_KINDS),
  enteredAt: time,
  processingMs: fc.nat().map((micros) => micros / 1_000),
  askedAt: maybe(time),
  stallAt: time,
  dropAt: time,
  openedBy: maybe(fc.record({ traceId: hex, spanId: hex })),
  repliedAt: maybe(time),
  inputKind: maybe(fc.constantFrom('text', 'media', 'event')),
  match: maybe(fc.constantFrom('matched', 'default', 'accepted', 'unmatched')),
  loopPeriod: maybe(fc.integer({ min: 1, max: 4 })),
});

const standing = fc.oneof(
  fc.constant({ orphaned: false }),
  fc.constant({ orphaned: true }),
  fc
    .constantFrom(...JOURNEY_OUTCOMES)
    .map((abandoned) => ({ orphaned: false, abandoned, ended: true })),
);

const journey = fc
  .record({
    id: fc.string(),
    flow: fc.string(),
    version: fc.string(),
    exposures: fc.array(fc.record({ experiment: label, variant: label, since: fc.nat() }), {
      maxLength: 3,
    }),
    entry: fc.constantFrom(...ENTRIES),
    startedAt: time,
    sessionId: fc.string(),
    turns: fc.nat(),
    visits: fc.nat(),
    goalReached: fc.boolean(),
    lastNode: maybe(node),
    asked: fc.array(node, { maxLength: 20 }),
    visit: maybe(visit),
    standing,
  })
  .map(({ asked, visit, standing, sessionId, ...facts }) => {
    const start = { ...facts, user: USER, session: { id: sessionId } };
    const trail = new Trail();
    for (const each of asked) trail.ask(each);
    const made = Object.assign(new Journey(start), facts, standing, { trail });
    if (visit) made.visit = Object.assign(new Visit(made, visit), visit);
    return made;
  });

describe('a position', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(journey, (written) => {
        const read = decodePosition(encodePosition(written), USER);

        expect(read && encodePosition(read)).toBe(encodePosition(written));
        expect(JSON.stringify([read, read?.visit])).toBe(JSON.stringify([written, written.visit]));
        expect(read?.abandoned).toBe(written.abandoned);
        expect(read?.orphaned).toBe(written.orphaned);
      }),
    );
  });

  it('never throws on what is none, nor does a tracker that is given it', () => {
    const garbage = fc.oneof(
      fc.anything(),
      fc.json(),
      fc.array(fc.jsonValue(), { minLength: 17, maxLength: 17 }).map((row) => JSON.stringify(row)),
    );
    const tracker = new Tracker();
    const turn = tracker.startTurn({ ...USER, userId: 'ann', inputKind: 'text' });

    fc.assert(
      fc.property(garbage, (position) => {
        expect(decodePosition(position, USER)).toBeUndefined();
        expect(tracker.load(turn, position, () => {})).toBeUndefined();
      }),
    );
  });

  it('that somebody damaged is none, or does no harm', async () => {
    const scenario = new Scenario();
    scenario.hear('hi').begin('order').say('welcome').ask('size').done();
    const [frame] = scenario.ann.frames;
    const row = JSON.parse(frame?.position ?? '[]') as unknown[];

    await fc.assert(
      fc.asyncProperty(fc.nat(16), fc.jsonValue(), async (index, value) => {
        const position = JSON.stringify(row.with(index, value));
        const person = { id: 'bob', frames: [{ flow: 'order', position }] };

        const scene = scenario.hear('big', person);
        if (scene.journeys.length > 0) scene.answer().ask('crust').end();
        scene.done();
      }),
      { numRuns: 2_000 },
    );
    expect(scenario.errors).toEqual([]);
  });

  it('stays short on a long way', () => {
    const scenario = new Scenario();
    const scene = scenario.hear('hi').begin('order');
    for (let step = 0; step < 900; step += 1) scene.say(`step ${step}`);
    scene.ask('size').done();

    expect(scenario.ann.frames[0]?.position.length).toBeLessThan(1_000);
  });
});
