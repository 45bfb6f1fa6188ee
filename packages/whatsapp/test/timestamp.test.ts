import { parseTimestamp } from '../src/timestamp';

describe('a time of Meta', () => {
  it.each([
    [1749416383, 1_749_416_383_000],
    ['1749416383', 1_749_416_383_000],
    [1749416383.5, 1_749_416_383_500],
    [0, undefined],
    [5e-324, undefined],
    [-1, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [1749416383000000, undefined],
    ['', undefined],
    ['soon', undefined],
    [null, undefined],
    [{}, undefined],
  ])('%j is read as %j', (value, expected) => {
    expect(parseTimestamp(value)).toBe(expected);
  });
});
