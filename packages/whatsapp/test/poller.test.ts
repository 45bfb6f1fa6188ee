import type { QualityFact } from '@turnspan/core';
import { createPoller, createQuality, PhoneDirectory, type PollerOptions } from '../src';
import {
  ACCOUNT,
  createWorld,
  HOUR,
  large,
  MINUTE,
  START,
  TOKEN,
  tearDown,
  toTable,
} from './poller-harness';

afterEach(tearDown);

describe('reading', () => {
  it('tells all there is to know at once', async () => {
    const { poll, time } = await createWorld();
    const { poller, facts, errors } = poll();

    poller.start();
    await time.settle();

    expect(errors).toEqual([]);
    expect(toTable(facts)).toEqual({
      'phone 1001 rating': 'GREEN',
      'phone 1001 status': 'CONNECTED',
      'phone 1001 throughput': 'STANDARD',
      'phone 1001 name_status': 'APPROVED',
      'phone 1001 health': 'AVAILABLE',
      'phone 1002 rating': 'YELLOW',
      'phone 1002 status': 'CONNECTED',
      'phone 1002 throughput': 'STANDARD',
      'phone 1002 name_status': 'APPROVED',
      'phone 1002 health': 'AVAILABLE',
      [`account ${ACCOUNT} status`]: 'ACTIVE',
      [`account ${ACCOUNT} review`]: 'APPROVED',
      [`account ${ACCOUNT} health`]: 'AVAILABLE',
      [`portfolio ${ACCOUNT} messaging_limit`]: '2000',
      'portfolio 506914307656634 health': 'AVAILABLE',
      'template 2001 rating': 'YELLOW',
      'template 2001 status': 'APPROVED',
      'template 2001 category': 'MARKETING',
      'template 2002 rating': 'GREEN',
      'template 2002 status': 'REJECTED',
      'template 2002 category': 'MARKETING',
    });
  });

  it('dates a rating by its score, and all else by the time it was seen', async () => {
    const { poll, time } = await createWorld();
    const { poller, facts } = poll();

    await poller.pollNow('phones');
    await time.pass(MINUTE);
    await poller.pollNow('templates');

    const find = (id: string, attribute: string) =>
      facts.find((fact) => fact.subject.id === id && fact.attribute === attribute);
    expect(find('1001', 'rating')).toEqual({
      subject: { kind: 'phone', id: '1001', name: 'Lucky Shrub', accountId: ACCOUNT },
      attribute: 'rating',
      value: 'GREEN',
      at: START - 5 * HOUR,
      observedAt: START,
      source: 'poll',
    });
    expect(find('1002', 'rating')).toMatchObject({ at: START, observedAt: START });
    expect(find('2001', 'rating')).toMatchObject({ at: START - 9 * HOUR });
    expect(find('2002', 'status')).toEqual({
      subject: {
        kind: 'template',
        id: '2002',
        name: 'cart',
        language: 'en_US',
        accountId: ACCOUNT,
      },
      attribute: 'status',
      value: 'REJECTED',
      reason: 'INVALID_FORMAT',
      at: START + MINUTE,
      observedAt: START + MINUTE,
      source: 'poll',
    });
  });

  it.each([
    ['TIER_50', '50'],
    ['TIER_2K', '2000'],
    ['TIER_100K', '100000'],
    ['TIER_UNLIMITED', 'Infinity'],
    ['TIER_NOT_SET', undefined],
  ])('reads the limit %s as %s', async (tier, value) => {
    const { poll, graph } = await createWorld();
    graph.business.setLimit(tier);
    const { poller, facts } = poll();

    await poller.pollNow('limit');

    expect(facts.map((fact) => fact.value)).toEqual(value === undefined ? [] : [value]);
  });

  it('tells of an account that blocks its numbers, and why', async () => {
    const { poll, graph } = await createWorld();
    const errors = [{ code: 141006, description: 'There is an error with the payment method.' }];
    graph.business.setHealth(ACCOUNT, { canSend: 'BLOCKED', errors });
    const { poller, facts } = poll();

    await poller.pollNow('health');

    const health = facts.filter(({ attribute }) => attribute === 'health');
    expect(toTable(health)).toEqual({
      'phone 1001 health': 'BLOCKED',
      'phone 1002 health': 'BLOCKED',
      [`account ${ACCOUNT} health`]: 'BLOCKED',
      'portfolio 506914307656634 health': 'AVAILABLE',
    });
    expect(health[0]?.reason).toBe('141006 There is an error with the payment method.');
  });

  it('teaches the ids of the numbers', async () => {
    const { poll } = await createWorld();
    const phones = new PhoneDirectory();

    await poll({ phones }).poller.pollNow('phones');

    expect(phones.idOf('15550783882')).toBe('1002');
  });

  it('sees a change at the next read, and when it happened', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller, facts } = poll();
    graph.business.at(START + 33 * MINUTE, (business) =>
      business.setPhone('1001', { rating: 'RED' }),
    );

    poller.start();
    await time.pass(HOUR);

    const red = facts.filter(({ value }) => value === 'RED');
    expect(red.map(({ at, observedAt }) => [at - START, observedAt - START])).toEqual([
      [33 * MINUTE, 40 * MINUTE],
      [33 * MINUTE, 50 * MINUTE],
      [33 * MINUTE, 60 * MINUTE],
    ]);
  });

  it('goes through all pages by their cursors', async () => {
    const { poll, graph } = await createWorld(large(1, 250));
    const { poller, facts } = poll();

    await poller.pollNow('templates');

    const { calls } = graph.management;
    expect(calls.map(({ after }) => after === undefined)).toEqual([true, false, false]);
    expect(calls.map(({ tokenInUrl }) => tokenInUrl)).toEqual([false, false, false]);
    expect(new Set(facts.map(({ subject }) => subject.id)).size).toBe(250);
  });

  it.each([
    ['the same cursor for ever', () => 'MjQZD', 2],
    ['a new cursor for ever', (page: number) => `c${page}`, 100],
  ])('gives up on %s', async (_, cursor, pages) => {
    const { poll } = await createWorld();
    let page = 0;
    const request = async () => {
      page += 1;
      return { data: [], paging: { next: 'https://x', cursors: { after: cursor(page) } } };
    };
    const { poller, errors } = poll({ graph: { request } });

    await poller.pollNow('templates');

    expect(page).toBe(pages);
    expect(errors).toMatchObject([{ message: expect.stringContaining('no end') }]);
  });

  it.each([
    ['nothing', {}],
    ['something else', { data: 'none', paging: 7 }],
    ['rows without ids', { data: [{ quality_rating: 'GREEN' }, null, 7] }],
    ['no text', 'page'],
  ])('tells nothing of %s', async (_, answer) => {
    const { poll } = await createWorld();
    const { poller, facts, errors } = poll({ graph: { request: async () => answer } });

    await poller.pollNow();

    expect([facts, errors]).toEqual([[], []]);
  });

  it('trusts the rating, and its date only if the score agrees', async () => {
    const { poll } = await createWorld();
    const data = [
      { id: 1, quality_rating: 'GREEN', quality_score: { score: 'RED', date: 1_758_754_645 } },
      { id: '2', quality_score: { score: 'RED', date: '1758754645', reasons: ['SPAM', 'OTHER'] } },
    ];
    const { poller, facts } = poll({ graph: { request: async () => ({ data }) } });

    await poller.pollNow('phones');

    expect(facts.map(({ value, at, reason }) => [value, at, reason])).toEqual([
      ['GREEN', START, undefined],
      ['RED', 1_758_754_645_000, 'SPAM, OTHER'],
    ]);
  });
});

describe('the pace', () => {
  it('is that of each subject', async () => {
    const { poll, graph, time } = await createWorld();

    poll().poller.start();
    await time.pass(HOUR - 1);

    const { management } = graph;
    expect(management.count('phone_numbers')).toBe(6);
    expect(management.count('message_templates')).toBe(2);
    expect(management.count('phone')).toBe(4 * 2);
    expect(management.count('account')).toBe(2);
  });

  it('can be set', async () => {
    const { poll, graph, time } = await createWorld();

    poll({ intervalsMs: { phones: 5 * MINUTE } }).poller.start();
    await time.pass(HOUR - 1);

    expect(graph.management.count('phone_numbers')).toBe(12);
  });

  it('asks one thing at a time, once for all who want it', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller } = poll();

    poller.start();
    const reads = [poller.pollNow('phones'), poller.pollNow('phones'), poller.pollNow()];
    await Promise.all(reads);
    await time.settle();

    expect(graph.management.calls.map(({ endpoint }) => endpoint)).toEqual([
      'phone_numbers',
      'account',
      'account',
      'phone',
      'phone',
      'message_templates',
    ]);
  });

  it('is not changed by reads on demand', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller } = poll();
    poller.start();
    await time.pass(4 * MINUTE);

    await poller.pollNow('phones');
    await time.pass(10 * MINUTE);

    const at = graph.management.calls
      .filter(({ endpoint }) => endpoint === 'phone_numbers')
      .map((call) => (call.at - START) / MINUTE);
    expect(at).toEqual([0, 4, 14]);
  });

  it('leaves no timer when stopped, and can be started again', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller } = poll();
    poller.start();
    poller.start();
    await time.pass(MINUTE);
    poller.noteWebhook('message_template_status_update');
    const [running, before] = [time.timers, graph.management.count()];

    poller.stop();
    await time.pass(24 * HOUR);
    const [stopped, after] = [time.timers, graph.management.count()];
    poller.start();
    await time.settle();

    expect([running, stopped, time.timers]).toEqual([6, 0, 5]);
    expect([before, after, graph.management.count()]).toEqual([6, 6, 12]);
  });

  it('is the same when it is stopped and started at once', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller } = poll();

    poller.start();
    poller.stop();
    poller.start();
    await time.pass(MINUTE);

    expect([graph.management.count(), time.timers]).toEqual([6, 5]);
  });

  it('throws away what comes after the stop, and asks no more', async () => {
    const { poll, graph, time } = await createWorld(large(2, 250));
    const { poller, facts, errors } = poll();

    const read = poller.pollNow('templates');
    await Promise.resolve();
    poller.stop();
    await read;
    await time.settle();

    expect(facts).toEqual([]);
    expect(errors).toEqual([]);
    expect(graph.management.count()).toBeLessThanOrEqual(1);
    expect(time.timers).toBe(0);
  });
});

describe('webhooks', () => {
  it('are followed by one read for a burst', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller } = poll();
    poller.start();
    await time.pass(3 * MINUTE);
    const before = graph.management.count();

    for (let webhook = 0; webhook < 100; webhook += 1) {
      poller.noteWebhook('message_template_quality_update');
      await time.pass(10);
    }
    await time.pass(2000);

    const calls = graph.management.calls.slice(before);
    expect(calls.map(({ endpoint, at }) => [endpoint, at - START - 3 * MINUTE])).toEqual([
      ['message_templates', 2000],
    ]);
  });

  it('cause no more than one read a minute, and none is forgotten', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller } = poll();
    poller.start();
    await time.pass(MINUTE);
    const before = graph.management.count('message_templates');

    for (let second = 0; second < 150; second += 1) {
      poller.noteWebhook('template_category_update');
      await time.pass(1000);
    }
    await time.pass(10 * MINUTE);

    const reads = graph.management.calls
      .filter(({ endpoint }) => endpoint === 'message_templates')
      .slice(before)
      .map(({ at }) => (at - START - MINUTE) / 1000);
    expect(reads).toEqual([2, 62, 122, 182]);
  });

  it.each([
    ['phone_number_quality_update', ['phone_numbers', 'account']],
    ['business_capability_update', ['account']],
    ['account_update', ['account', 'phone_numbers', 'phone', 'phone']],
    ['messages', []],
  ])('of %s lead to %j', async (field, endpoints) => {
    const { poll, graph, time } = await createWorld();
    const { poller } = poll();
    poller.start();
    await time.pass(MINUTE);
    const before = graph.management.count();

    poller.noteWebhook(field);
    await time.pass(MINUTE);

    expect(graph.management.calls.slice(before).map(({ endpoint }) => endpoint)).toEqual(endpoints);
  });

  it('of other accounts, or before the start, lead to nothing', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller } = poll();

    poller.noteWebhook('account_update');
    await time.pass(MINUTE);
    const before = graph.management.count();
    poller.start();
    await time.pass(MINUTE);
    poller.noteWebhook('account_update', '999');
    await time.pass(MINUTE);

    expect([before, graph.management.count()]).toEqual([0, 6]);
  });
});

it('feeds the memory of quality: each change is heard once, whoever tells it first', async () => {
  const { poll, graph, time } = await createWorld();
  const heard: string[] = [];
  const quality = createQuality({
    clock: time.clock,
    onSignal(signal) {
      if (signal.kind !== 'quality_changed') return;
      const { subject, attribute, from, value, source } = signal.change;
      heard.push(`${source}: ${subject.kind} ${subject.id} ${attribute} ${from} to ${value}`);
    },
  });
  poll({ onFacts: (facts) => quality.takeFacts(facts), phones: quality.phones }).poller.start();
  await time.pass(5 * MINUTE);
  const first = heard.splice(0);

  graph.business.setPhone('1001', { rating: 'RED' });
  graph.business.setLimit('TIER_10K');
  const value = { max_daily_conversations_per_business: 'TIER_10K' };
  const timestamp = time.clock.now();
  const field = 'business_capability_update';
  quality.takeChange({ kind: 'change', field, accountId: ACCOUNT, timestamp, value }, timestamp);
  await time.pass(3 * HOUR);

  expect(first).toHaveLength(21);
  expect(heard).toEqual([
    `webhook: portfolio ${ACCOUNT} messaging_limit 2000 to 10000`,
    'poll: phone 1001 rating GREEN to RED',
  ]);
});

describe('the options', () => {
  const graph = { request: async () => ({}) };
  const onFacts = (_: readonly QualityFact[]) => {};

  it.each<[string, Partial<PollerOptions>]>([
    ['businessAccountIds', { businessAccountIds: [] }],
    ['businessAccountIds', { businessAccountIds: ['1/2'] }],
    ['intervalsMs.health', { intervalsMs: { health: 0 } }],
    ['intervalsMs.phones', { intervalsMs: { phones: Number.NaN } }],
  ])('have a sensible %s', (name, wrong) => {
    const create = () =>
      createPoller({ graph, onFacts, businessAccountIds: [ACCOUNT], onError() {}, ...wrong });

    expect(create).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(create).toThrow(name);
  });

  it('have defaults', async () => {
    const poller = createPoller({ graph, onFacts, businessAccountIds: [ACCOUNT] });

    poller.start();
    await poller.pollNow();
    poller.stop();
  });

  it('contain what the callbacks throw', async () => {
    const { poll } = await createWorld();
    const boom = new Error('boom');
    const fail = () => {
      throw boom;
    };
    const { poller, errors } = poll({ onFacts: fail, onRequest: fail, phones: { learn: fail } });

    await poller.pollNow('phones');

    expect(errors).toEqual([boom, boom, boom, boom]);
  });
});

it('only reads, and never tells the token', async () => {
  const { poll, graph, time } = await createWorld(large(3, 250));
  const { poller, facts, errors, requests } = poll();
  graph.management.failNext({ kind: 'error', code: 100, details: `with ${TOKEN}` });
  graph.management.failNext({ kind: 'unavailable', httpStatus: 500 }, { times: 9 });
  poller.start();
  await time.pass(2 * HOUR);
  graph.management.failNext({ kind: 'error', code: 190, details: TOKEN });
  await time.pass(3 * HOUR);

  const seen = JSON.stringify([facts, requests, graph.management.calls]);
  const told = errors.map((error) => describeAll(error)).join('\n');
  expect(told).toContain('does not take the access token');
  expect(seen + told).not.toContain(TOKEN);
  expect(graph.management.writes).toEqual([]);
  expect(graph.management.calls.filter(({ tokenInUrl }) => tokenInUrl)).toEqual([]);
});

/** An error with all it carries, also what no printer shows. */
function describeAll(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const members = Object.getOwnPropertyNames(error).map((name) =>
    describeAll((error as Record<string, unknown>)[name]),
  );
  return [String(error), ...members].join(' ');
}
