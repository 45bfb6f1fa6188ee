import { warn } from '../src';

it.each([
  ['an error', new Error('boom'), 'Error: boom', expect.stringContaining('defaults.test')],
  ['anything else', 7, '7', ''],
])('warns of %s through the process', (_, thrown, ...[text, detail]) => {
  const emit = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});

  warn(thrown);

  expect(emit.mock.lastCall).toEqual([text, { type: 'TurnspanWarning', detail }]);
  emit.mockRestore();
});
