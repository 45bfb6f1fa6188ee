import { type Observer, Tracker, type TrackerEvent } from '../src';
import { Scenario } from './support/scenario';

const boom = new Error('boom');
const turn = { channel: 'web', line: 'bot', userId: 'ann', inputKind: 'text' } as const;

const FAILING: readonly [string, Observer][] = [
  [
    'throws',
    () => {
      throw boom;
    },
  ],
  ['rejects', async () => Promise.reject(boom)],
];

describe('an observer', () => {
  it.each(FAILING)('that %s stops neither the bot nor the others', async (_, failing) => {
    const kinds: string[] = [];
    const errors: unknown[] = [];
    const tracker = new Tracker({
      observers: [failing, ({ kind }) => void kinds.push(kind)],
      onError: (error) => errors.push(error),
    });

    tracker.endTurn(tracker.startTurn(turn));
    await new Promise((resolve) => setImmediate(resolve));

    expect(kinds.filter((kind) => kind !== 'error_contained')).toEqual([
      'turn_started',
      'inbound_received',
      'turn_ended',
    ]);
    expect(kinds.filter((kind) => kind === 'error_contained')).toHaveLength(3);
    expect(errors).toEqual([boom, boom, boom]);
  });

  it.each(FAILING)('of errors that %s as well leaves the bot alone', async (_, failing) => {
    const onError = failing as unknown as (error: unknown) => void;
    const tracker = new Tracker({ observers: [failing], onError });

    const act = () => tracker.endTurn(tracker.startTurn(turn));

    expect(act).not.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('gets events that are plain data, whatever becomes of them', () => {
    const events: TrackerEvent[] = [];
    const scenario = new Scenario({ observers: [(event) => void events.push(event)] });
    scenario.hear('hi').begin('order').call('pay', 'payment').ask('card').done();
    scenario.hear('help').answer('unmatched').ask('card').crash();

    const written = events.map((event) => Object.keys(JSON.parse(JSON.stringify(event))));

    expect(written).toHaveLength(events.length);
    expect(JSON.parse(JSON.stringify(events[0]))).toEqual({
      kind: 'turn_started',
      at: expect.any(Number),
      turn: {
        id: expect.any(String),
        user: { channel: 'whatsapp', line: 'line1', key: expect.stringMatching(/^[\w-]{16}$/) },
        startedAt: expect.any(Number),
        proactive: false,
        inputKind: 'text',
        session: { id: expect.any(String) },
      },
    });
  });

  it('may be told of failures outside of the tracker', () => {
    const scenario = new Scenario();

    scenario.tracker.contained(boom);

    expect(scenario.told('error_contained').map(({ error }) => error)).toEqual([boom]);
    expect(scenario.errors).toEqual([boom]);
  });
});
