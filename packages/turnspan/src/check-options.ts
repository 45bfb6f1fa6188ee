import { TurnspanError, VISIT_OUTCOMES } from '@turnspan/core';
import type { LabelCaps } from '@turnspan/prometheus';
import * as v from 'valibot';
import { consoleSchema } from './console/options-schema';
import { checkDeclared } from './experiments/declared';
import { investigationsSchema } from './investigations/options';
import type { TurnspanOptions, WhatsAppOptions } from './options';

/*
 * Each message says what is expected; the name of the option and what came are added in toError.
 */
const text = v.pipe(v.string('a text'), v.minLength(1, 'a text that is not empty'));
const callable = v.function('a function');
const flag = v.boolean('true or false');
const words = v.array(text, 'an array of texts');
const nodeNames = v.union([text, v.array(text)], 'the id of a node, or an array of them');

const number = (expected: string, from: number, to: number) =>
  v.pipe(v.number(expected), v.minValue(from, expected), v.maxValue(to, expected));
const wholeNumber = (expected: string, from: number, to: number) =>
  v.pipe(number(expected, from, to), v.integer(expected));

const milliseconds = number('milliseconds, 1 or more', 1, Number.MAX_SAFE_INTEGER);
const days = number('days, more than 0', Number.MIN_VALUE, Number.MAX_SAFE_INTEGER);
/** What Node's timers take; beyond it they fire at once. */
const timerMilliseconds = number('milliseconds from 1 to 2147483647', 1, 2_147_483_647);
const port = wholeNumber('a port from 0 to 65535', 0, 65_535);
const cap = v.optional(wholeNumber('a whole number, 1 or more', 1, Number.MAX_SAFE_INTEGER));

/** Something of the bot's own, known by the methods that are called. */
const has = (...methods: readonly string[]) =>
  v.custom<object>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((method) => typeof (value as Record<string, unknown>)[method] === 'function'),
    `an object with ${methods.map((method) => `${method}()`).join(', ')}`,
  );

const node = v.strictObject({
  dropAfterMs: v.optional(milliseconds),
  stallAfterMs: v.optional(milliseconds),
  expectsMedia: v.optional(flag),
});

const flow = v.strictObject({
  goal: v.optional(nodeNames),
  menu: v.optional(nodeNames),
  dropAfterMs: v.optional(milliseconds),
  nodes: v.optional(v.record(v.string(), node, 'an object with node ids as its keys')),
});

const caps = v.strictObject({
  flows: cap,
  nodes: cap,
  edges: cap,
  experiments: cap,
  variants: cap,
  channels: cap,
  lines: cap,
  categories: cap,
  codes: cap,
  fields: cap,
  templates: cap,
  accounts: cap,
  events: cap,
  words: cap,
  endpoints: cap,
} satisfies Record<keyof LabelCaps, unknown>);

const metrics = v.strictObject({
  registry: v.optional(has('registerMetric', 'removeSingleMetric', 'metrics', 'getMetricsAsArray')),
  host: v.optional(text),
  port: v.optional(port),
  path: v.optional(v.pipe(text, v.startsWith('/', 'a path that begins with a slash'))),
  onBotServer: v.optional(flag),
  token: v.optional(text),
  caps: v.optional(caps),
});

const tracing = v.strictObject({
  sampleRatio: v.optional(number('a number from 0 to 1', 0, 1)),
  alwaysKeep: v.optional(
    v.array(
      v.picklist([...VISIT_OUTCOMES, 'looped'], "an outcome of a visit, or 'looped'"),
      'an array of outcomes',
    ),
  ),
  tracer: v.optional(has('startSpan')),
});

const logs = v.strictObject({
  eventNames: v.optional(v.array(text, 'an array of names of log records')),
  logger: v.optional(has('emit')),
  loggerProvider: v.optional(has('getLogger')),
});

const listOf = (what: string) =>
  v.union([text, v.pipe(v.array(text), v.minLength(1))], `${what}, or an array of them`);

const whatsapp = v.strictObject({
  appSecret: v.optional(listOf('the app secret')),
  verifyToken: v.optional(text),
  accessToken: v.optional(text),
  businessAccountId: v.optional(listOf('the id of the account')),
  baseUrl: v.optional(text),
  version: v.optional(text),
  intervalsMs: v.optional(
    v.strictObject({
      phones: v.optional(timerMilliseconds),
      health: v.optional(timerMilliseconds),
      templates: v.optional(timerMilliseconds),
      account: v.optional(timerMilliseconds),
      limit: v.optional(timerMilliseconds),
    }),
  ),
});

const journal = v.strictObject({
  file: v.optional(text),
  url: v.optional(text),
  retentionDays: v.optional(days),
  rollupRetentionDays: v.optional(days),
});

/** What each of them says is checked by those who know experiments. */
const declarations = v.record(
  v.string(),
  v.looseObject({}, 'an object'),
  'an object with names of experiments as its keys',
);

const experiments = v.strictObject({
  declare: v.optional(declarations),
  texts: v.optional(declarations),
  flags: v.optional(has('getStringDetails')),
});

const privacy = v.strictObject({
  key: v.optional(
    v.union(
      [text, v.pipe(v.instance(Uint8Array), v.minLength(1))],
      'a text or a Uint8Array that is not empty',
    ),
  ),
});

const orFalse = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.lazy((value) => (value === false ? v.literal(false) : schema));

const options = v.strictObject({
  now: v.optional(callable),
  tick: v.optional(callable),
  privacy: v.optional(privacy),
  stallAfterMs: v.optional(milliseconds),
  dropAfterMs: v.optional(milliseconds),
  flows: v.optional(v.record(v.string(), flow, 'an object with flow ids as its keys')),
  helpWords: v.optional(words),
  agentWords: v.optional(words),
  metrics: v.optional(orFalse(metrics)),
  tracing: v.optional(orFalse(tracing)),
  logs: v.optional(orFalse(logs)),
  whatsapp: v.optional(whatsapp),
  data: v.optional(orFalse(text)),
  journal: v.optional(orFalse(journal)),
  console: v.optional(orFalse(consoleSchema)),
  investigations: v.optional(orFalse(investigationsSchema)),
  store: v.optional(
    v.union(
      [text, has('wait', 'claim', 'takeDue', 'settle', 'summary')],
      'a path, a URL, or an object with wait(), claim(), takeDue(), settle(), summary()',
    ),
  ),
  experiments: v.optional(experiments),
  observers: v.optional(v.array(callable, 'an array of functions')),
  sweepIntervalMs: v.optional(timerMilliseconds),
  turnTimeoutMs: v.optional(milliseconds),
  guard: v.optional(flag),
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
  const {
    whatsapp: group = {},
    journal: history,
    experiments: tried = {},
  } = value as TurnspanOptions;
  checkPairs(group);
  checkDeclared(tried);
  if (history && history.file !== undefined && history.url !== undefined) {
    throw refuse('Expected `journal.file` or `journal.url` to be given, got both.');
  }
}

/** Options that mean nothing without each other. */
const PAIRS = [
  ['appSecret', 'verifyToken'],
  ['verifyToken', 'appSecret'],
  ['accessToken', 'businessAccountId'],
  ['businessAccountId', 'accessToken'],
] as const;

function checkPairs(group: WhatsAppOptions): void {
  for (const [given, needed] of PAIRS) {
    if (group[given] === undefined || group[needed] !== undefined) continue;
    throw refuse(
      `Expected \`whatsapp.${needed}\` to be given with \`whatsapp.${given}\`, got nothing.`,
    );
  }
}

/** Options, or groups of them, whose values are shown nowhere. */
const SECRETS = new Set<unknown>(['privacy', 'whatsapp', 'token', 'url', 'store', 'webhook']);

function toError({ type, expected, message, input, path }: v.BaseIssue<unknown>): TurnspanError {
  const keys = path?.map(({ key }) => String(key)) ?? [];
  const name = keys.length > 0 ? `\`${keys.join('.')}\`` : 'the options';
  if (type === 'strict_object' && expected === 'never') {
    return refuse(`There is no option ${name}.`);
  }
  const isSecret = keys.some((key) => SECRETS.has(key));
  const wanted = type === 'strict_object' ? describeGroup(expected) : message;
  return refuse(`Expected ${name} to be ${wanted}, got ${describe(input, isSecret)}.`);
}

/** Of a group of options, something is wrong with the group itself, or one of them is missing. */
function describeGroup(expected: string | null): string {
  return expected === 'Object' ? 'an object' : 'given';
}

function describe(value: unknown, isSecret: boolean): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'function') return 'a function';
  if (isSecret) return `a ${typeof value} that is not shown here`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}
