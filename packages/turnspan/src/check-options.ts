import { TurnspanError } from '@turnspan/core';
import * as v from 'valibot';
import type { TurnspanOptions } from './options';

const text = v.pipe(v.string(), v.minLength(1, 'Expected a text that is not empty'));
const milliseconds = v.pipe(
  v.number(),
  v.finite(),
  v.minValue(1, 'Expected milliseconds, 1 or more'),
);
const callable = v.function();
const nodeNames = v.union([text, v.array(text)], 'Expected the id of a node, or an array of them');
const words = v.array(text);

/** Something of the bot's own, known by the methods that are called. */
const has = (...methods: readonly string[]) =>
  v.custom<object>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((method) => typeof (value as Record<string, unknown>)[method] === 'function'),
    `Expected an object with ${methods.map((method) => `${method}()`).join(', ')}`,
  );

const node = v.strictObject({
  dropAfterMs: v.optional(milliseconds),
  stallAfterMs: v.optional(milliseconds),
  expectsMedia: v.optional(v.boolean()),
});

const flow = v.strictObject({
  goal: v.optional(nodeNames),
  menu: v.optional(nodeNames),
  dropAfterMs: v.optional(milliseconds),
  nodes: v.optional(v.record(v.string(), node)),
});

const metrics = v.strictObject({
  registry: v.optional(has('registerMetric', 'removeSingleMetric', 'metrics', 'getMetricsAsArray')),
  host: v.optional(text),
  port: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(0, 'Expected a port from 0 to 65535'),
      v.maxValue(65_535, 'Expected a port from 0 to 65535'),
    ),
  ),
  path: v.optional(v.pipe(text, v.startsWith('/', 'Expected a path that begins with a slash'))),
  onBotServer: v.optional(v.boolean()),
  token: v.optional(text),
  caps: v.optional(v.record(v.string(), v.pipe(v.number(), v.integer(), v.minValue(1)))),
});

const ratio = v.pipe(
  v.number(),
  v.minValue(0, 'Expected a number from 0 to 1'),
  v.maxValue(1, 'Expected a number from 0 to 1'),
);

const tracing = v.strictObject({
  sampleRatio: v.optional(ratio),
  alwaysKeep: v.optional(words),
  tracer: v.optional(has('startSpan')),
});

const whatsapp = v.strictObject({
  appSecret: v.union(
    [text, v.pipe(v.array(text), v.minLength(1))],
    'Expected the app secret, or an array of them',
  ),
  verifyToken: text,
});

const options = v.strictObject({
  now: v.optional(callable),
  tick: v.optional(callable),
  privacy: v.optional(v.strictObject({ key: v.optional(v.union([text, v.instance(Uint8Array)])) })),
  stallAfterMs: v.optional(milliseconds),
  dropAfterMs: v.optional(milliseconds),
  flows: v.optional(v.record(v.string(), flow)),
  helpWords: v.optional(words),
  agentWords: v.optional(words),
  metrics: v.optional(v.lazy((value) => (value === false ? v.literal(false) : metrics))),
  tracing: v.optional(v.lazy((value) => (value === false ? v.literal(false) : tracing))),
  whatsapp: v.optional(whatsapp),
  store: v.optional(has('wait', 'claim', 'takeDue', 'counts', 'nextDeadline')),
  observers: v.optional(v.array(callable)),
  sweepIntervalMs: v.optional(milliseconds),
  turnTimeoutMs: v.optional(milliseconds),
  guard: v.optional(v.boolean()),
  onError: v.optional(callable),
});

/**
 * Checks what the developer passed, at once.
 *
 * @throws TurnspanError `OPTION_INVALID`, which names the option, what was expected and what came
 */
export function checkOptions(value: unknown): asserts value is TurnspanOptions {
  const result = v.safeParse(options, value);
  if (!result.success) throw toError(result.issues[0]);
}

const SECRETS: ReadonlySet<unknown> = new Set(['token', 'key', 'appSecret', 'verifyToken']);

function toError(issue: v.BaseIssue<unknown>): TurnspanError {
  const keys = issue.path?.map(({ key }) => String(key)) ?? [];
  const name = keys.length > 0 ? `\`${keys.join('.')}\`` : 'the options';
  if (issue.expected === 'never') return refuse(`There is no option ${name}.`);
  const written = issue.message.startsWith('Expected ');
  const expected = written ? issue.message.slice('Expected '.length) : issue.expected;
  const secret = keys.some((key) => SECRETS.has(key));
  const received = secret ? `a ${typeof issue.input} that is not shown here` : issue.received;
  return refuse(`Expected ${name} to be ${expected}, got ${received}.`);
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}
