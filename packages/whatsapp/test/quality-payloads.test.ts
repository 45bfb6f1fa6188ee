import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from './harness';
import { startQuality, startWebhook } from './quality-harness';
import { PAYLOADS } from './quality-payloads';

const webhooks = readdirSync(join(__dirname, 'fixtures'))
  .map((file) => file.replace(/\.json$/, ''))
  .filter((name) => !name.startsWith('api.'));

it('every recorded webhook has a row', () => {
  expect(Object.keys(PAYLOADS).sort()).toEqual(webhooks.sort());
});

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

it.each(Object.entries(PAYLOADS))('%s through the signed webhook', async (name, expected) => {
  const { quality, lines, errors } = startQuality();
  const { post, close } = await startWebhook(quality, lines);
  closers.push(close);

  expect(await post(fixture(name))).toBe(200);
  expect([lines, errors]).toEqual([expected, []]);

  lines.length = 0;
  expect(await post(fixture(name))).toBe(200);
  const repeated = expected.filter((line) => line.startsWith('webhook') && !line.includes('__'));
  expect(lines.filter((line) => !line.includes('__'))).toEqual(
    repeated.map((line) => line.replace('applied', 'duplicate')),
  );
});

it('all of them one after the other, in two orders, end in the same', async () => {
  const reports = [webhooks, webhooks.toReversed()].map(async (names) => {
    const { quality } = startQuality();
    const { post, close } = await startWebhook(quality);
    closers.push(close);
    for (const name of names) await post(fixture(name));
    return quality.toJson();
  });

  const [one, other] = await Promise.all(reports);

  expect(one).toEqual(other);
  const rated = one?.templates.find(({ id }) => id === '806312974732579');
  expect(rated?.attributes.rating).toMatchObject({ value: 'RED', since: 1773446400000 });
});
