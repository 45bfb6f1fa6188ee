import type { QualityFact, QualitySubject } from '@turnspan/core';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { createPrometheusObserver, type LabelCaps } from '../src';
import { CLIENTS } from './support/clients';
import { QUIET, T0 } from './support/events';
import { ACCOUNT, fact, PHONE, PORTFOLIO, SCRIPT_QUALITY, TEMPLATE } from './support/facts';
import { samplesOf } from './support/scrape';

const SECONDS = T0 / 1000;
const ORDER_READY = 'template="order_ready",language="en_US"';
const BIZ_INITIATED = 'account="waba1",restriction="restricted_biz_initiated_messaging"';

describe('quality gauges', () => {
  it.each<[string, Partial<QualityFact>, readonly string[]]>([
    [
      'a rating',
      {},
      [
        'whatsapp_phone_quality_rating{line="15550001",rating="green"} 1',
        'whatsapp_phone_quality_score{line="15550001"} 3',
      ],
    ],
    [
      'a rating that nobody knows',
      { value: 'NA' },
      ['whatsapp_phone_quality_rating{line="15550001",rating="unknown"} 1'],
    ],
    [
      'a number that was never rated',
      { attribute: 'name_status', value: 'APPROVED' },
      ['whatsapp_phone_quality_rating{line="15550001",rating="unknown"} 1'],
    ],
    [
      'a status that is new',
      { attribute: 'status', value: 'ON_FIRE' },
      [
        'whatsapp_phone_quality_rating{line="15550001",rating="unknown"} 1',
        'whatsapp_phone_status{line="15550001",status="on_fire"} 1',
      ],
    ],
    [
      'a throughput',
      { attribute: 'throughput', value: 'HIGH' },
      [
        'whatsapp_phone_quality_rating{line="15550001",rating="unknown"} 1',
        'whatsapp_throughput_level{line="15550001",level="high"} 1',
      ],
    ],
    [
      'a limit',
      { subject: PORTFOLIO, attribute: 'messaging_limit', value: '2000' },
      ['whatsapp_messaging_limit{scope="portfolio",id="biz1"} 2000'],
    ],
    [
      'no limit',
      { subject: PORTFOLIO, attribute: 'messaging_limit', value: 'Infinity' },
      ['whatsapp_messaging_limit{scope="portfolio",id="biz1"} +Inf'],
    ],
    [
      'a limit that is no number',
      { subject: PORTFOLIO, attribute: 'messaging_limit', value: 'TIER_NOT_SET' },
      [],
    ],
    [
      'a template',
      { subject: TEMPLATE, value: 'YELLOW' },
      [
        `whatsapp_template_quality_rating{${ORDER_READY},rating="yellow"} 1`,
        `whatsapp_template_quality_score{${ORDER_READY}} 2`,
      ],
    ],
    [
      'a pause',
      { subject: TEMPLATE, attribute: 'status', value: 'PAUSED', until: T0 },
      [
        `whatsapp_template_status{${ORDER_READY},status="paused"} 1`,
        `whatsapp_template_quality_rating{${ORDER_READY},rating="unknown"} 1`,
        `whatsapp_template_paused_until_timestamp_seconds{${ORDER_READY}} ${SECONDS}`,
      ],
    ],
    [
      'a pause that has ended by itself',
      { subject: TEMPLATE, attribute: 'status', value: 'PAUSED', until: T0 - 1 },
      [`whatsapp_template_quality_rating{${ORDER_READY},rating="unknown"} 1`],
    ],
    [
      'a restriction',
      restriction({ until: T0 + 5000 }),
      [
        `whatsapp_account_restricted{${BIZ_INITIATED}} 1`,
        `whatsapp_account_restriction_until_timestamp_seconds{${BIZ_INITIATED}} ${SECONDS + 5}`,
      ],
    ],
    [
      'a restriction without an end',
      restriction({}),
      [`whatsapp_account_restricted{${BIZ_INITIATED}} 1`],
    ],
    ['a restriction that has ended by itself', restriction({ until: T0 - 1 }), []],
    ['a restriction that was lifted', restriction({ value: 'NONE' }), []],
    [
      'health',
      { subject: ACCOUNT, attribute: 'health', value: 'BLOCKED' },
      ['whatsapp_health{entity="account",id="waba1",can_send_message="blocked"} 1'],
    ],
  ])('show %s', async (_, overrides, expected) => {
    const shown = await show([fact(overrides)]);

    expect(shown.filter((line) => !/ 0$|_state_/.test(line))).toEqual(expected);
  });

  it('show 0 for the states that a subject is not in', async () => {
    const shown = await show([fact()]);

    expect(shown.filter((line) => line.includes('_rating'))).toEqual([
      'whatsapp_phone_quality_rating{line="15550001",rating="green"} 1',
      'whatsapp_phone_quality_rating{line="15550001",rating="yellow"} 0',
      'whatsapp_phone_quality_rating{line="15550001",rating="red"} 0',
      'whatsapp_phone_quality_rating{line="15550001",rating="unknown"} 0',
    ]);
  });

  it('tell when something changed, and when each source last told of it', async () => {
    const shown = await show([
      fact({ subject: TEMPLATE, at: T0 - 9000, observedAt: T0 - 2000 }),
      fact({ subject: TEMPLATE, attribute: 'category', at: T0 - 7000, observedAt: T0 - 3000 }),
      fact({ subject: TEMPLATE, attribute: 'status', at: T0 - 8000, source: 'webhook' }),
    ]);

    const labels = 'kind="template",id="order_ready/en_US"';
    expect(shown.filter((line) => line.includes('_state_'))).toEqual([
      `whatsapp_state_changed_timestamp_seconds{${labels}} ${SECONDS - 7}`,
      `whatsapp_state_observed_timestamp_seconds{${labels},source="poll"} ${SECONDS - 2}`,
      `whatsapp_state_observed_timestamp_seconds{${labels},source="webhook"} ${SECONDS}`,
    ]);
  });

  it('tell that something changed when it ended by itself', async () => {
    const shown = await show([fact(restriction({ at: T0 - 9000, until: T0 - 1000 }))]);

    expect(shown).toContain(
      `whatsapp_state_changed_timestamp_seconds{kind="account",id="waba1"} ${SECONDS - 1}`,
    );
  });

  it('believe what was seen last', async () => {
    const shown = await show([
      fact({ value: 'YELLOW', observedAt: T0 - 2000 }),
      fact({ value: 'RED', observedAt: T0 - 1000, source: 'webhook' }),
      fact({ value: 'GREEN', observedAt: T0 - 3000 }),
    ]);

    expect(shown).toContain('whatsapp_phone_quality_score{line="15550001"} 1');
  });

  it('take the name of a template from the fact that has it', async () => {
    const subject: QualitySubject = { kind: 'template', id: '9001' };

    const nameless = await show([fact({ subject })]);
    const named = await show([fact({ subject }), fact({ subject: TEMPLATE, attribute: 'status' })]);

    expect(nameless).toContain('whatsapp_template_quality_score{template="9001"} 3');
    expect(named).toContain(`whatsapp_template_quality_score{${ORDER_READY}} 3`);
  });

  it('show the worst where two accounts have a template of the same name', async () => {
    const other = { ...TEMPLATE, id: '9002', accountId: 'waba2' };

    const shown = await show([
      fact({ subject: TEMPLATE, value: 'RED' }),
      fact({ subject: other, value: 'GREEN' }),
    ]);

    expect(shown).toContain(`whatsapp_template_quality_score{${ORDER_READY}} 1`);
    expect(shown).toContain(`whatsapp_template_quality_rating{${ORDER_READY},rating="red"} 1`);
    expect(shown).toContain(`whatsapp_template_quality_rating{${ORDER_READY},rating="green"} 1`);
  });

  it('have no samples where nothing is asked for the facts', async () => {
    const registry = new Registry();
    createPrometheusObserver({ registry, snapshot: () => QUIET });

    expect(await samplesOf(registry, 'whatsapp_')).toEqual([]);
  });
});

describe('a scrape of the quality', () => {
  it('reads the facts and the clock once', async () => {
    const registry = new Registry();
    const quality = jest.fn(() => SCRIPT_QUALITY);
    const now = jest.fn(() => T0);
    createPrometheusObserver({ registry, snapshot: () => QUIET, quality, now });

    await registry.metrics();
    await registry.metrics();

    expect(quality).toHaveBeenCalledTimes(2);
    expect(now).toHaveBeenCalledTimes(2);
  });

  it('follows every change, and forgets a subject that is gone', async () => {
    const { registry, tell } = createScene();
    tell(fact(), fact({ subject: TEMPLATE, attribute: 'status', value: 'LOCKED' }));
    const before = await samplesOf(registry, 'whatsapp_');

    tell(fact({ subject: TEMPLATE, attribute: 'status', value: 'APPROVED' }));
    const changed = await samplesOf(registry, 'whatsapp_');
    tell();
    const gone = await samplesOf(registry, 'whatsapp_');
    tell(fact(), fact({ subject: TEMPLATE, attribute: 'status', value: 'LOCKED' }));
    const back = await samplesOf(registry, 'whatsapp_');

    expect(changed.filter((line) => /line=|locked/.test(line))).toEqual([]);
    expect(changed).toContain(`whatsapp_template_status{${ORDER_READY},status="approved"} 1`);
    expect(gone).toEqual([]);
    expect(back.toSorted()).toEqual(before.toSorted());
  });

  it('shows no value rather than an old one while the facts fail, and counts that', async () => {
    const { registry, tell, onError } = createScene();
    tell(fact());
    await registry.metrics();

    tell(null as never);
    const failed = await samplesOf(registry);
    tell(fact());
    const recovered = await samplesOf(registry);

    expect(onError).toHaveBeenCalledTimes(1);
    expect(failed.filter((line) => line.startsWith('whatsapp_'))).toEqual([]);
    expect(failed).toContain('conversation_settled_until_timestamp_seconds 1767603600');
    expect(recovered).toContain('whatsapp_phone_quality_score{line="15550001"} 3');
    expect(recovered).toContain('turnspan_contained_errors_total 1');
  });

  it('survives a reset of the registry', async () => {
    const { registry, tell } = createScene();
    tell(fact());
    const before = await samplesOf(registry, 'whatsapp_');

    registry.resetMetrics();

    expect(await samplesOf(registry, 'whatsapp_')).toEqual(before);
  });
});

describe('caps on the quality gauges', () => {
  it('replace what is beyond them, and count it once for as long as it is there', async () => {
    const { registry, tell } = createScene({ templates: 1, lines: 1, accounts: 1 });
    const facts = ['1', '2', '3'].flatMap((id) => [
      fact({ subject: { ...TEMPLATE, id, name: `t${id}` }, value: id === '2' ? 'RED' : 'GREEN' }),
      fact({ subject: { ...PHONE, id } }),
      fact({ ...restriction({}), subject: { ...ACCOUNT, id } }),
    ]);
    tell(...facts);
    await registry.metrics();

    const samples = await samplesOf(registry);

    const beyond = 'template="__other__",language="__other__"';
    expect(samples).toContain(`whatsapp_template_quality_score{${beyond}} 1`);
    expect(samples).toContain('whatsapp_phone_quality_score{line="__other__"} 3');
    expect(samples.filter((line) => line.includes('_restricted{account="__other__"'))).toHaveLength(
      1,
    );
    expect(samples).toContain('turnspan_label_overflow_total{label="template"} 2');
    expect(samples).toContain('turnspan_label_overflow_total{label="line"} 2');
    expect(samples).toContain('turnspan_label_overflow_total{label="account"} 2');
  });

  it('let the words that Meta is known to use through', async () => {
    const { registry, tell } = createScene({ words: 1 });
    tell(
      fact({ attribute: 'status', value: 'NEW_1' }),
      fact({ attribute: 'health', value: 'NEW_2' }),
      fact({ attribute: 'throughput', value: 'HIGH' }),
    );

    const samples = await samplesOf(registry);

    expect(samples).toContain('whatsapp_phone_status{line="15550001",status="__other__"} 1');
    expect(samples).toContain(
      'whatsapp_health{entity="phone",id="15550001",can_send_message="new_2"} 1',
    );
    expect(samples).toContain('whatsapp_throughput_level{line="15550001",level="high"} 1');
    expect(samples).toContain('turnspan_label_overflow_total{label="word"} 1');
  });

  it('hold, and of each subject exactly one state is 1, whatever is known', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFact(), { maxLength: 60 }), async (facts) => {
        const { registry, tell, onError } = createScene({ templates: 5, lines: 5, words: 5 });
        tell(...facts);

        const samples = await samplesOf(registry, 'whatsapp_');

        expect(onError).not.toHaveBeenCalled();
        expect(new Set(samples.map((line) => line.replace(/ \S+$/, ''))).size).toBe(samples.length);
        for (const sum of sumStates(samples)) expect(sum).toBe(1);
        expect(samples.length).toBeLessThan(600);
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(CLIENTS)('quality in the worker processes of %s', (_, client) => {
  it('is the same as in one of them', async () => {
    const states = await Promise.all(
      ['GREEN', 'RED'].map(async (value) => {
        const registry = client.createRegistry();
        const facts = [
          fact({ value }),
          fact({ subject: PORTFOLIO, attribute: 'messaging_limit', value: 'Infinity' }),
        ];
        const quality = () => facts;
        createPrometheusObserver({ registry, snapshot: () => QUIET, quality, now: () => T0 });
        // As between the processes of a cluster, where JSON knows no Infinity.
        return JSON.parse(JSON.stringify(await registry.getMetricsAsJSON()));
      }),
    );

    const lines = (await client.aggregate(states).metrics()).split('\n');

    expect(lines).toContain('whatsapp_phone_quality_score{line="15550001"} 1');
    expect(lines).toContain('whatsapp_messaging_limit{scope="portfolio",id="biz1"} +Inf');
    expect(lines).toContain('whatsapp_phone_quality_rating{line="15550001",rating="yellow"} 0');
    expect(lines).toContain(
      `whatsapp_state_changed_timestamp_seconds{kind="portfolio",id="biz1"} ${SECONDS - 60}`,
    );
  });
});

function restriction(overrides: Partial<QualityFact>): Partial<QualityFact> {
  const key = 'RESTRICTED_BIZ_INITIATED_MESSAGING';
  return { subject: ACCOUNT, attribute: 'restriction', key, value: 'RESTRICTED', ...overrides };
}

/** A registry, and the way to change what is known. */
function createScene(caps: LabelCaps = {}) {
  const registry = new Registry();
  const onError = jest.fn();
  let facts: readonly QualityFact[] = [];
  const options = { registry, snapshot: () => QUIET, caps, onError };
  createPrometheusObserver({ ...options, quality: () => facts, now: () => T0 });
  const tell = (...told: readonly QualityFact[]) => {
    facts = told;
  };
  return { registry, onError, tell };
}

/** The samples that facts lead to. */
async function show(facts: readonly QualityFact[]): Promise<string[]> {
  const { registry, tell } = createScene();
  tell(...facts);
  return samplesOf(registry, 'whatsapp_');
}

function anyFact(): fc.Arbitrary<QualityFact> {
  const word = fc.oneof(fc.constantFrom('GREEN', 'RED', 'PAUSED', 'HIGH', '250'), fc.string());
  const subject = fc.oneof(
    fc.record({
      kind: fc.constantFrom('phone', 'template', 'account', 'portfolio'),
      id: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '9'),
    }),
    fc.constant(TEMPLATE),
  );
  return fc.record({
    subject: subject as fc.Arbitrary<QualitySubject>,
    attribute: fc.constantFrom('rating', 'status', 'throughput', 'health', 'messaging_limit'),
    value: word,
    at: fc.integer({ min: T0 - 9000, max: T0 + 9000 }),
    observedAt: fc.integer({ min: T0 - 9000, max: T0 }),
    source: fc.constantFrom('webhook', 'poll'),
  });
}

const STATE = /^(\w+\{.*?),?(?:rating|status|level|can_send_message)="(?:[^"\\]|\\.)*"\} (.*)$/s;

/** How many states of each subject are 1, apart from the ones that share their labels. */
function sumStates(samples: readonly string[]): Iterable<number> {
  const sums = new Map<string, number>();
  for (const sample of samples) {
    const [, subject, value] = STATE.exec(sample) ?? [];
    if (subject === undefined || subject.includes('__other__')) continue;
    sums.set(subject, (sums.get(subject) ?? 0) + Number(value));
  }
  return sums.values();
}
