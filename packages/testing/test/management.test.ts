import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphApi, type GraphApiOptions, startGraphApi, VirtualClock } from '../src';

const TOKEN = 'test-access-token';
const ACCOUNT = '102290129340398';
const PHONE = '106540352242922';
const NOW = Date.UTC(2026, 2, 14);

/** An answer of Meta's, as documented. */
function fixture(name: string) {
  return JSON.parse(readFileSync(join(__dirname, 'fixtures', `${name}.json`), 'utf8'));
}

const running: GraphApi[] = [];

afterEach(async () => {
  for (const graph of running.splice(0)) await graph.close();
});

async function start(options: Partial<GraphApiOptions> = {}): Promise<GraphApi> {
  const clock = new VirtualClock(NOW);
  const graph = await startGraphApi({
    appSecret: 'secret',
    phoneNumberIds: [PHONE],
    clock,
    ...options,
  });
  running.push(graph);
  return graph;
}

async function ask(graph: GraphApi, path: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const response = await fetch(`${graph.url}/v26.0/${path}`, { headers, ...init });
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(await response.text()),
  };
}

const templates = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: String(2001 + index) }));

describe('a node', () => {
  it('gives the fields that are asked for, and the id', async () => {
    const graph = await start();

    const { body } = await ask(graph, `${PHONE}?fields=whatsapp_business_manager_messaging_limit`);

    expect(body).toEqual({ id: PHONE, whatsapp_business_manager_messaging_limit: 'TIER_2K' });
  });

  it.each([
    [PHONE, { quality_rating: 'GREEN', throughput: { level: 'STANDARD' } }],
    [ACCOUNT, { name: 'Lucky Shrub', currency: 'USD' }],
    ['2001', { name: 'template_2001', status: 'APPROVED', language: 'en_US' }],
  ])('gives the usual fields unasked: %s', async (id, fields) => {
    const graph = await start();
    graph.business.addTemplate(ACCOUNT, { id: '2001' });

    expect((await ask(graph, id)).body).toMatchObject({ id, ...fields });
  });

  it('tells its health with all it depends on', async () => {
    const graph = await start();
    const errors = [{ code: 141006, description: 'Payment.', solution: 'Pay.' }];
    graph.business.setHealth(ACCOUNT, { canSend: 'BLOCKED', errors });
    graph.business.setHealth(graph.business.portfolioId, { canSend: 'LIMITED' });

    const { body } = await ask(graph, `${PHONE}?fields=health_status`);

    expect(body.health_status).toEqual({
      can_send_message: 'BLOCKED',
      entities: [
        { entity_type: 'PHONE_NUMBER', id: PHONE, can_send_message: 'AVAILABLE' },
        {
          entity_type: 'WABA',
          id: ACCOUNT,
          can_send_message: 'BLOCKED',
          errors: [
            { error_code: 141006, error_description: 'Payment.', possible_solution: 'Pay.' },
          ],
        },
        { entity_type: 'BUSINESS', id: '506914307656634', can_send_message: 'LIMITED' },
        { entity_type: 'APP', id: '670843887433847', can_send_message: 'AVAILABLE' },
      ],
    });
  });

  it.each(['999', '999/phone_numbers', '999/message_templates', '999/subscribed_apps'])(
    'that does not exist is refused: %s',
    async (path) => {
      const { status, body } = await ask(await start(), path);

      expect([status, body.error.code, body.error.error_subcode]).toEqual([400, 100, 33]);
    },
  );
});

describe('the business', () => {
  it('changes when it is told to, and dates its ratings', async () => {
    const graph = await start();
    const { business } = graph;
    business.addTemplate(ACCOUNT, { id: '2001' });
    business.setPhone(PHONE, { rating: 'YELLOW', status: 'FLAGGED' });
    business.setTemplate('2001', { rating: 'RED', ratedAt: NOW - 5000, status: 'PAUSED' });
    business.setAccount(ACCOUNT, { status: 'DISABLED', reviewStatus: 'REJECTED' });
    business.setLimit('TIER_UNLIMITED');

    const fields = 'quality_score,status';
    const limit = 'whatsapp_business_manager_messaging_limit';
    const [phone, template, account] = await Promise.all([
      ask(graph, `${PHONE}?fields=${fields}`),
      ask(graph, `2001?fields=${fields}`),
      ask(graph, `${ACCOUNT}?fields=status,account_review_status,${limit}`),
    ]);

    const seconds = NOW / 1000;
    expect(phone.body).toEqual({
      id: PHONE,
      quality_score: { score: 'YELLOW', date: seconds },
      status: 'FLAGGED',
    });
    expect(template.body).toEqual({
      id: '2001',
      quality_score: { score: 'RED', date: seconds - 5 },
      status: 'PAUSED',
    });
    expect(account.body).toEqual({
      id: ACCOUNT,
      status: 'DISABLED',
      account_review_status: 'REJECTED',
      [limit]: 'TIER_UNLIMITED',
    });
  });

  it('changes when the time has come', async () => {
    const clock = new VirtualClock(NOW);
    const graph = await start({ clock });
    graph.business.at(NOW + 90_000, (business) => business.setPhone(PHONE, { rating: 'NA' }));
    graph.business.at(NOW + 5000, (business) => business.setPhone(PHONE, { rating: 'RED' }));
    const rate = async () => (await ask(graph, `${PHONE}?fields=quality_score`)).body.quality_score;

    const before = await rate();
    clock.advance(60_000);

    expect([before, await rate()]).toEqual([
      { score: 'GREEN' },
      { score: 'RED', date: NOW / 1000 + 5 },
    ]);
  });

  it('can lose what it had, and ignores changes of what it has not', async () => {
    const graph = await start();
    graph.business.remove(PHONE);
    graph.business.setPhone(PHONE, { rating: 'RED' });
    graph.business.setAccount('999', { status: 'DISABLED' });

    expect((await ask(graph, PHONE)).status).toBe(400);
    expect((await ask(graph, `${ACCOUNT}/phone_numbers`)).body).toEqual({ data: [] });
  });
});

describe('a list', () => {
  it('has the documented shape', async () => {
    const graph = await start({
      business: {
        accounts: [
          { id: ACCOUNT, phones: [{ id: PHONE, rating: 'YELLOW', ratedAt: 1_773_446_400_000 }] },
        ],
      },
    });
    const documented = fixture('api.phone_numbers.list_fields');

    const fields = Object.keys(documented.data[0]).join();
    const { body } = await ask(graph, `${ACCOUNT}/phone_numbers?fields=${fields}`);

    expect(body.data).toEqual(documented.data);
    expect(Object.keys(body.paging)).toEqual(Object.keys(documented.paging));
  });

  it('comes in pages, the address of the next one with the token in it', async () => {
    const graph = await start();
    for (const template of templates(5)) graph.business.addTemplate(ACCOUNT, template);
    const path = `${ACCOUNT}/message_templates?fields=id&limit=2`;

    const first = (await ask(graph, path)).body;
    const second = (await ask(graph, `${path}&after=${first.paging.cursors.after}`)).body;
    const third = JSON.parse(await (await fetch(second.paging.next)).text());

    const ids = [first, second, third].map(({ data }) => data.map(({ id }: { id: string }) => id));
    expect(ids).toEqual([['2001', '2002'], ['2003', '2004'], ['2005']]);
    expect(first.paging.next).toContain(`access_token=${TOKEN}`);
    expect(third.paging.next).toBeUndefined();
    expect(graph.management.calls.map(({ tokenInUrl }) => tokenInUrl)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('has 25 rows unless asked, and refuses cursors of others', async () => {
    const graph = await start();
    for (const template of templates(30)) graph.business.addTemplate(ACCOUNT, template);

    const { body } = await ask(graph, `${ACCOUNT}/message_templates`);
    const wrong = await ask(graph, `${ACCOUNT}/message_templates?after=nonsense`);

    expect(body.data).toHaveLength(25);
    expect(wrong.body.error.code).toBe(100);
  });
});

describe('a field that is not known', () => {
  it.each([
    ['nobody knows', [], 'messaging_limit_tier'],
    ['is unknown to this version', ['quality_score'], 'quality_score'],
    ['is unknown of numbers', ['phone.quality_score'], 'quality_score'],
  ])('leaves nothing of the whole call: it %s', async (_, unknown, field) => {
    const graph = await start();
    graph.management.setUnknownFields(unknown);

    const node = await ask(graph, `${PHONE}?fields=id,${field}`);
    const list = await ask(graph, `${ACCOUNT}/phone_numbers?fields=id,${field}`);

    const documented = fixture('api.error.100_unknown_field').error;
    const message = documented.message.replace('messaging_limit_tier', field);
    for (const { status, body } of [node, list]) {
      expect(status).toBe(400);
      expect(body.error).toEqual({ ...documented, message, fbtrace_id: expect.any(String) });
    }
  });

  it('may be known of other things', async () => {
    const graph = await start();
    graph.management.setUnknownFields(['phone.status']);

    expect((await ask(graph, `${ACCOUNT}?fields=status`)).status).toBe(200);
  });
});

describe('the token', () => {
  it.each([
    ['a wrong one', { token: 'other', expiresAt: undefined, subcode: undefined }],
    ['one whose time is over', { token: TOKEN, expiresAt: NOW, subcode: 463 }],
  ])('is refused: %s', async (_, { token, expiresAt, subcode }) => {
    const graph = await start();
    graph.management.setToken({ expiresAt });

    const headers = { authorization: `Bearer ${token}` };
    const { status, body } = await ask(graph, PHONE, { headers });

    expect([status, body.error.code, body.error.error_subcode]).toEqual([401, 190, subcode]);
  });

  it('can be looked at', async () => {
    const graph = await start();
    const scopes = ['whatsapp_business_messaging'];
    graph.management.setToken({ scopes, expiresAt: NOW + 60_000 });

    const right = await ask(graph, `debug_token?input_token=${TOKEN}`);
    const wrong = await ask(graph, 'debug_token?input_token=other');

    expect(right.body.data).toMatchObject({
      is_valid: true,
      scopes,
      expires_at: NOW / 1000 + 60,
    });
    expect(wrong.body.data).toMatchObject({ is_valid: false, error: { code: 190 } });
  });

  it('belongs to an app that is subscribed', async () => {
    const { body } = await ask(await start(), `${ACCOUNT}/subscribed_apps`);

    expect(body.data).toMatchObject([{ whatsapp_business_api_data: { id: '670843887433847' } }]);
  });
});

describe('writing', () => {
  it.each([
    ['POST', `${ACCOUNT}?is_enabled_for_insights=true`],
    ['POST', `${ACCOUNT}/message_templates`],
    ['DELETE', `${ACCOUNT}/message_templates?name=sale`],
    ['POST', '2001/unpause'],
    ['POST', `${ACCOUNT}/subscribed_apps`],
    ['POST', '999'],
  ])('is refused and recorded: %s %s', async (method, path) => {
    const graph = await start();

    const { status } = await ask(graph, path, { method });

    expect(status).toBeGreaterThanOrEqual(400);
    expect(graph.management.writes).toMatchObject([{ method, code: expect.any(Number) }]);
  });

  it('of messages is no matter of the management', async () => {
    const graph = await start();
    const body = JSON.stringify({
      messaging_product: 'whatsapp',
      to: '16505551234',
      type: 'text',
      text: { body: 'Hi' },
    });

    const { status } = await ask(graph, `${PHONE}/messages`, { method: 'POST', body });

    expect([status, graph.management.calls]).toEqual([200, []]);
  });
});

describe('the usage', () => {
  it('has the documented shape', async () => {
    const { headers } = await ask(await start(), PHONE);

    const documented = fixture('api.headers.business_use_case_usage');
    const name = 'x-business-use-case-usage';
    expect(JSON.parse(headers.get(name) ?? '')).toEqual(JSON.parse(documented[name]));
    expect(Object.keys(JSON.parse(headers.get('x-app-usage') ?? ''))).toEqual(
      Object.keys(JSON.parse(documented['x-app-usage'])),
    );
  });

  it('says what it is told to, also of messages', async () => {
    const graph = await start();
    graph.management.usage.setAccount(ACCOUNT, { callPercent: 85, regainMinutes: 3 });
    graph.management.usage.setApp({ cpuTimePercent: 70 });

    const answers = [await ask(graph, PHONE), await ask(graph, `${PHONE}/messages`)];

    for (const { headers } of answers) {
      const usages = JSON.parse(headers.get('x-business-use-case-usage') ?? '')[ACCOUNT];
      expect(usages[0]).toMatchObject({ call_count: 85, estimated_time_to_regain_access: 3 });
      expect(JSON.parse(headers.get('x-app-usage') ?? '')).toMatchObject({ total_cputime: 70 });
    }
  });
});

describe('failing on request', () => {
  it.each([
    ['api.error.80007', 80007, {}],
    ['api.error.4_transient', 4, { subcode: 2446079, isTransient: true }],
  ])('has the documented shape: %s', async (name, code, more) => {
    const graph = await start();
    graph.management.failNext({ kind: 'error', code, httpStatus: 400, ...more });

    const failed = await ask(graph, PHONE);
    const after = await ask(graph, PHONE);

    const { message: _, ...documented } = fixture(name).error;
    expect([failed.status, after.status]).toEqual([400, 200]);
    expect(failed.body.error).toMatchObject({ ...documented, fbtrace_id: expect.any(String) });
  });

  it('chooses which calls, how often, and can be ended', async () => {
    const graph = await start();
    const when = ({ endpoint }: { endpoint: string }) => endpoint === 'account';
    const end = graph.management.failNext({ kind: 'error', code: 500 }, { times: 9, when });

    const answers = [await ask(graph, PHONE), await ask(graph, ACCOUNT), await ask(graph, ACCOUNT)];
    end();
    answers.push(await ask(graph, ACCOUNT));

    expect(answers.map(({ status }) => status)).toEqual([200, 400, 400, 200]);
    expect(graph.management.calls.map(({ code }) => code)).toEqual([
      undefined,
      500,
      500,
      undefined,
    ]);
  });

  it('can break the connection, give a page, or no answer at all', async () => {
    const graph = await start();
    const headers = { authorization: `Bearer ${TOKEN}` };
    const url = `${graph.url}/v26.0/${PHONE}`;
    for (const kind of ['reset', 'silence'] as const) graph.management.failNext({ kind });
    graph.management.failNext({ kind: 'unavailable', httpStatus: 502 });

    await expect(fetch(url, { headers })).rejects.toThrow();
    await expect(fetch(url, { headers, signal: AbortSignal.timeout(50) })).rejects.toThrow();
    expect((await fetch(url, { headers })).status).toBe(502);
  });

  it('counts the calls of each kind', async () => {
    const graph = await start();
    for (const path of [PHONE, ACCOUNT, PHONE]) await ask(graph, path);

    const { management } = graph;
    expect([management.count(), management.count('phone'), management.count('template')]).toEqual([
      3, 2, 0,
    ]);
  });
});
