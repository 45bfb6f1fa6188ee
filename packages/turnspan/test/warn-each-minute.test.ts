import { TurnspanError } from '@turnspan/core';
import { warnEachMinute } from '../src/warn-each-minute';

const SECRET = 'my door code is AB-1234-5';

/** What the process is warned of while the errors are reported, one every so many milliseconds. */
function warningsOf(
  errors: readonly unknown[],
  everyMs = 0,
): readonly (readonly [text: string, options: object])[] {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  let at = 0;
  const report = warnEachMinute(() => at);
  for (const error of errors) {
    report(error);
    at += everyMs;
  }
  const { calls } = emitWarning.mock;
  emitWarning.mockRestore();
  return calls as unknown as [string, object][];
}

/** The errors of one line of code, however often it throws. */
function fail(message: string): Error {
  return new TypeError(message);
}

describe('warnEachMinute', () => {
  it('shows the text of an error of our own, once for each code', () => {
    const port = new TurnspanError('PORT_UNAVAILABLE', { detail: 'Port 9464 is taken.' });
    const again = new TurnspanError('PORT_UNAVAILABLE', { detail: 'Port 9465 is taken.' });
    const option = new TurnspanError('OPTION_INVALID');

    expect(warningsOf([port, again, option, port])).toEqual([
      [port.message, { type: 'TurnspanWarning', code: 'PORT_UNAVAILABLE' }],
      [option.message, { type: 'TurnspanWarning', code: 'OPTION_INVALID' }],
    ]);
  });

  it.each<[string, everyMs: number, count: number, said: readonly string[]]>([
    ['comes ten times a second', 100, 2401, [0, 599, 599, 599, 599].map(sayMinute)],
    ['comes twice a minute', 30_000, 5, [0, 1, 1].map(sayMinute)],
    ['comes once a minute', 60_000, 3, [0, 0, 0].map(sayMinute)],
    ['comes once in a while', 150_000, 3, [0, 0, 0].map(sayMinute)],
  ])(
    'warns once a minute at most of what %s, and says how often that was',
    (...[, everyMs, count, said]) => {
      const error = new TurnspanError('STORE_UNAVAILABLE');

      const warnings = warningsOf(Array(count).fill(error), everyMs);

      expect(warnings.map(([text]) => text.slice(error.message.length))).toEqual(said);
    },
  );

  it('says in how many minutes it was, after a pause', () => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const times = [0, 10, 20, 150_000];
    const report = warnEachMinute(() => times.shift() ?? Number.NaN);

    for (const _ of [1, 2, 3, 4]) report(new TurnspanError('STORE_UNAVAILABLE'));

    expect(emitWarning).toHaveBeenCalledTimes(2);
    expect(emitWarning.mock.lastCall?.[0]).toMatch(/ 2 more times in the last 2 minutes\.$/);
    emitWarning.mockRestore();
  });

  it('keeps kinds apart, and goes on when there are more than it remembers', () => {
    const errors = Array.from({ length: 3000 }, (_, index) => {
      const error = Object.assign(new Error('boom'), { stack: undefined });
      return Object.assign(error, { name: `Failure${index}` });
    });

    expect(warningsOf(errors)).toHaveLength(3000);
  });

  it('reports a foreign error once for each place in the code', () => {
    const elsewhere = new TypeError('elsewhere');

    const warnings = warningsOf([fail('a'), fail('b'), elsewhere, fail('c')]);

    expect(warnings).toHaveLength(2);
    expect(warnings[0]?.[0]).toMatch(/TypeError at fail \(.*warn-each-minute\.test\.ts:\d+:\d+\)/);
    expect(warnings[0]?.[0]).toContain('turnspan_contained_errors_total');
  });

  it.each<[string, unknown]>([
    ['an error', new Error(SECRET)],
    ['an error that looks like a stack', new Error(`boom\n    at ${SECRET} (bot.js:1:1)`)],
    ['an error without a stack', Object.assign(new Error(SECRET), { stack: undefined })],
    ['an error without frames', Object.assign(new Error(SECRET), { stack: `Error: ${SECRET}` })],
    ['an error that was reworded', reworded(`\n    at ${SECRET} (bot.js:1:1)`)],
    ['an error with a cause', new Error('boom', { cause: new Error(SECRET) })],
    ['a text', SECRET],
    ['an object', { message: SECRET }],
    ['nothing', undefined],
  ])('never shows the text of %s', (_, error) => {
    const warnings = warningsOf([error]);

    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toContain('door code');
  });
});

/** What is said of the failures since the last warning. */
function sayMinute(repeats: number): string {
  if (repeats === 0) return '';
  const times = repeats === 1 ? '1 more time' : `${repeats} more times`;
  return ` It happened ${times} in the last minute.`;
}

function reworded(message: string): Error {
  const error = new Error(message);
  error.message = 'The bot failed.';
  return error;
}
