import { attempt, contain, ERROR_CODES, TurnspanError } from '../src';

const boom = new Error('boom');
const fail = () => {
  throw boom;
};
const FAILURES: readonly [string, () => unknown][] = [
  ['is thrown', fail],
  ['is rejected', () => Promise.reject(boom)],
];

describe('contain', () => {
  it.each(FAILURES)('hands what %s to onError and not to the host', async (_, run) => {
    const seen: unknown[] = [];

    contain(run, (error) => seen.push(error))();
    await Promise.resolve();

    expect(seen).toEqual([boom]);
  });

  it.each(FAILURES)('survives when what onError does %s', async (_, onError) => {
    const run = contain(fail, onError);

    expect(run).not.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('passes the arguments on', () => {
    const seen: unknown[] = [];

    contain((...values: number[]) => seen.push(...values), fail)(1, 2);

    expect(seen).toEqual([1, 2]);
  });
});

describe('attempt', () => {
  it('gives what it ran, or undefined and the error to onError', () => {
    const seen: unknown[] = [];
    const onError = (error: unknown) => seen.push(error);

    const results = [attempt(() => 1, onError), attempt(fail, onError), attempt(fail, fail)];

    expect(results).toEqual([1, undefined, undefined]);
    expect(seen).toEqual([boom]);
  });
});

describe('an error of ours', () => {
  it.each(ERROR_CODES)('with code %s says what happened, and why', (code) => {
    const error = new TurnspanError(code, { detail: 'Exactly this.', cause: boom });

    expect(error).toMatchObject({ name: 'TurnspanError', code, cause: boom });
    expect(error.message).toMatch(/\. Exactly this\.$/);
    expect(new TurnspanError(code).message).toMatch(/\.$/);
  });
});
