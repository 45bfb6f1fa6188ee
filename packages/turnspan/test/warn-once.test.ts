import { TurnspanError } from '@turnspan/core';
import { warnOnce } from '../src/warn-once';

const SECRET = 'my door code is AB-1234-5';

/** What the process is warned of while the errors are reported. */
function warningsOf(errors: readonly unknown[]): readonly (readonly unknown[])[] {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const report = warnOnce();
  for (const error of errors) report(error);
  const { calls } = emitWarning.mock;
  emitWarning.mockRestore();
  return calls;
}

/** The errors of one line of code, however often it throws. */
function fail(message: string): Error {
  return new TypeError(message);
}

describe('warnOnce', () => {
  it('shows the text of an error of our own, once for each code', () => {
    const port = new TurnspanError('PORT_UNAVAILABLE', { detail: 'Port 9464 is taken.' });
    const again = new TurnspanError('PORT_UNAVAILABLE', { detail: 'Port 9465 is taken.' });
    const option = new TurnspanError('OPTION_INVALID');

    expect(warningsOf([port, again, option, port])).toEqual([
      [port.message, { type: 'TurnspanWarning', code: 'PORT_UNAVAILABLE' }],
      [option.message, { type: 'TurnspanWarning', code: 'OPTION_INVALID' }],
    ]);
  });

  it('reports a foreign error once for each place in the code', () => {
    const elsewhere = new TypeError('elsewhere');

    const warnings = warningsOf([fail('a'), fail('b'), elsewhere, fail('c')]);

    expect(warnings).toHaveLength(2);
    expect(warnings[0]?.[0]).toMatch(/TypeError at fail \(.*warn-once\.test\.ts:\d+:\d+\)/);
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

function reworded(message: string): Error {
  const error = new Error(message);
  error.message = 'The bot failed.';
  return error;
}
