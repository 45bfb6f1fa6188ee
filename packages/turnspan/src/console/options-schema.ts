import * as v from 'valibot';
import { SESSION_PLACE } from './tell-traces';

const PORT = 'a port from 0 to 65535';
const text = v.pipe(v.string('a text'), v.minLength(1, 'a text that is not empty'));
const SHORTEST_TOKEN = 16;

const port = v.pipe(v.number(PORT), v.integer(PORT), v.minValue(0, PORT), v.maxValue(65_535, PORT));

/** What the address of traces has to be. */
export const TRACE_URL =
  'an address that begins with https:// or http:// and has {sessionId} in it';

/** Whether a session's traces can be linked to by it. */
export function isTraceUrl(value: string): boolean {
  return /^https?:\/\//.test(value) && value.includes(SESSION_PLACE);
}

/** What the option `console` takes, besides `false`. */
export const consoleSchema: v.GenericSchema = v.strictObject({
  host: v.optional(text),
  port: v.optional(port),
  path: v.optional(v.pipe(text, v.startsWith('/', 'a path that begins with a slash'))),
  token: v.optional(
    v.pipe(text, v.minLength(SHORTEST_TOKEN, `a text of at least ${SHORTEST_TOKEN} characters`)),
  ),
  authorize: v.optional(v.function('a function')),
  traceUrl: v.optional(v.pipe(v.string(TRACE_URL), v.check(isTraceUrl, TRACE_URL))),
  onBotServer: v.optional(v.boolean('true or false')),
});
