import * as v from 'valibot';

const PORT = 'a port from 0 to 65535';
const text = v.pipe(v.string('a text'), v.minLength(1, 'a text that is not empty'));
const SHORTEST_TOKEN = 16;

const port = v.pipe(v.number(PORT), v.integer(PORT), v.minValue(0, PORT), v.maxValue(65_535, PORT));

/** What the option `console` takes, besides `false`. */
export const consoleSchema: v.GenericSchema = v.strictObject({
  host: v.optional(text),
  port: v.optional(port),
  path: v.optional(v.pipe(text, v.startsWith('/', 'a path that begins with a slash'))),
  token: v.optional(
    v.pipe(text, v.minLength(SHORTEST_TOKEN, `a text of at least ${SHORTEST_TOKEN} characters`)),
  ),
  authorize: v.optional(v.function('a function')),
  onBotServer: v.optional(v.boolean('true or false')),
});
