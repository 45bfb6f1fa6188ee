/** When the bad input arrives. */
export const NOW = 1_795_000_000_000;

/** A body that somebody posts, and how it is signed. */
export interface BadRequest {
  readonly body: string;
  /** @default the secret that was agreed */
  readonly secret?: string;
  /** @default a right one */
  readonly signature?: string;
}

/** Something that is wrong, and all that may come of it. */
export interface BadInput {
  readonly name: string;
  readonly requests: readonly BadRequest[];
  /** The answer to each request. */
  readonly statuses: readonly number[];
  /** Every sample of `whatsapp_webhook_events_total`; sorted. */
  readonly metrics: readonly string[];
  /** All that the report says, an attribute a line; sorted. */
  readonly report: readonly string[];
}

const ACCOUNT = '102290129340398';
const QUALITY = 'message_template_quality_update';

function bodyOf(...entry: readonly unknown[]): string {
  return JSON.stringify({ object: 'whatsapp_business_account', entry });
}

function entryOf(field: unknown, value: unknown, time: unknown = NOW / 1000): object {
  return { id: ACCOUNT, time, changes: [{ field, value }] };
}

function rated(rating: unknown, members: object = {}): object {
  return {
    new_quality_score: rating,
    message_template_id: 806312974732579,
    message_template_name: 'welcome_template',
    message_template_language: 'en_US',
    ...members,
  };
}

const RED = entryOf(QUALITY, rated('RED'));
const IS_RED = `template 806312974732579 (welcome_template, en_US) rating RED since ${NOW / 1000}`;

/** A body that is right. */
export const VALID: string = bodyOf(RED);

function counted(field: string, result: string, count = 1): string {
  return `whatsapp_webhook_events_total{field="${field}",result="${result}"} ${count}`;
}

/** A body that was not read has no fields, so that the label is left out. */
function refused(result: string): string {
  return `whatsapp_webhook_events_total{result="${result}"} 1`;
}

/** Text that stands for a value that `JSON.stringify` cannot write. */
function withRaw(body: string, raw: string): string {
  return body.replace('"RAW"', () => raw);
}

const DEEP = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const DEEP_OBJECT = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;

const FORGED: readonly BadInput[] = [
  ['a signature of nothing', { signature: `sha256=${'0'.repeat(64)}` }, 403],
  ['a signature with the secret of somebody else', { secret: 'guessed' }, 403],
  ['a signature that is no hexadecimal', { signature: 'sha256=forged' }, 403],
  ['a signature by another algorithm', { signature: `sha1=${'0'.repeat(40)}` }, 403],
  ['an empty signature', { signature: '' }, 403],
].map(([name, headers, status]) => ({
  name: `${name} is refused`,
  requests: [{ body: VALID, ...(headers as object) }],
  statuses: [status as number],
  metrics: [refused('bad_signature')],
  report: [],
}));

const YELLOW_BEFORE = bodyOf(entryOf(QUALITY, rated('YELLOW'), NOW / 1000 - 3600));

const REPLAYED: readonly BadInput[] = [
  {
    name: 'an old body that is posted again is a duplicate, and does not turn the state back',
    requests: [{ body: YELLOW_BEFORE }, { body: VALID }, { body: YELLOW_BEFORE }],
    statuses: [200, 200, 200],
    metrics: [counted(QUALITY, 'applied', 2), counted(QUALITY, 'duplicate')],
    report: [IS_RED],
  },
  {
    name: 'an old body that comes for the first time is stale',
    requests: [{ body: VALID }, { body: YELLOW_BEFORE }],
    statuses: [200, 200],
    metrics: [counted(QUALITY, 'applied'), counted(QUALITY, 'stale')],
    report: [IS_RED],
  },
  {
    name: 'an update that stands twice in one body counts once',
    requests: [{ body: bodyOf(RED, RED) }],
    statuses: [200],
    metrics: [counted(QUALITY, 'applied'), counted(QUALITY, 'duplicate')],
    report: [IS_RED],
  },
];

const UNREADABLE: readonly BadInput[] = [
  ['truncated JSON', VALID.slice(0, -20), 400],
  ['no body', '', 400],
  ['a text that is no JSON', 'entry=1', 400],
  ['JSON with a tail', `${VALID}]`, 400],
  ['more than 3 MiB', JSON.stringify({ entry: [RED], padding: 'x'.repeat(3 * 1024 * 1024) }), 413],
].map(([name, body, status]) => ({
  name: `${name} is refused whole`,
  requests: [{ body: body as string }],
  statuses: [status as number],
  metrics: [refused('invalid')],
  report: [],
}));

const SHAPELESS: readonly BadInput[] = [
  ['null', 'null'],
  ['a number', '7'],
  ['an array', '[]'],
  ['an array, 10,000 levels deep', DEEP],
  ['an object, 10,000 levels deep', DEEP_OBJECT],
  ['entries that are no array', '{"entry":{}}'],
].map(([name, body]) => ({
  name: `${name} is signed, but no webhook`,
  requests: [{ body: body as string }],
  statuses: [200],
  metrics: [counted('__other__', 'invalid')],
  report: [],
}));

/** What stands in a body before and after an update that is right. */
const BESIDE: readonly (Pick<BadInput, 'name'> & {
  readonly entries: readonly unknown[];
  readonly raw?: string;
  readonly metrics: readonly string[];
  readonly report?: readonly string[];
})[] = [
  {
    name: 'a value, 10,000 levels deep',
    entries: [entryOf(QUALITY, { deep: 'RAW' })],
    raw: DEEP,
    metrics: [counted(QUALITY, 'applied'), counted(QUALITY, 'invalid')],
  },
  {
    name: 'a status of a message, 10,000 levels deep',
    entries: [
      entryOf('messages', { metadata: { phone_number_id: '1' }, statuses: [{ id: 'RAW' }] }),
    ],
    raw: DEEP_OBJECT,
    metrics: [counted(QUALITY, 'applied'), counted('messages', 'invalid')],
  },
  {
    name: 'keys that would reach a prototype',
    entries: [
      entryOf(QUALITY, { prototype: 'RAW' }),
      entryOf('__proto__', {}),
      entryOf('constructor', {}),
    ],
    raw: '1,"__proto__":{"polluted":1,"message_template_id":1,"new_quality_score":"RED"},"constructor":{"prototype":{"polluted":1}}',
    metrics: [
      counted('__other__', 'unknown', 2),
      counted(QUALITY, 'applied'),
      counted(QUALITY, 'invalid'),
    ],
  },
  {
    name: 'words by the names of members of Object',
    entries: [
      entryOf('account_update', {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [{ restriction_type: 'constructor' }, { restriction_type: '__proto__' }],
      }),
      entryOf('messages', {
        metadata: { phone_number_id: '1' },
        statuses: [{ id: 'wamid.1', status: 'constructor' }],
      }),
      entryOf(QUALITY, rated('constructor', { message_template_id: 1 })),
    ],
    metrics: [
      counted('account_update', 'applied'),
      counted(QUALITY, 'applied'),
      counted(QUALITY, 'unknown'),
      counted('messages', 'applied'),
    ],
    report: [
      `account ${ACCOUNT} restriction.constructor RESTRICTED since ${NOW / 1000}`,
      `template 1 (welcome_template, en_US) rating constructor since ${NOW / 1000}`,
    ],
  },
  {
    name: 'entries and changes of wrong types',
    entries: [
      null,
      7,
      'entry',
      [],
      { changes: {} },
      { changes: [null, 7, 'change', []] },
      entryOf(7, {}),
      entryOf(QUALITY, null),
      entryOf(QUALITY, 'RED'),
      entryOf(QUALITY, []),
    ],
    metrics: [
      counted('__other__', 'invalid', 9),
      counted('__other__', 'unknown'),
      counted(QUALITY, 'applied'),
      counted(QUALITY, 'invalid', 3),
    ],
  },
  {
    name: 'members of wrong types',
    entries: [
      entryOf(QUALITY, rated(['RED'])),
      entryOf(QUALITY, rated(1)),
      entryOf(QUALITY, rated('RED', { message_template_id: {} })),
      entryOf(QUALITY, rated('RED', { message_template_id: true })),
      entryOf(QUALITY, rated('RED', { message_template_id: -1.5 })),
      entryOf('messages', { metadata: [], statuses: [{ id: '1', status: 'read' }] }),
      entryOf('messages', { metadata: { phone_number_id: '1' }, statuses: {} }),
      entryOf('messages', { metadata: { phone_number_id: '1' }, statuses: [null, 7, {}] }),
      entryOf('messages', { metadata: { phone_number_id: '1' }, messages: [[], 'text'] }),
    ],
    metrics: [
      counted(QUALITY, 'applied'),
      counted(QUALITY, 'invalid', 5),
      counted('messages', 'invalid', 7),
    ],
  },
  {
    name: 'an id beyond 2^53',
    entries: [entryOf(QUALITY, rated('GREEN', { message_template_id: 'RAW' }))],
    raw: '9007199254740993',
    metrics: [counted(QUALITY, 'applied', 2)],
    report: [
      `template 9007199254740993 (welcome_template, en_US) rating GREEN since ${NOW / 1000}`,
    ],
  },
  {
    name: 'an id that is no whole number',
    entries: [entryOf(QUALITY, rated('GREEN', { message_template_id: 'RAW' }))],
    raw: '1e400',
    metrics: [counted(QUALITY, 'applied'), counted(QUALITY, 'invalid')],
  },
  {
    name: 'a time beyond 2^53',
    entries: [entryOf(QUALITY, rated('GREEN', { message_template_id: 1 }), 'RAW')],
    raw: '99999999999999999999',
    metrics: [counted(QUALITY, 'applied', 2)],
    report: [`template 1 (welcome_template, en_US) rating GREEN since ${NOW / 1000}`],
  },
  {
    name: 'a limit beyond 2^53',
    entries: [
      entryOf('business_capability_update', { max_daily_conversations_per_business: 'RAW' }),
    ],
    raw: '9007199254740993',
    metrics: [counted('business_capability_update', 'applied'), counted(QUALITY, 'applied')],
  },
];

const BAD_BESIDE: readonly BadInput[] = BESIDE.flatMap(
  ({ name, entries, raw = '', metrics, report = [] }) => {
    const expected = { statuses: [200], metrics, report: [...report, IS_RED].sort() };
    const bodies = { before: bodyOf(...entries, RED), after: bodyOf(RED, ...entries) };
    return Object.entries(bodies).map(([place, body]) => ({
      name: `${name}, ${place} an update that is right, harms nothing`,
      requests: [{ body: withRaw(body, raw) }],
      ...expected,
    }));
  },
);

/** Everything bad that comes through the same door. */
export const BAD_INPUTS: readonly BadInput[] = [
  ...FORGED,
  ...REPLAYED,
  ...UNREADABLE,
  ...SHAPELESS,
  ...BAD_BESIDE,
];
