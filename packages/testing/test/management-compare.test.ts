import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphApi, startGraphApi } from '../src';

const TOKEN = 'test-access-token';
const NOW = Date.UTC(2026, 2, 14);
const [ONE, OTHER, RARE, ELSEWHERE] = ['5289179717853347', '1533406637136032', '3001', '3002'];
const DOCUMENTED = JSON.parse(
  readFileSync(join(__dirname, 'fixtures', 'api.template.compare.json'), 'utf8'),
);

const running: GraphApi[] = [];

afterEach(async () => {
  for (const graph of running.splice(0)) await graph.close();
});

/** Asks for a comparison of two templates of which one is blocked more often. */
async function compare(path: string) {
  const templates = [
    { id: ONE, sends: 1273, blocks: 9 },
    { id: OTHER, sends: 1042, blocks: 3 },
    { id: RARE, sends: 999 },
  ];
  const elsewhere = { id: '77', templates: [{ id: ELSEWHERE, sends: 5000 }] };
  const graph = await startGraphApi({
    appSecret: 'secret',
    phoneNumberIds: ['106540352242922'],
    clock: { now: () => NOW },
    business: { accounts: [{ id: '102290129340398', templates }, elsewhere] },
  });
  running.push(graph);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const response = await fetch(`${graph.url}/v26.0/${path}`, { headers });
  return { status: response.status, body: JSON.parse(await response.text()), graph };
}

const period = (days: number, end = NOW / 1000) => `start=${end - days * 86_400}&end=${end}`;

describe('a comparison of templates', () => {
  it('looks as the documented one', async () => {
    const { body, graph } = await compare(`${ONE}/compare?template_ids=[${OTHER}]&${period(7)}`);

    expect(body).toEqual(DOCUMENTED);
    expect(graph.management.calls).toEqual([
      expect.objectContaining({ endpoint: 'compare', method: 'GET', id: ONE }),
    ]);
  });

  it('tells nothing of a template that was sent less than 1,000 times', async () => {
    const { body } = await compare(`${ONE}/compare?template_ids=[${RARE}]&${period(30)}`);

    expect(body).toEqual({ data: [] });
  });

  it.each([
    ['another period', `${ONE}/compare?template_ids=[${OTHER}]&${period(8)}`],
    ['a period of the past', `${ONE}/compare?template_ids=[${OTHER}]&${period(7, 1_700_000_000)}`],
    ['a template of another account', `${ONE}/compare?template_ids=[${ELSEWHERE}]&${period(7)}`],
    ['three templates', `${ONE}/compare?template_ids=[${OTHER},${RARE}]&${period(7)}`],
    ['no template', `9999/compare?template_ids=[${OTHER}]&${period(7)}`],
  ])('of %s is refused', async (_, path) => {
    const { status, body } = await compare(path);

    expect([status, body.error.code]).toEqual([400, 100]);
  });
});
