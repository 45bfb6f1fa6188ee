import type { QualityFact } from '@turnspan/core';
import { type FieldChange, parseUpdates, readChange } from '../src';
import { parseJson } from '../src/parse-json';
import { NOW, toFactLine } from './quality-harness';

const TIME = 1_773_446_400;

function read(field: string, value: unknown, rest: Partial<FieldChange> = {}) {
  const change = { kind: 'change', field, value, accountId: '9', timestamp: TIME * 1000 } as const;
  return readChange({ ...change, ...rest }, NOW);
}

/** The facts without what they all share. */
function tell(facts: readonly QualityFact[]): string[] {
  return facts.map((fact) => toFactLine(fact).replace(` at ${TIME}`, ''));
}

describe('a number', () => {
  const phone = { display_phone_number: '+1 631-555-5555' };
  it.each<[string, object, string[]]>([
    ['FLAGGED', {}, ['phone 16315555555 status FLAGGED']],
    ['UNFLAGGED', {}, ['phone 16315555555 status CONNECTED']],
    ['THROUGHPUT_UPGRADE', {}, []],
    [
      'THROUGHPUT_UPGRADE',
      { max_daily_conversations_per_business: 'TIER_UNLIMITED' },
      ['phone 16315555555 throughput HIGH', 'portfolio 9 messaging_limit Infinity'],
    ],
    ['UPGRADE', { current_limit: 'TIER_2K' }, ['portfolio 9 messaging_limit 2000']],
    ['ONBOARDING', { current_limit: 'TIER_NOT_SET' }, []],
    ['ONBOARDING', { current_limit: ['TIER_2K'] }, []],
  ])('is %s with %j', (event, value, expected) => {
    const { facts, events, result } = read('phone_number_quality_update', {
      ...phone,
      event,
      ...value,
    });

    expect(tell(facts)).toEqual(expected);
    expect(events.map((happened) => happened.event)).toEqual([event]);
    expect(result).toBe('applied');
  });

  it('had a limit of its own until October 2025', () => {
    const value = { ...phone, event: 'UPGRADE', current_limit: 'TIER_10K' };
    const timestamp = Date.UTC(2025, 9, 6);

    const { facts } = read('phone_number_quality_update', value, { timestamp });

    expect(facts.map(({ subject }) => subject.kind)).toEqual(['phone']);
  });
});

describe('a limit', () => {
  it.each<[unknown, string | undefined]>([
    [2000, '2000'],
    ['2000', '2000'],
    ['TIER_250', '250'],
    ['TIER_100K', '100000'],
    ['TIER_1M', '1000000'],
    ['TIER_UNLIMITED', 'Infinity'],
    [-1, 'Infinity'],
    ['TIER_NOT_SET', undefined],
    ['TIER_constructor', undefined],
    [-2, undefined],
    [1.5, undefined],
    [1e300, undefined],
    [null, undefined],
    [{}, undefined],
  ])('of %j', (limit, expected) => {
    const value = { max_daily_conversations_per_business: limit };

    const { facts } = read('business_capability_update', value);

    expect(facts[0]?.value).toBe(expected);
  });

  it("of each number, as it was told before 2026, is the portfolio's", () => {
    const { facts } = read('business_capability_update', { max_daily_conversation_per_phone: -1 });

    expect(tell(facts)).toEqual(['portfolio 9 messaging_limit Infinity']);
  });
});

describe('a template', () => {
  const template = { message_template_id: 7 };
  it.each<[object, string]>([
    [
      { event: 'PAUSED', reason: null, other_info: { title: 'FIRST_PAUSE' } },
      `PAUSED until ${TIME + 3 * 3600} because FIRST_PAUSE`,
    ],
    [
      { event: 'PAUSED', other_info: { title: 'SECOND_PAUSE' } },
      `PAUSED until ${TIME + 6 * 3600} because SECOND_PAUSE`,
    ],
    [
      { event: 'PAUSED', other_info: { title: 'RATE_LIMITING_PAUSE' } },
      'PAUSED because RATE_LIMITING_PAUSE',
    ],
    [{ event: 'PAUSED', other_info: 'FIRST_PAUSE' }, 'PAUSED'],
    [{ event: 'PAUSED', other_info: { title: 'UNPAUSE' } }, 'APPROVED'],
    [{ event: 'APPROVED', other_info: { title: 'UNPAUSE' } }, 'APPROVED'],
    [{ event: 'REJECTED', reason: 'SCAM' }, 'REJECTED because SCAM'],
    [{ event: 'PENDING_DELETION', reason: null }, 'PENDING_DELETION'],
    [{ event: 'FLAGGED', disable_info: { disable_date: 1773705600 } }, 'FLAGGED until 1773705600'],
    [
      { event: 'FLAGGED', disable_info: { disable_date: '1773705600' } },
      'FLAGGED until 1773705600',
    ],
    [
      { event: 'FLAGGED', disable_info: { disable_date: '2026-03-17T01:00:00+0100' } },
      'FLAGGED until 1773705600',
    ],
    [{ event: 'FLAGGED', disable_info: { disable_date: 'soon' } }, 'FLAGGED'],
    [{ event: 'FLAGGED', disable_info: { disable_date: 1e300 } }, 'FLAGGED'],
  ])('told %j', (value, expected) => {
    const { facts } = read('message_template_status_update', { ...template, ...value });

    expect(tell(facts)).toEqual([`template 7 status ${expected}`]);
  });

  it.each([
    ['en-US', 'en_US'],
    ['en_us', 'en_US'],
    ['zh-Hant-tw', 'zh_Hant_TW'],
    ['he', 'he'],
    ['', undefined],
    [7, undefined],
    ['__proto__', undefined],
  ])('in %j', (language, expected) => {
    const value = { ...template, new_quality_score: 'RED', message_template_language: language };

    const [fact] = read('message_template_quality_update', value).facts;

    expect(fact?.subject.language).toBe(expected);
  });

  it('keeps each digit of an id beyond 2^53', () => {
    const value = '{"message_template_id":98765432109876543210,"new_quality_score":"RED"}';
    const text = `[": 98765432109876543210 \\"", 0.98765432109876543210, 1e3, ${value}]`;

    const [quoted, fraction, power, parsed] = parseJson(text) as unknown[];
    const [fact] = read('message_template_quality_update', parsed).facts;

    expect([quoted, fraction, power]).toEqual([
      ': 98765432109876543210 "',
      Number('0.98765432109876543210'),
      1e3,
    ]);
    expect(fact?.subject.id).toBe('98765432109876543210');
    expect(parseJson('[1689556908129832]')).toEqual([1689556908129832]);
    expect(() => parseJson('{"a":12345678901234567890')).toThrow(SyntaxError);
  });
});

describe('an account', () => {
  const limited = (expiration: unknown) => ({
    event: 'ACCOUNT_RESTRICTION',
    restriction_info: [null, {}, { restriction_type: 'RESTRICTED_X', expiration }],
  });
  it.each<[object, string[]]>([
    [limited(1774051200), ['restriction.RESTRICTED_X RESTRICTED until 1774051200']],
    [limited('1774051200'), ['restriction.RESTRICTED_X RESTRICTED until 1774051200']],
    [limited('2026-04-19T13:59:20+0000'), ['restriction.RESTRICTED_X RESTRICTED until 1776607160']],
    [limited(undefined), ['restriction.RESTRICTED_X RESTRICTED']],
    [{ event: 'ACCOUNT_RESTRICTION' }, []],
    [{ event: 'ACCOUNT_RESTRICTION', restriction_info: [] }, []],
    [{ event: 'ACCOUNT_RESTRICTION', restriction_info: { restriction_type: 'X' } }, []],
    [
      {
        event: 'DISABLED_UPDATE',
        ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE', waba_ban_date: 'April 17, 2026' },
      },
      ['status SCHEDULE_FOR_DISABLE until 1776384000'],
    ],
    [{ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } }, ['status ACTIVE']],
  ])('told %j', (value, expected) => {
    const { facts, events } = read('account_update', value);

    expect(tell(facts)).toEqual(expected.map((line) => `account 9 ${line}`));
    expect(events).toHaveLength(1);
  });

  it('has alerts of an entity that is new to us', () => {
    const value = { entity_type: 'MOON', entity_id: '5', alert_info: { alert_type: 'RISEN' } };

    const { events, result } = read('account_alerts', value);

    expect([events[0]?.subject, result]).toEqual([{ kind: 'account', id: '9' }, 'unknown']);
  });
});

describe('preferences', () => {
  it('are those of each person that can be told', () => {
    const value = {
      metadata: { phone_number_id: '5' },
      contacts: [{ wa_id: '1', user_id: 'US.1' }, null],
      user_preferences: [
        { wa_id: 1, value: 'stop', timestamp: TIME },
        { wa_id: '2', value: 'signup' },
        { value: 'stop' },
        { wa_id: '3', value: 7 },
        null,
      ],
    };

    const { preferences, result } = read('user_preferences', value);

    expect(preferences).toEqual([
      { line: '5', userId: 'US.1', value: 'stop', at: TIME * 1000 },
      { line: '5', userId: '2', value: 'signup', at: TIME * 1000 },
    ]);
    expect(result).toBe('applied');
  });
});

describe('what is new to us', () => {
  it.each([
    ['message_template_status_update', { message_template_id: 7, event: 'MELTED' }, 1],
    ['message_template_quality_update', { message_template_id: 7, new_quality_score: 'PINK' }, 1],
    ['account_update', { event: 'ACCOUNT_MOVED' }, 0],
    ['phone_number_quality_update', { display_phone_number: '1', event: 'SHINY' }, 0],
    ['account_review_update', { decision: 'PERHAPS' }, 1],
    ['some_future_field', { event: 'X' }, 0],
  ])('in %s is kept', (field, value, facts) => {
    const reading = read(field, value);

    expect([reading.result, reading.facts.length]).toEqual(['unknown', facts]);
  });

  it('says nothing when the field is about something else', () => {
    const { facts, events, result } = read('history', { anything: 1 });

    expect([facts, events, result]).toEqual([[], [], 'applied']);
  });
});

describe('what is wrong', () => {
  const nested = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  const polluted = JSON.parse('{"__proto__":{"event":"FLAGGED","display_phone_number":"1"}}');
  it.each<[string, string, unknown]>([
    ['no event', 'phone_number_quality_update', { display_phone_number: '1' }],
    ['no number', 'phone_number_quality_update', { event: 'FLAGGED' }],
    ['a number that is none', 'security', { event: 'PIN_CHANGED', display_phone_number: 'home' }],
    ['no template', 'message_template_status_update', { event: 'PAUSED' }],
    ['a template of half', 'message_template_components_update', { message_template_id: 1.5 }],
    ['a rating that is none', 'message_template_quality_update', { new_quality_score: {} }],
    ['an event as long as a novel', 'account_update', { event: 'X'.repeat(65) }],
    ['an event with markup', 'account_update', { event: '<b>' }],
    ['polluted members', 'phone_number_quality_update', polluted],
    ['no person', 'user_preferences', { metadata: { phone_number_id: '5' } }],
    ['a value nested too deeply', 'account_update', { event: 'ACCOUNT_DELETED', nested }],
    ['no value', 'account_update', null],
  ])('with %s says nothing', (_, field, value) => {
    expect(read(field, value)).toEqual({
      facts: [],
      events: [],
      preferences: [],
      fingerprint: '',
      result: 'invalid',
    });
  });

  it('with no account cannot be about an account', () => {
    const change: FieldChange = {
      kind: 'change',
      field: 'account_update',
      value: { event: 'ACCOUNT_DELETED' },
    };

    expect(readChange(change, NOW).result).toBe('invalid');
  });

  it.each([
    ['a time far ahead', NOW + 25 * 3600 * 1000],
    ['no time', undefined],
  ])('with %s counts when it came', (_, timestamp) => {
    const change = { kind: 'change', field: 'account_update', accountId: '9' } as const;
    const value = { event: 'ACCOUNT_DELETED' };

    const { facts } = readChange(
      { ...change, value, ...(timestamp === undefined ? {} : { timestamp }) },
      NOW,
    );

    expect(facts[0]?.at).toBe(NOW);
  });

  it('has the same fingerprint in another order', () => {
    const one = read('security', { event: 'PIN_CHANGED', display_phone_number: '1' });
    const other = read('security', { display_phone_number: '1', event: 'PIN_CHANGED' });

    expect(one.fingerprint).toBe(other.fingerprint);
    expect(parseUpdates({ entry: [] })).toEqual([]);
  });
});
