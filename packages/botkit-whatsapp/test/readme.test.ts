import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toInboxSettings } from '../src/inbox/inbox-options';
import { createWorld, KEY } from './support/world';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');

it('tells of every option of an inbox, with its default', () => {
  const { store } = createWorld().startProcess().options.inbox;
  const settings = toInboxSettings({ store, key: KEY });

  const [, section = ''] = /\n## Inbox\n([\s\S]*?)\n## /.exec(README) ?? [];
  const told = [...section.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(([, name, value]) => [
    name,
    value,
  ]);

  expect(told).toEqual(
    Object.entries(settings).map(([name, value]) => [
      name,
      typeof value === 'number' ? value.toLocaleString('en') : 'required',
    ]),
  );
});
