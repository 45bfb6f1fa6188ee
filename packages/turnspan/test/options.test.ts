import { TurnspanError } from '@turnspan/core';
import { Registry } from 'prom-client';
import { turnspan } from '../src';

const SECRET = 'hunter2-hunter2';

/** Each wrong value with the name of the option, what is expected and what is said to have come. */
const WRONG: readonly (readonly [option: string, value: unknown, expected: string, got: string])[] =
  [
    ['now', 5, 'a function', '5'],
    ['tick', 'now', 'a function', '"now"'],
    ['onError', {}, 'a function', 'an object'],
    ['guard', 'yes', 'true or false', '"yes"'],
    ['stallAfterMs', '30m', 'milliseconds, 1 or more', '"30m"'],
    ['stallAfterMs', 0, 'milliseconds, 1 or more', '0'],
    ['stallAfterMs', Number.NaN, 'milliseconds, 1 or more', 'NaN'],
    ['dropAfterMs', Number.POSITIVE_INFINITY, 'milliseconds, 1 or more', 'Infinity'],
    ['dropAfterMs', -1, 'milliseconds, 1 or more', '-1'],
    ['turnTimeoutMs', null, 'milliseconds, 1 or more', 'nothing'],
    ['sweepIntervalMs', 0, 'milliseconds from 1 to 2147483647', '0'],
    ['sweepIntervalMs', 2 ** 31, 'milliseconds from 1 to 2147483647', '2147483648'],
    ['helpWords', 'help', 'an array of texts', '"help"'],
    ['helpWords.1', ['help', ''], 'a text that is not empty', '""'],
    ['agentWords.0', [5], 'a text', '5'],
    ['observers', () => {}, 'an array of functions', 'a function'],
    ['observers.0', [5], 'a function', '5'],
    [
      'store',
      new Map(),
      'a path, a URL, or an object with wait(), claim(), takeDue()',
      'an object',
    ],
    ['data', 5, 'a text', '5'],
    ['data', '', 'a text that is not empty', '""'],
    ['journal', true, 'an object', 'true'],
    ['journal.file', { file: 5 }, 'a text', '5'],
    ['journal.retentionDays', { retentionDays: 0 }, 'days, more than 0', '0'],
    ['journal.rollupRetentionDays', { rollupRetentionDays: '2y' }, 'days, more than 0', '"2y"'],
    ['flows', 'order', 'an object with flow ids as its keys', '"order"'],
    ['flows.order', { order: 'size' }, 'an object', '"size"'],
    ['flows.order.goal', { order: { goal: 5 } }, 'the id of a node, or an array of them', '5'],
    ['flows.order.menu', { order: { menu: false } }, 'the id of a node, or an array', 'false'],
    ['flows.order.dropAfterMs', { order: { dropAfterMs: '6h' } }, 'milliseconds', '"6h"'],
    ['flows.order.nodes', { order: { nodes: 'size' } }, 'an object with node ids', '"size"'],
    [
      'flows.order.nodes.size.dropAfterMs',
      { order: { nodes: { size: { dropAfterMs: 0 } } } },
      'milliseconds, 1 or more',
      '0',
    ],
    [
      'flows.order.nodes.size.stallAfterMs',
      { order: { nodes: { size: { stallAfterMs: false } } } },
      'milliseconds, 1 or more',
      'false',
    ],
    [
      'flows.order.nodes.size.expectsMedia',
      { order: { nodes: { size: { expectsMedia: 'yes' } } } },
      'true or false',
      '"yes"',
    ],
    ['metrics', true, 'an object', 'true'],
    ['metrics.registry', { registry: {} }, 'an object with registerMetric()', 'an object'],
    ['metrics.host', { host: '' }, 'a text that is not empty', '""'],
    ['metrics.port', { port: '9464' }, 'a port from 0 to 65535', '"9464"'],
    ['metrics.port', { port: -1 }, 'a port from 0 to 65535', '-1'],
    ['metrics.port', { port: 65_536 }, 'a port from 0 to 65535', '65536'],
    ['metrics.port', { port: 94.64 }, 'a port from 0 to 65535', '94.64'],
    ['metrics.path', { path: 'metrics' }, 'a path that begins with a slash', '"metrics"'],
    ['metrics.onBotServer', { onBotServer: 1 }, 'true or false', '1'],
    ['metrics.caps', { caps: 50 }, 'an object', '50'],
    ['metrics.caps.flows', { caps: { flows: 0 } }, 'a whole number, 1 or more', '0'],
    ['metrics.caps.nodes', { caps: { nodes: 1.5 } }, 'a whole number, 1 or more', '1.5'],
    ['tracing', 'on', 'an object', '"on"'],
    ['tracing.sampleRatio', { sampleRatio: 1.1 }, 'a number from 0 to 1', '1.1'],
    ['tracing.sampleRatio', { sampleRatio: Number.NaN }, 'a number from 0 to 1', 'NaN'],
    ['tracing.alwaysKeep', { alwaysKeep: 'dropped' }, 'an array of outcomes', '"dropped"'],
    [
      'tracing.alwaysKeep.1',
      { alwaysKeep: ['dropped', 'lost'] },
      'an outcome of a visit',
      '"lost"',
    ],
    ['tracing.tracer', { tracer: {} }, 'an object with startSpan()', 'an object'],
    ['whatsapp.appSecret', { verifyToken: 'x' }, 'given', 'nothing'],
    ['whatsapp.verifyToken', { appSecret: 'x' }, 'given', 'nothing'],
  ];

/** Wrong values that contain a secret. */
const SECRETS: readonly (readonly [option: string, options: object])[] = [
  ['privacy', { privacy: SECRET }],
  ['privacy.key', { privacy: { key: { toString: () => SECRET } } }],
  ['privacy.key', { privacy: { key: '' } }],
  ['privacy.nope', { privacy: { nope: SECRET } }],
  ['whatsapp', { whatsapp: SECRET }],
  ['whatsapp.verifyToken', { whatsapp: { appSecret: SECRET } }],
  ['whatsapp.appSecret', { whatsapp: { appSecret: [SECRET, 5], verifyToken: 'x' } }],
  ['whatsapp.appSecret', { whatsapp: { appSecret: Number.MAX_VALUE, verifyToken: SECRET } }],
  ['whatsapp.verifyToken', { whatsapp: { appSecret: SECRET, verifyToken: [SECRET] } }],
  ['metrics.token', { metrics: { token: [SECRET] } }],
  ['metrics.token', { metrics: { token: Number.MAX_VALUE } }],
];

/** Names that no option has, however deep. */
const UNKNOWN: readonly (readonly [option: string, options: object])[] = [
  ['metric', { metric: {} }],
  ['hashKey', { hashKey: SECRET }],
  ['privacy.hashKey', { privacy: { hashKey: SECRET } }],
  ['metrics.prot', { metrics: { prot: 9464 } }],
  ['metrics.caps.flow', { metrics: { caps: { flow: 9 } } }],
  ['tracing.ratio', { tracing: { ratio: 1 } }],
  ['whatsapp.secret', { whatsapp: { appSecret: 'x', verifyToken: 'x', secret: SECRET } }],
  ['flows.order.goals', { flows: { order: { goals: 'x' } } }],
  ['flows.order.nodes.size.menu', { flows: { order: { nodes: { size: { menu: true } } } } }],
];

/** What `turnspan` throws at once. */
function refusalOf(options: unknown): TurnspanError {
  try {
    turnspan(options as object);
  } catch (error) {
    if (error instanceof TurnspanError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

/** Puts the value where the first part of the name says. */
function withOption(option: string, value: unknown): object {
  return { [option.split('.')[0] ?? '']: value };
}

describe('turnspan', () => {
  it.each(WRONG.map(([option, value, expected, got]) => ({ option, value, expected, got })))(
    'refuses a wrong `$option`: $value',
    ({ option, value, expected, got }) => {
      const { code, message } = refusalOf(withOption(option, value));

      expect(code).toBe('OPTION_INVALID');
      expect(message).toContain(`Expected \`${option}\` to be ${expected}`);
      expect(message).toContain(`, got ${got}.`);
    },
  );

  it.each(UNKNOWN)('knows no option `%s`', (option, options) => {
    const { code, message } = refusalOf(options);

    expect(code).toBe('OPTION_INVALID');
    expect(message).toContain(`There is no option \`${option}\`.`);
    expect(message).not.toContain(SECRET);
  });

  it.each(SECRETS)('never shows what came as `%s`: %#', (option, options) => {
    const { message } = refusalOf(options);

    expect(message).toContain(`\`${option}\``);
    expect(message).not.toContain(SECRET);
    expect(message).not.toContain(String(Number.MAX_VALUE));
  });

  it.each([
    [null, 'nothing'],
    [5, '5'],
    ['metrics', '"metrics"'],
  ])('refuses %j in place of the options', (options, got) => {
    expect(refusalOf(options).message).toContain(
      `Expected the options to be an object, got ${got}.`,
    );
  });

  it('takes every option at once, and options that are undefined', () => {
    const create = () =>
      turnspan({
        now: Date.now,
        tick: Date.now,
        privacy: { key: new Uint8Array([1]) },
        stallAfterMs: 1,
        dropAfterMs: 2 ** 40,
        flows: { order: { goal: ['a'], menu: 'b', dropAfterMs: 1, nodes: { a: {} } } },
        helpWords: [],
        agentWords: ['chef'],
        metrics: { registry: new Registry(), host: 'localhost', port: 0, path: '/m', token: 't' },
        tracing: { sampleRatio: 0, alwaysKeep: [] },
        whatsapp: { appSecret: ['new', 'old'], verifyToken: 'x' },
        observers: [],
        sweepIntervalMs: 1,
        turnTimeoutMs: 1,
        guard: true,
        onError: () => {},
      });

    expect(create).not.toThrow();
    expect(() => turnspan({ metrics: false, tracing: false })).not.toThrow();
    expect(() => turnspan({ flows: undefined, metrics: undefined } as object)).not.toThrow();
  });

  it('refuses a registry that already has metrics of Turnspan', () => {
    const registry = new Registry();
    turnspan({ metrics: { registry } });

    expect(refusalOf({ metrics: { registry } }).message).toContain(
      'one registry takes one observer',
    );
  });
});

describe('the environment', () => {
  afterEach(() => {
    process.env.TURNSPAN_METRICS_PORT = '';
  });

  it.each(['http', '-1', '65536', '94.64', '0x10', '1e3', ' ', '94 64'])(
    'is refused with the port "%s"',
    (port) => {
      process.env.TURNSPAN_METRICS_PORT = port;

      const { code, message } = refusalOf({});

      expect(code).toBe('OPTION_INVALID');
      expect(message).toContain(
        `Expected TURNSPAN_METRICS_PORT to be a port from 0 to 65535, got "${port}".`,
      );
    },
  );

  it.each(['', '0', '65535'])('may have the port "%s"', (port) => {
    process.env.TURNSPAN_METRICS_PORT = port;

    expect(() => turnspan()).not.toThrow();
  });

  it('is not asked for a port where there are no metrics', () => {
    process.env.TURNSPAN_METRICS_PORT = 'http';

    expect(() => turnspan({ metrics: false })).not.toThrow();
  });
});
