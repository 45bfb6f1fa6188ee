import { type OnError, type SharedState, TurnspanError } from '@turnspan/core';
import {
  type ExperimentOptions,
  Experiments,
  type ExperimentsOptions,
  type Exposure,
} from '@turnspan/experiments';
import { MemoryShared } from './support/memory-shared';

const options: ExperimentOptions = { variants: ['a', 'b'], flow: 'order' };
const USERS = Array.from({ length: 40 }, (_, index) => `user-${index}`);

function start(shared?: MemoryShared, more: Partial<ExperimentsOptions> = {}) {
  const errors: unknown[] = [];
  const told: Exposure[] = [];
  let time = 1000;
  const experiments = new Experiments({
    onError: ((error) => errors.push(error)) satisfies OnError,
    onExposure: (exposure) => told.push(exposure),
    clock: { now: () => ++time, tick: () => ++time },
    ...(shared && { shared: shared as unknown as SharedState }),
    ...more,
  });
  return { experiments, errors, told };
}

describe('an exposure', () => {
  it('is told once, and gives the same variant ever after', async () => {
    const { experiments, told } = start(new MemoryShared());
    const experiment = await experiments.declare('ask', options);

    const first = await experiment.expose('user-1');
    const again = await experiment.expose('user-1');

    expect(first).toMatchObject({
      experiment: 'ask',
      reason: 'store',
      counts: true,
      isFirst: true,
    });
    expect(again).toEqual({ ...first, isFirst: false });
    expect(told).toEqual([first]);
  });

  it('is known to another process', async () => {
    const shared = new MemoryShared();
    const [here, there] = [start(shared), start(shared)];
    const first = await (await here.experiments.declare('ask', options)).expose('user-1');

    const second = await (await there.experiments.declare('ask', options)).expose('user-1');

    expect(second).toEqual({ ...first, isFirst: false });
    expect(there.told).toEqual([]);
  });

  it('is not noted by asking which variant it would be', async () => {
    const shared = new MemoryShared();
    const experiment = await start(shared).experiments.declare('ask', options);

    experiment.assign('user-1');

    expect([...shared.values.keys()]).toEqual(['experiment/ask/ask']);
  });

  it('keeps to what the store assigned, whatever the hash says', async () => {
    const shared = new MemoryShared();
    const experiment = await start(shared).experiments.declare('ask', options);
    const other = experiment.assign('user-1').variant === 'a' ? 'b' : 'a';
    shared.values.set('experiment/ask/ask/user-1', `${other} 77 id`);

    const exposure = await experiment.expose('user-1');

    expect(exposure).toMatchObject({ variant: other, exposedAt: 77, isFirst: false });
  });

  it.each<[string, Partial<ExperimentOptions>, string]>([
    ['a tester', { overrides: { 'user-1': 'b' } }, 'override'],
    ['somebody outside the ramp', { ramp: 1e-9 }, 'outside_ramp'],
    [
      'somebody of another experiment',
      { exclusion: { group: 'g', from: 0, to: 1e-9 } },
      'outside_group',
    ],
  ])('of %s does not count', async (_, more, reason) => {
    const shared = new MemoryShared();
    const { experiments, told } = start(shared);
    const experiment = await experiments.declare('ask', { ...options, ...more });

    const exposure = await experiment.expose('user-1');

    expect(exposure).toMatchObject({ reason, counts: false, isFirst: false });
    expect(told).toEqual([]);
    expect(shared.values.size).toBe(1);
  });
});

describe('an experiment whose store is gone', () => {
  it('serves the variants of the hash and says so', async () => {
    const shared = new MemoryShared();
    const { experiments, errors } = start(shared);
    const experiment = await experiments.declare('ask', options);
    const before = await Promise.all(USERS.map((user) => experiment.expose(user)));
    shared.isGone = true;

    const after = await Promise.all(USERS.map((user) => experiment.expose(user)));

    expect(after.map(({ variant }) => variant)).toEqual(before.map(({ variant }) => variant));
    expect(after.every(({ reason, counts }) => reason === 'hash' && counts)).toBe(true);
    expect(errors).toHaveLength(USERS.length);
  });

  it('can be declared', async () => {
    const shared = new MemoryShared();
    shared.isGone = true;
    const { experiments, errors } = start(shared);

    const experiment = await experiments.declare('ask', options);

    expect((await experiment.expose('user-1')).reason).toBe('hash');
    expect(errors).toHaveLength(2);
  });

  it('does not keep the message waiting', async () => {
    const shared = new MemoryShared();
    shared.assign = () => new Promise(() => {});
    const started: number[] = [];
    const startTimer = (run: () => void, ms: number) => {
      started.push(ms);
      queueMicrotask(run);
      return () => {};
    };
    const { experiments, errors } = start(shared, { startTimer, timeoutMs: 70 });

    const exposure = await (await experiments.declare('ask', options)).expose('user-1');

    expect(exposure.reason).toBe('hash');
    expect(started).toEqual([70, 70]);
    expect(errors.map((error) => error instanceof TurnspanError && error.code)).toEqual([
      'STORE_UNAVAILABLE',
      'STORE_UNAVAILABLE',
    ]);
  });

  it.each(['c 77 id', 'a soon id', ''])('does not believe "%s"', async (stored) => {
    const shared = new MemoryShared();
    const { experiments, errors } = start(shared);
    const experiment = await experiments.declare('ask', options);
    shared.values.set('experiment/ask/ask/user-1', stored);

    const exposure = await experiment.expose('user-1');

    expect(exposure).toMatchObject({ ...experiment.assign('user-1'), reason: 'hash' });
    expect(errors).toHaveLength(1);
  });

  it('tells of each user once, as far as it remembers, where there never was one', async () => {
    const { experiments, told } = start();
    const experiment = await experiments.declare('ask', options);

    for (const user of [...USERS, ...USERS]) await experiment.expose(user);

    expect(told).toHaveLength(USERS.length);
  });
});

describe('what hears of exposures', () => {
  it('may throw without harm to the message', async () => {
    const onExposure = () => {
      throw new Error('boom');
    };
    const { experiments, errors } = start(new MemoryShared(), { onExposure });

    const exposure = await (await experiments.declare('ask', options)).expose('user-1');

    expect(exposure.counts).toBe(true);
    expect(errors).toEqual([new Error('boom')]);
  });
});

describe('a second declaration', () => {
  it('in the same words gives the same experiment', async () => {
    const { experiments } = start(new MemoryShared());

    const both = [
      await experiments.declare('ask', options),
      await experiments.declare('ask', { ...options }),
    ];

    expect(both[0]).toBe(both[1]);
  });

  it('in other words is refused', async () => {
    const { experiments } = start();
    await experiments.declare('ask', options);

    const second = experiments.declare('ask', { ...options, goal: 'replied' });

    await expect(second).rejects.toThrow('declared twice, in two ways');
  });

  it.each([
    ['before', 0, 0.4, 'taken'],
    ['over the edge', 0.4, 0.6, 'refused'],
    ['within', 0.6, 0.7, 'refused'],
    ['around', 0.1, 1, 'refused'],
  ])('of users of the same group %s is %s', async (...[, from, to, outcome]) => {
    const { experiments } = start();
    const exclusion = { group: 'pay', from: 0.5, to: 0.9 };
    await experiments.declare('ask', { ...options, exclusion });

    const second = await experiments
      .declare('other', { ...options, exclusion: { group: 'pay', from, to } })
      .then(
        () => 'taken',
        (error: TurnspanError) => `${error.code} ${error.message}`,
      );

    expect(second).toContain(outcome === 'taken' ? 'taken' : 'belong to "ask"');
  });

  it.each<[string, Partial<ExperimentOptions>, string]>([
    ['variants', { variants: ['a', 'c'] }, '`variants` ["a","b"], and is declared with ["a","c"]'],
    ['weights', { weights: [1, 2] }, '`weights` [1,1], and is declared with [1,2]'],
    ['goal', { goal: 'replied' }, '`goal` "completed", and is declared with "replied"'],
    ['plan', { plannedUsers: 900 }, '`plannedUsers` 2000, and is declared with 900'],
  ])('that changes the %s while it runs is refused', async (_, change, sentence) => {
    const shared = new MemoryShared();
    await start(shared).experiments.declare('ask', options);

    const changed = start(shared).experiments.declare('ask', { ...options, ...change });

    await expect(changed).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining(sentence),
    });
  });

  it.each<[string, Partial<ExperimentOptions>]>([
    ['the ramp', { ramp: 0.5 }],
    ['testers', { overrides: { me: 'b' } }],
    ['the salt, and so begins anew,', { variants: ['a', 'c'], salt: 'again' }],
  ])('that changes %s is taken', async (_, change) => {
    const shared = new MemoryShared();
    await start(shared).experiments.declare('ask', options);

    const changed = await start(shared).experiments.declare('ask', { ...options, ...change });

    expect(changed.declaration).toMatchObject(change);
  });
});

it('gives the declarations that it took, and no other', async () => {
  const { experiments } = start();
  await experiments.declare('ask', options);
  await experiments.declare('pay', { ...options, goal: 'replied' });
  await expect(experiments.declare('bad', { ...options, ramp: 2 })).rejects.toThrow('ramp');

  const declared = experiments.declarations();

  expect(declared.map(({ name, goal }) => [name, goal])).toEqual([
    ['ask', 'completed'],
    ['pay', 'replied'],
  ]);
});

describe('a paused variant', () => {
  it('is shown to nobody and counts for nobody', async () => {
    const shared = new MemoryShared();
    const { experiments, told } = start(shared);
    const experiment = await experiments.declare('ask', options);
    const before = USERS.map((user) => experiment.assign(user).variant);
    experiment.pause('b', 'errors');

    const exposures = await Promise.all(USERS.map((user) => experiment.expose(user)));

    const harmed = exposures.filter((_, index) => before[index] === 'b');
    expect(harmed.length).toBeGreaterThan(5);
    for (const exposure of harmed) {
      expect(exposure).toMatchObject({ variant: 'a', reason: 'paused', counts: false });
    }
    expect(told).toHaveLength(USERS.length - harmed.length);
    expect(shared.values.size).toBe(1 + told.length);
    expect([...experiment.paused()]).toEqual([['b', 'errors']]);
  });

  it('comes back', async () => {
    const experiment = await start().experiments.declare('ask', options);
    const user = USERS.find((each) => experiment.assign(each).variant === 'b') ?? '';
    experiment.pause('b', 'errors');

    experiment.resume('b');

    expect((await experiment.expose(user)).variant).toBe('b');
  });

  it('is given to nobody who asks without being shown anything', async () => {
    const experiment = await start().experiments.declare('ask', options);
    experiment.pause('b', 'errors');

    const variants = USERS.map((user) => experiment.assign(user).variant);

    expect(new Set(variants)).toEqual(new Set(['a']));
  });

  it('is never the control', async () => {
    const experiment = await start().experiments.declare('ask', options);

    experiment.pause('a', 'errors');

    expect(experiment.paused().size).toBe(0);
  });
});

describe('an experiment that is stopped', () => {
  it('gives everybody but testers the control, and counts nobody', async () => {
    const shared = new MemoryShared();
    const { experiments, told } = start(shared);
    const experiment = await experiments.declare('ask', { ...options, overrides: { me: 'b' } });
    experiment.stop('We know enough.');

    const exposures = await Promise.all(USERS.map((user) => experiment.expose(user)));
    const tester = await experiment.expose('me');

    for (const exposure of exposures) {
      expect(exposure).toMatchObject({ variant: 'a', reason: 'stopped', counts: false });
    }
    expect(tester).toMatchObject({ variant: 'b', reason: 'override' });
    expect([told, experiment.stopped()]).toEqual([[], 'We know enough.']);
    expect([...shared.values.keys()]).toEqual(['experiment/ask/ask']);
  });

  it('goes on with what is paused still paused', async () => {
    const experiment = await start().experiments.declare('ask', options);
    experiment.pause('b', 'errors');
    experiment.stop('We know enough.');

    experiment.resume();

    expect([experiment.stopped(), experiment.paused().has('b')]).toEqual([undefined, true]);
  });
});
