import { assignVariant, type ExperimentOptions, parseDeclaration } from '@turnspan/experiments';
import { chiSquareTail } from '../src/numbers/distributions';

const USERS = Array.from({ length: 50_000 }, (_, index) => `user-${index}`);

function declare(name: string, options: Partial<ExperimentOptions> = {}) {
  return parseDeclaration(name, { variants: ['a', 'b'], flow: 'order', ...options });
}

function count(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Chi-square of counts against what they should be, as a p-value. */
function judge(counts: Map<string, number>, expected: Readonly<Record<string, number>>): number {
  let statistic = 0;
  for (const [key, share] of Object.entries(expected)) {
    const users = USERS.length * share;
    statistic += ((counts.get(key) ?? 0) - users) ** 2 / users;
  }
  return chiSquareTail(statistic, Object.keys(expected).length - 1);
}

describe('the assignment', () => {
  it.each([
    ['alike', [1, 1, 1], { a: 1 / 3, b: 1 / 3, c: 1 / 3 }],
    ['by weight', [1, 2, 7], { a: 0.1, b: 0.2, c: 0.7 }],
  ])('shares users out %s', (_, weights, expected) => {
    const declaration = declare('uniform', { variants: ['a', 'b', 'c'], weights });

    const counts = count(USERS.map((user) => assignVariant(declaration, user).variant));

    expect(judge(counts, expected)).toBeGreaterThan(0.001);
  });

  it.each([
    ['two names', declare('first'), declare('second')],
    ['two salts', declare('first'), declare('first', { salt: 'again' })],
  ])('of %s knows nothing of each other', (_, first, second) => {
    const pairs = USERS.map(
      (user) => assignVariant(first, user).variant + assignVariant(second, user).variant,
    );

    const expected = { aa: 0.25, ab: 0.25, ba: 0.25, bb: 0.25 };
    expect(judge(count(pairs), expected)).toBeGreaterThan(0.001);
  });

  // Worked out by Python's hashlib: another process, machine or release has to give the same.
  it.each([
    ['user-0', 'b'],
    ['user-1', 'b'],
    ['user-2', 'b'],
    ['user-5', 'b'],
    ['user-7', 'a'],
    ['user-8', 'a'],
    ['49176 Ü', 'b'],
    ['', 'a'],
  ])('of "%s" is the same everywhere and for ever', (user, variant) => {
    expect(assignVariant(declare('golden'), user)).toEqual({ variant, reason: 'hash' });
  });

  it('keeps whoever was in when the ramp goes up', () => {
    const [tenth, half] = [declare('ramp', { ramp: 0.1 }), declare('ramp', { ramp: 0.5 })];
    const before = USERS.map((user) => assignVariant(tenth, user));

    const after = USERS.map((user) => assignVariant(half, user));

    const wasIn = before.flatMap((each, index) => (each.reason === 'hash' ? [index] : []));
    expect(wasIn.length / USERS.length).toBeCloseTo(0.1, 2);
    const moved = wasIn.filter((index) => after[index]?.variant !== before[index]?.variant);
    expect(moved).toEqual([]);
    expect(wasIn.every((index) => after[index]?.reason === 'hash')).toBe(true);
    const isIn = after.filter(({ reason }) => reason === 'hash');
    expect(isIn.length / USERS.length).toBeCloseTo(0.5, 2);
  });

  it('gives the control to whoever is not in yet', () => {
    const declaration = declare('ramp', { ramp: 0.001 });

    const outside = USERS.map((user) => assignVariant(declaration, user)).filter(
      ({ reason }) => reason === 'outside_ramp',
    );

    expect(outside.length).toBeGreaterThan(49_000);
    expect(outside.every(({ variant }) => variant === 'a')).toBe(true);
  });

  it('puts nobody into two experiments of a group, and everybody into one', () => {
    const lower = declare('lower', { exclusion: { group: 'pay', from: 0, to: 0.3 } });
    const upper = declare('upper', { exclusion: { group: 'pay', from: 0.3, to: 1 } });

    const places = USERS.map((user) =>
      [lower, upper].map((each) => assignVariant(each, user).reason).join(' '),
    );

    const expected = { 'hash outside_group': 0.3, 'outside_group hash': 0.7 };
    expect(judge(count(places), expected)).toBeGreaterThan(0.001);
    expect(count(places).size).toBe(2);
  });

  it('shows testers what they ask for, whatever the ramp', () => {
    const declaration = declare('override', { ramp: 0.001, overrides: { me: 'b' } });

    expect(assignVariant(declaration, 'me')).toEqual({ variant: 'b', reason: 'override' });
    expect(assignVariant(declaration, 'constructor').reason).not.toBe('override');
  });
});
