import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BusinessTemplate, type GraphApi, startGraphApi } from '@turnspan/testing';
import { expectGolden, widthOfLines } from './cli/golden';
import { foldersForTests, writeJournal } from './cli/journal';
import { NOW, run } from './cli/run';
import { writeTemplates } from './cli/templates';
import { endAfterEach } from './support/bot';

const ACCOUNT = '102290129340398';
const TOKEN = 'EAAtokenOfTheSystemUser';
const newFolder = foldersForTests();
const endAfterTest = endAfterEach();
const folder = mkdtempSync(join(tmpdir(), 'turnspan-templates-'));
let journal = '';

beforeAll(async () => {
  journal = await writeTemplates(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Seed = Pick<BusinessTemplate, 'id'> & Partial<BusinessTemplate>;

const PLAIN: Seed = { id: '2001', name: 'offer_plain', sends: 1042, blocks: 2 };
const LOUD: Seed = {
  ...{ id: '2002', name: 'offer_loud', sends: 1273, blocks: 14, rating: 'YELLOW' },
  topBlockReason: 'SPAM',
};

async function startGraph(templates: readonly Seed[]): Promise<GraphApi> {
  const graph = await startGraphApi({
    appSecret: 'secret',
    accessToken: TOKEN,
    phoneNumberIds: ['106540352242922'],
    clock: { now: () => NOW },
    business: { accounts: [{ id: ACCOUNT, templates }] },
  });
  endAfterTest(() => graph.close());
  return graph;
}

/** Compares the two templates with a Graph API that has these. */
async function compare(templates: readonly Seed[], words: readonly string[] = []) {
  const graph = await startGraph(templates);
  const env = { WHATSAPP_ACCESS_TOKEN: TOKEN, WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT };
  const command = ['experiment', 'templates', 'offer_plain', 'offer_loud'];
  const options = ['--journal', journal, '--base-url', graph.url, ...words];
  return { graph, ...(await run([...command, ...options], { env, fetch })) };
}

describe('two templates', () => {
  it('are compared by our numbers and by what Meta says, which is only read', async () => {
    const { code, stdout, stderr, graph } = await compare([PLAIN, LOUD]);

    expect([code, stderr]).toEqual([0, '']);
    expectGolden('experiment-templates', stdout);
    expect(widthOfLines(stdout)).toBeLessThanOrEqual(80);
    expect(graph.management.calls.map(({ method, endpoint }) => `${method} ${endpoint}`)).toEqual([
      'GET message_templates',
      'GET compare',
    ]);
  });

  it('of which one was sent too seldom are not compared by Meta, and it says so', async () => {
    const { code, stdout } = await compare([PLAIN, { ...LOUD, sends: 999 }], ['--days', '7']);

    expect(code).toBe(0);
    expect(stdout).toContain('Meta does not compare them: each has to be sent 1,000 times or more');
    expect(stdout).toContain('Our numbers');
  });

  it('are found in all pages of the templates of an account', async () => {
    const others = Array.from({ length: 130 }, (_, index) => ({ id: `${3000 + index}` }));

    const { stdout } = await compare([PLAIN, ...others, LOUD], ['--json']);

    expect(JSON.parse(stdout).meta).toMatchObject({ kind: 'compared', fewerBlocks: '2001' });
  });

  it('have our numbers without Meta, and Meta without our numbers', async () => {
    const words = ['experiment', 'templates', 'offer_plain', 'offer_loud', '--journal'];

    const alone = await run([...words, journal]);
    const { stdout } = await run([...words, await writeJournal(newFolder())]);

    expect(alone.code).toBe(0);
    expect(alone.stdout).toContain('Meta was not asked: set WHATSAPP_ACCESS_TOKEN');
    expect(alone.stdout).toContain('drawn by lot, by the experiment offer.');
    expect(stdout).toContain('knows no node named offer_plain');
    expect(stdout).toContain('Observational:');
  });

  it('may be sent by nodes of other names', async () => {
    const words = ['experiment', 'templates', '2001@promo/offer_plain', '2002@promo/offer_loud'];

    const { stdout } = await run([...words, '--json', '--journal', journal]);

    const { ours } = JSON.parse(stdout);
    expect(ours.templates[0]).toMatchObject({
      nodes: ['promo/offer_plain'],
      metrics: { 'read of delivered': { users: 485, reached: 350 } },
    });
    expect(ours.comparisons.map(({ metric }: { metric: string }) => metric)).toHaveLength(5);
  });

  it('that Meta refuses have our numbers, and the exit code 1', async () => {
    const graph = await startGraph([PLAIN, LOUD]);
    const env = { WHATSAPP_ACCESS_TOKEN: 'another', WHATSAPP_BUSINESS_ACCOUNT_ID: ACCOUNT };
    const words = ['experiment', 'templates', 'offer_plain', 'offer_loud', '--journal', journal];

    const ran = await run([...words, '--base-url', graph.url], { env, fetch });

    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('Our numbers');
    expect(ran.stdout).toContain('answered 401');
    expect(ran.stdout).not.toContain('another');
  });
});

describe('templates that cannot be compared', () => {
  it.each<readonly [string, readonly Seed[], readonly string[], string]>([
    ['a name that is not there', [PLAIN], [], 'The account has no template offer_loud.'],
    [
      'a name in two languages',
      [PLAIN, LOUD, { ...LOUD, id: '2003', language: 'de' }],
      [],
      'say which by its id: 2002 (en_US), 2003 (de).',
    ],
    ['a period that Meta does not have', [PLAIN, LOUD], ['--days', '14'], '--days takes 7, 30,'],
    ['no address', [PLAIN, LOUD], ['--base-url', 'ftp://x'], '--base-url takes an address'],
  ])('%s', async (...[, templates, words, sentence]) => {
    const { code, stdout, stderr } = await compare(templates, words);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });
});
