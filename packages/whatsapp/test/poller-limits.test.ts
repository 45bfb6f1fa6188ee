import {
  ACCOUNT,
  createWorld,
  HOUR,
  large,
  MINUTE,
  SMALL,
  START,
  tearDown,
  toTable,
} from './poller-harness';

afterEach(tearDown);

describe('the limits', () => {
  it.each(['callPercent', 'cpuTimePercent', 'totalTimePercent'])(
    'halve the pace above 80 %% of %s, until it is below again',
    async (name) => {
      const { poll, graph, time } = await createWorld();
      const { management } = graph;
      management.usage.setAccount(ACCOUNT, { [name]: 81 });

      poll().poller.start();
      await time.pass(2 * HOUR - 1);
      const slow = management.count('phone_numbers');
      management.usage.setAccount(ACCOUNT, { [name]: 80 });
      await time.pass(2 * HOUR);

      expect([slow, management.count('phone_numbers') - slow]).toEqual([6, 12]);
    },
  );

  it('of the app count too', async () => {
    const { poll, graph, time } = await createWorld();
    graph.management.usage.setApp({ callPercent: 95 });

    poll().poller.start();
    await time.pass(2 * HOUR - 1);

    expect(graph.management.count('phone_numbers')).toBe(6);
  });

  it('are forgotten an hour after they were told', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller } = poll({}, { onUsage: () => {} });
    poller.noteUsage([
      {
        accountId: '77',
        type: 'whatsapp',
        callPercent: 99,
        cpuTimePercent: 0,
        totalTimePercent: 0,
        regainMinutes: 0,
      },
    ]);

    poller.start();
    await time.pass(2 * HOUR - 1);

    const at = graph.management.calls
      .filter(({ endpoint }) => endpoint === 'phone_numbers')
      .map((call) => (call.at - START) / MINUTE);
    expect(at).toEqual([0, 20, 40, 60, 70, 80, 90, 100, 110]);
  });

  it('stop all calls for as long as Meta says', async () => {
    const { poll, graph, time } = await createWorld();
    const { management } = graph;
    const { poller, errors } = poll();
    management.usage.setAccount(ACCOUNT, { callPercent: 100, regainMinutes: 19 });

    poller.start();
    await time.settle();
    management.usage.setAccount(ACCOUNT, {});
    await time.pass(19 * MINUTE - 1);
    await poller.pollNow();
    const before = management.count();
    await time.pass(1);

    expect([before, management.count()]).toEqual([1, 7]);
    expect(errors).toEqual([]);
  });

  it('stop a list in its middle', async () => {
    const { poll, graph, time } = await createWorld(large(1, 250));
    const { management } = graph;
    management.usage.setAccount(ACCOUNT, { regainMinutes: 5 });
    const { poller, facts } = poll();

    await poller.pollNow('templates');
    await time.pass(4 * MINUTE);
    await poller.pollNow('templates');

    expect(management.count()).toBe(1);
    expect(new Set(facts.map(({ subject }) => subject.id)).size).toBe(100);
  });

  it('are kept with 10 numbers and 250 templates: under 5 % in a day', async () => {
    const { poll, graph, time } = await createWorld(large(10, 250));
    const { poller, errors } = poll();

    poller.start();
    await time.pass(24 * HOUR - 1);

    const { calls } = graph.management;
    const busiest = busiestHour(calls.map(({ at }) => at));
    const share = { active: busiest / 5000, baseline: busiest / 200 };
    process.stdout.write(
      `polling 10 numbers, 250 templates: ${calls.length} calls a day, at most ${busiest} in an hour: ` +
        `${percent(share.active)} of 5,000 (active account), ${percent(share.baseline)} of 200\n`,
    );
    expect(errors).toEqual([]);
    expect(share.active).toBeLessThan(0.05);
    expect(share.baseline).toBeLessThan(0.5);
  }, 60_000);

  it('are kept by an account without a number, which has only 200 calls an hour', async () => {
    const { poll, graph, time } = await createWorld(large(0, 20));

    poll().poller.start();
    await time.pass(24 * HOUR - 1);

    const busiest = busiestHour(graph.management.calls.map(({ at }) => at));
    process.stdout.write(
      `polling no number, 20 templates: at most ${busiest} calls in an hour: ${percent(busiest / 200)} of 200\n`,
    );
    expect(busiest / 200).toBeLessThanOrEqual(0.05);
  });
});

describe('a failing call', () => {
  it.each([
    ['too many calls, as HTTP 400', { kind: 'error', code: 80007, httpStatus: 400 }, 'throttled'],
    ['too many calls of the app', { kind: 'error', code: 4, isTransient: true }, 'throttled'],
    ['a server error', { kind: 'error', code: 2, httpStatus: 500 }, 'transient'],
    ['a transient error of a new code', { kind: 'error', code: 987, isTransient: true }, 'other'],
    ['a page for people', { kind: 'unavailable', httpStatus: 502 }, 'other'],
    ['a broken connection', { kind: 'reset' }, 'unreachable'],
  ] as const)('is tried again soon: %s', async (_, failure, result) => {
    const { poll, graph, time } = await createWorld();
    const { poller, errors, requests, facts } = poll({ intervalsMs: { phones: HOUR } });
    graph.management.failNext(failure, { times: 2, when: isPhones });

    poller.start();
    await time.pass(10 * MINUTE);

    expect(requests.filter((request) => request.startsWith('phone_numbers'))).toEqual([
      `phone_numbers ${result}`,
      `phone_numbers ${result}`,
      'phone_numbers ok',
    ]);
    expect(errors).toEqual([]);
    expect(toTable(facts)).toHaveProperty('phone 1001 rating');
  });

  it('is tried again when no answer comes', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller, requests } = poll({}, { timeoutMs: 50 });
    graph.management.failNext({ kind: 'silence' }, { when: isTemplates });

    poller.start();
    await time.pass(MINUTE);

    expect(requests.filter((request) => request.startsWith('message_templates'))).toEqual([
      'message_templates unreachable',
      'message_templates ok',
    ]);
  });

  it('is tried again later each time, at most as often as usual, and reported once', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller, errors } = poll({ random: () => 1 });
    const outage = { kind: 'unavailable', httpStatus: 503 } as const;
    const end = graph.management.failNext(outage, { times: 1e6, when: isTemplates });

    poller.start();
    await time.pass(40 * MINUTE);
    end();
    await time.pass(90 * MINUTE);

    const at = graph.management.calls.filter(isTemplates).map((call) => (call.at - START) / 1000);
    const gaps = at.slice(1).map((second, index) => second - (at[index] ?? 0));
    expect(gaps.slice(0, 12)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]);
    expect(gaps.slice(-2)).toEqual([1800, 1800]);
    expect(errors).toMatchObject([{ status: 503 }]);
  });

  it('is tried again at a random time', async () => {
    const { poll, graph, time } = await createWorld();
    graph.management.failNext({ kind: 'error', code: 2 }, { times: 1, when: isTemplates });

    poll({ random: () => 0.25 }).poller.start();
    await time.pass(MINUTE);

    expect(graph.management.calls.filter(isTemplates).map(({ at }) => at - START)).toEqual([
      0, 500,
    ]);
  });

  it('keeps everything else of the account waiting when there were too many', async () => {
    const { poll, graph, time } = await createWorld();
    graph.management.failNext({ kind: 'error', code: 80007 });
    const { poller } = poll({ random: () => 0.5 });

    poller.start();
    await time.pass(30_000 - 1);
    const before = graph.management.count();
    await time.pass(1);

    expect([before, graph.management.count()]).toEqual([1, 7]);
  });

  it('is not tried again when it would fail again, and is reported once', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller, errors } = poll();
    const refusal = { kind: 'error', code: 131031 } as const;
    graph.management.failNext(refusal, { times: 1e6, when: isTemplates });

    poller.start();
    await time.pass(3 * HOUR - 1);

    expect(graph.management.count('message_templates')).toBe(6);
    expect(errors).toMatchObject([{ graphCode: 131031 }]);
  });

  it('is reported at once when nothing is tried again', async () => {
    const { poll, graph } = await createWorld();
    const { poller, errors } = poll();
    graph.management.failNext({ kind: 'error', code: 2 });

    await poller.pollNow('phones');

    expect(errors).toMatchObject([{ graphCode: 2 }]);
  });

  it('is not repeated number by number', async () => {
    const { poll, graph } = await createWorld(large(10, 0));
    const { poller, errors } = poll();
    await poller.pollNow('phones');
    graph.management.failNext({ kind: 'error', code: 131016 }, { times: 1e6 });

    await poller.pollNow('health');

    expect(graph.management.count('phone')).toBe(1);
    expect(errors).toHaveLength(1);
  });

  it('of one number says nothing about the next', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller, facts, errors } = poll();
    await poller.pollNow('phones');
    graph.business.remove('1001');

    await poller.pollNow('health');
    await time.settle();

    expect(toTable(facts)).toHaveProperty('phone 1002 health');
    expect(toTable(facts)).not.toHaveProperty('phone 1001 health');
    expect(errors).toMatchObject([{ graphCode: 100, subcode: 33 }]);
  });
});

describe('a refused token', () => {
  it('stops all calls but one an hour, and is reported once in words', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller, errors, facts } = poll();
    graph.management.setToken({ expiresAt: START });

    poller.start();
    await time.pass(3 * HOUR - 1);
    const refused = graph.management.count();
    graph.management.setToken({ expiresAt: undefined });
    await time.pass(1);

    expect(refused).toBe(3);
    expect(errors).toMatchObject([{ code: 'GRAPH_REQUEST_FAILED', cause: { graphCode: 190 } }]);
    expect(String(errors[0])).toContain(
      'Meta does not take the access token (code 190), so nothing is polled',
    );
    expect(Object.keys(toTable(facts))).toHaveLength(21);
  });

  it('is reported again when it is refused again', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller, errors } = poll();
    graph.management.failNext({ kind: 'error', code: 190 });

    poller.start();
    await time.pass(2 * HOUR);
    graph.management.failNext({ kind: 'error', code: 190 });
    await time.pass(2 * HOUR);

    expect(errors).toHaveLength(2);
  });

  it.each([3, 10, 200])(
    'for one account (code %d) leaves the others alone, and is reported once',
    async (code) => {
      const other = { id: '555', phones: [{ id: '5551' }] };
      const accounts = [...(SMALL.accounts ?? []), other];
      const { poll, graph, time } = await createWorld({ accounts });
      const { poller, errors } = poll({ businessAccountIds: [ACCOUNT, '555'] });
      const when = ({ id }: { readonly id: string }) => id === '555';
      graph.management.failNext({ kind: 'error', code }, { times: 1e6, when });

      poller.start();
      await time.pass(3 * HOUR - 1);

      const calls = graph.management.calls.map(({ id }) => id);
      expect(calls.filter((id) => id === '555')).toHaveLength(3 * 5);
      expect(calls.filter((id) => id === ACCOUNT)).toHaveLength(3 * 10);
      expect(errors).toMatchObject([{ message: expect.stringContaining('all of account 555') }]);
    },
  );

  it('for one call leaves the others alone', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller, errors } = poll();
    graph.management.failNext({ kind: 'error', code: 10 }, { times: 1e6, when: isTemplates });

    poller.start();
    await time.pass(3 * HOUR - 1);

    expect(graph.management.count('message_templates')).toBe(3);
    expect(graph.management.count('phone_numbers')).toBe(3 * 6);
    expect(errors).toHaveLength(1);
  });
});

describe('a field that is not known', () => {
  it('costs only itself, and is not asked for again for a day', async () => {
    const { poll, graph, time } = await createWorld();
    const { management } = graph;
    management.setUnknownFields(['phone.quality_score', 'name_status']);
    const { poller, facts, errors } = poll();

    poller.start();
    await time.pass(24 * HOUR - 1);
    const day = management.calls.filter(isPhones);
    const atFirst = day.filter(({ at }) => at === START);
    management.setUnknownFields([]);
    await time.pass(10 * MINUTE + 1);

    const asked = atFirst.map(({ fields }) => fields.slice(fields[0] === 'id' ? 1 : 0).join());
    expect(asked).toEqual([
      'display_phone_number,verified_name,quality_rating,quality_score,status,throughput,name_status',
      'quality_score',
      'status',
      'throughput',
      'name_status',
      'display_phone_number,verified_name,quality_rating,status,throughput',
    ]);
    expect(day).toHaveLength(24 * 6 + 5);
    expect(management.calls.filter(isPhones).at(-1)?.fields).toContain('quality_score');
    expect(facts.filter(({ at }) => at === START).length).toBeGreaterThan(0);
    expect(toTable(facts)).toMatchObject({
      'phone 1001 rating': 'GREEN',
      'phone 1001 status': 'CONNECTED',
      'phone 1001 throughput': 'STANDARD',
    });
    expect(errors).toEqual([]);
  });

  it('on the account is asked of the numbers', async () => {
    const { poll, graph } = await createWorld();
    graph.management.setUnknownFields(['account.whatsapp_business_manager_messaging_limit']);
    const { poller, facts } = poll();

    await poller.pollNow('limit');
    const first = graph.management.count();
    await poller.pollNow('limit');

    const limits = facts.filter(({ attribute }) => attribute === 'messaging_limit');
    expect(toTable(limits)).toEqual({
      'phone 1001 messaging_limit': '2000',
      'phone 1002 messaging_limit': '2000',
    });
    expect(graph.management.count() - first).toBe(2);
  });

  it('is absent when nothing knows it, and costs nothing', async () => {
    const { poll, graph, time } = await createWorld();
    const { management } = graph;
    management.setUnknownFields(['whatsapp_business_manager_messaging_limit', 'health_status']);
    const { poller, facts, errors } = poll();

    poller.start();
    await time.pass(MINUTE);
    const before = management.count();
    await poller.pollNow('health');
    await poller.pollNow('limit');

    expect(management.count()).toBe(before);
    const known = Object.keys(toTable(facts)).join();
    expect(known).not.toMatch(/health|limit/);
    expect(errors).toEqual([]);
  });

  it('is not blamed for an account that does not exist', async () => {
    const { poll, graph, time } = await createWorld();
    const { poller, errors } = poll({ businessAccountIds: ['404'] });
    poller.start();
    await time.settle();
    const calls = graph.management.calls.filter(({ fields }) => fields.includes('quality_score'));

    graph.business.addAccount({ id: '404' });
    await time.pass(30 * MINUTE);

    // One of the numbers, one for their health, one of the templates.
    expect(calls).toHaveLength(3);
    expect(errors).toMatchObject(
      Array.from({ length: 5 }, () => ({ graphCode: 100, subcode: 33 })),
    );
    expect(graph.management.calls.at(-1)?.fields).toContain('quality_score');
  });

  it('is not blamed for any other mistake either', async () => {
    const { poll, graph } = await createWorld();
    graph.management.failNext({ kind: 'error', code: 100 }, { times: 6 });
    const { poller, errors } = poll();

    await poller.pollNow('phones');
    const before = graph.management.count();
    await poller.pollNow('phones');

    expect(errors).toMatchObject([{ graphCode: 100 }]);
    expect(before).toBe(6);
    expect(graph.management.calls.at(-1)?.fields).toContain('quality_score');
  });
});

const isTemplates = ({ endpoint }: { readonly endpoint: string }) =>
  endpoint === 'message_templates';
const isPhones = ({ endpoint }: { readonly endpoint: string }) => endpoint === 'phone_numbers';

/** The most calls in any hour that begins with a call: the limits count a rolling hour. */
function busiestHour(times: readonly number[]): number {
  return Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + HOUR).length),
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
