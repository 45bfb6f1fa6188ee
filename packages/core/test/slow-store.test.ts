import { MemoryStore, type Store, type Waiting } from '../src';
import { DAY, MINUTE } from './support/clock';
import { Scenario } from './support/scenario';
import { SlowStore } from './support/slow-store';

const ANSWERED = [
  'begin order (user)',
  'enter order/size',
  'ask order/size',
  'leave order/size: advanced',
  'enter order/crust',
  'ask order/crust',
];

async function sweep(scenario: Scenario, store: SlowStore, ms: number): Promise<void> {
  const swept = scenario.pass(ms);
  await store.answer();
  await swept;
}

describe('a store that answers late', () => {
  it('keeps nobody waiting, and the events in their order', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store });
    scenario.meet('order', 'size');

    scenario.hear('big').answer().ask('crust').done();
    const before = scenario.told('visit_settled').length;
    await store.answer();

    expect(before).toBe(0);
    expect(scenario.tale()).toEqual(ANSWERED);
    expect(scenario.events.at(-1)?.kind).toBe('turn_ended');
  });

  it('tells everything in the order of a store that answers at once', async () => {
    const stores = [new MemoryStore('remote'), new SlowStore()] as const;

    const told = await Promise.all(
      stores.map(async (store) => {
        const scenario = new Scenario({ store });
        scenario.meet('order', 'size');
        scenario.hear('big').answer().say('nice').call('pay', 'payment').ask('card').done();
        if (store instanceof SlowStore) await store.answer();
        return scenario.events.map(({ kind }) => kind);
      }),
    );

    expect(told[1]).toEqual(told[0]);
  });

  it('counts one of two turns at once', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store });
    scenario.meet('order', 'size');
    await store.answer();

    const first = scenario.hear('big').answer().ask('crust');
    const second = scenario.hear('small').answer().ask('crust');
    second.done();
    first.done();
    await store.answer();

    expect(scenario.tale()).toEqual(ANSWERED);
    expect(scenario.told('turn_ended')).toHaveLength(3);
  });

  it('drops once who returns before the sweep, and tells the return after the drop', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store });
    scenario.meet('order', 'size');
    await store.answer();
    scenario.clock.advance(DAY);

    scenario.hear('big').answer().ask('crust').done();
    await sweep(scenario, store, 0);

    expect(scenario.tale().slice(3)).toEqual([
      'stall order/size',
      'leave order/size: dropped',
      'end order: dropped',
      'return order/size',
      'begin order (return)',
      'enter order/crust',
      'ask order/crust',
    ]);
  });

  it('takes the answer of somebody whom a sweep in flight is about to drop', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store });
    scenario.meet('order', 'size');
    await store.answer();
    scenario.clock.advance(DAY - 1);
    const scene = scenario.hear('big');

    const swept = scenario.pass(1);
    await new Promise((resolve) => setImmediate(resolve));
    scene.answer().end().done();
    await store.answer();
    await swept;

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['completed']);
    expect(scenario.told('node_returned')).toEqual([]);
  });

  it('brings back once whom a sweep in flight had dropped', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store });
    scenario.meet('order', 'size');
    await store.answer();
    scenario.clock.advance(DAY - 1);
    const scene = scenario.hear('big');

    const swept = scenario.pass(1);
    await new Promise((resolve) => setImmediate(resolve));
    await store.answerOnce();
    await store.answerOnce();
    await store.answerOnce();
    scene.answer().ask('crust').done();
    await store.answer();
    await swept;
    scenario.hear('thin').answer().end().done();
    await store.answer();

    const started = scenario.told('journey_started').length;
    expect(scenario.told('journey_ended')).toHaveLength(started);
    expect(scenario.told('node_returned')).toHaveLength(1);
    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual([
      'dropped',
      'completed',
    ]);
  });

  it('still knows that the goal was reached when it says late that the person had been dropped', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store, flows: { order: { goal: 'placed' } } });
    scenario.meet('order', 'size');
    await store.answer();
    scenario.clock.advance(DAY - 1);
    const scene = scenario.hear('big');
    const swept = scenario.pass(1);
    await new Promise((resolve) => setImmediate(resolve));
    for (let calls = 0; calls < 3; calls += 1) await store.answerOnce();

    scene.answer().say('placed');
    await store.answer();
    scene.end().done();
    await store.answer();
    await swept;

    const ended = scenario.told('journey_ended').map(({ outcome }) => outcome);
    expect(ended).toEqual(['dropped', 'completed']);
  });
});

describe('a store that fails', () => {
  const outages: readonly [string, () => { store: Store; mend: () => Promise<void> }][] = [
    [
      'with a promise',
      () => {
        const store = new SlowStore();
        store.outage = new Error('down');
        const mend = async () => {
          await store.answer();
          store.outage = undefined;
        };
        return { store, mend };
      },
    ],
    [
      'by throwing',
      () => {
        const store = new MemoryStore('local');
        const fail = () => {
          throw new Error('disk full');
        };
        const well = { wait: store.wait.bind(store), claim: store.claim.bind(store) };
        Object.assign(store, { wait: fail, claim: fail });
        const mend = async () => {
          await new Promise((resolve) => setImmediate(resolve));
          Object.assign(store, well);
        };
        return { store, mend };
      },
    ],
  ];

  it.each(outages)('%s loses no answer, and is reported', async (_, breakDown) => {
    const { store, mend } = breakDown();
    const scenario = new Scenario({ store });
    scenario.meet('order', 'size');

    scenario.hear('big').answer().ask('crust').done();
    await mend();

    expect(scenario.tale()).toEqual(ANSWERED);
    expect(scenario.errors.length).toBeGreaterThan(0);
    expect(scenario.told('error_contained')).toHaveLength(scenario.errors.length);
  });

  it.each(outages)(
    '%s later drops who was silent, and nobody who answered',
    async (_, breakDown) => {
      const { store, mend } = breakDown();
      const scenario = new Scenario({ store });
      scenario.meet('order', 'size');
      scenario.hear('big').answer().ask('crust').done();
      await mend();

      const swept = scenario.pass(2 * DAY);
      if (store instanceof SlowStore) await store.answer();
      await swept;

      const settled = scenario.told('visit_settled').map((e) => [e.visit.node, e.outcome]);
      expect(settled).toEqual([
        ['size', 'advanced'],
        ['crust', 'dropped'],
      ]);
    },
  );

  it('for the answer only, drops nobody who answered', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store });
    scenario.meet('order', 'size');
    await store.answer();
    store.outage = new Error('down');
    scenario.hear('big').answer().end().done();
    await store.answer();
    store.outage = undefined;

    await sweep(scenario, store, 2 * DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['completed']);
    expect(scenario.told('journey_ended')).toHaveLength(1);
  });

  it('for the wait only, takes the answer all the same', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store });
    store.outage = new Error('down');
    scenario.meet('order', 'size');
    await store.answer();
    store.outage = undefined;

    scenario.hear('big').answer().end().done();
    await store.answer();
    await sweep(scenario, store, 2 * DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['completed']);
  });

  it('to say that it took the wait, gives it to one caller all the same', async () => {
    const store = new MemoryStore('local');
    const wait = store.wait.bind(store);
    const refuse = (waiting: Waiting) => {
      wait(waiting);
      throw new Error('timeout');
    };
    const scenario = new Scenario({ store: Object.assign(store, { wait: refuse }) });
    scenario.meet('order', 'size');
    await new Promise((resolve) => setImmediate(resolve));
    Object.assign(store, { wait });

    scenario.hear('big').answer().end().done();
    await scenario.pass(2 * DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['completed']);
    expect(scenario.tracker.snapshot().waiting).toMatchObject([{ waiting: 0 }]);
  });

  it('for the wait of another process, settles the answer once and takes it for no return', async () => {
    const store = Object.assign(new MemoryStore('local'), { claimsKeptMs: 8 * DAY });
    const scenario = new Scenario({ store: Object.assign(store, { wait: () => undefined }) });
    scenario.meet('order', 'size');
    Object.assign(store, { wait: MemoryStore.prototype.wait.bind(store) });

    scenario.hear('big').answer().end().done();
    await scenario.pass(2 * DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['completed']);
    expect(scenario.told('journey_started')).toHaveLength(1);
    expect(scenario.told('journey_ended')).toHaveLength(1);
  });

  it('when a failed status comes, leaves the question to its deadline', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store });
    scenario.meet('order', 'size');
    await store.answer();
    store.outage = new Error('down');
    scenario.report('failed');
    await store.answer();
    store.outage = undefined;

    await sweep(scenario, store, DAY);

    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['dropped']);
  });

  it('fails the sweep, and the next one catches up', async () => {
    const store = new SlowStore();
    const scenario = new Scenario({ store });
    scenario.meet('order', 'size');
    await store.answer();
    store.outage = new Error('down');
    const failed = expect(scenario.pass(DAY)).rejects.toThrow('down');
    await store.answer();
    await failed;
    const before = scenario.tracker.snapshot();
    store.outage = undefined;

    await sweep(scenario, store, MINUTE);

    expect(before.sweepLagSeconds).toBe((DAY - 30 * MINUTE) / 1_000);
    expect(before.settledUntil).toBeLessThan(scenario.tracker.snapshot().settledUntil);
    expect(scenario.told('visit_settled').map(({ outcome }) => outcome)).toEqual(['dropped']);
  });
});
