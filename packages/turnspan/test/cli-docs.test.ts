import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TurnspanPlugin, turnspan } from '../src';
import { spellOption } from '../src/cli/command';
import { COMMANDS } from '../src/cli/main';
import { parseArguments } from '../src/cli/parse-arguments';
import { foldersForTests } from './cli/journal';
import { endAfterEach } from './support/bot';

const ROOT = join(__dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const README = read('packages/turnspan/README.md');
const GUIDE = read('docs/guides/quality-in-10-minutes.md');
const newFolder = foldersForTests();
const endAfterTest = endAfterEach();

const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]+?)\`\`\``, 'g'))].map(
    ([, code = '']) => code,
  );

it('the README lists every option of every command, and no other', () => {
  const [, section = ''] = README.split('\n## Command line\n');
  const rows = (section.split('\n## ')[0] ?? '').match(/^\| `.+$/gm) ?? [];
  const listed = rows.map((row) => row.replaceAll('`', '').split('|').slice(1, 4));

  const taken = COMMANDS.flatMap(({ name, options }) =>
    options.map((option) => [name, spellOption(option), option.env ?? '–']),
  );
  expect(listed.map((cells) => cells.map((cell) => cell.trim()))).toEqual(taken);
});

it.each(
  [README, GUIDE].flatMap((text) =>
    blocks(text, 'sh').flatMap((block) =>
      [...block.matchAll(/^npx turnspan (.+)$/gm)].map(([, words = '']) => words),
    ),
  ),
)('the commands take: %s', (text) => {
  const command = COMMANDS.find(({ name }) => text.startsWith(name));
  if (!command) throw new Error(`There is no command for ${text}.`);
  const words = text.slice(command.name.length).split(' ').filter(Boolean);

  expect(parseArguments(command, words, {})).toMatchObject({ kind: 'run' });
});

it('the code of the guide runs', async () => {
  const [three = '', mount = ''] = blocks(GUIDE, 'js');
  const names = ['APP_SECRET', 'VERIFY_TOKEN', 'ACCESS_TOKEN', 'BUSINESS_ACCOUNT_ID'];
  for (const name of names) process.env[`WHATSAPP_${name}`] = '1029';
  const used: TurnspanPlugin[] = [];
  const mounted: unknown[][] = [];
  const modules: Readonly<Record<string, unknown>> = {
    turnspan: { turnspan },
    '@turnspan/whatsapp': { mountFront: (...args: unknown[]) => mounted.push(args) },
  };
  const file = JSON.stringify(join(newFolder(), 'data', 'journal.db'));
  const code = `${three.replace("'data/journal.db'", file)}\n${mount}`;

  const controller = { webserver: {}, usePlugin: (plugin: TurnspanPlugin) => used.push(plugin) };
  new Function('require', 'controller', code)((name: string) => modules[name], controller);
  endAfterTest(() => used[0]?.shutdown());

  expect(used).toHaveLength(1);
  expect(mounted).toEqual([[controller.webserver, '/api/messages', used[0]?.webhook]]);
});

it('the metrics of the guide exist', () => {
  const metrics = read('packages/prometheus/README.md');

  for (const [name] of GUIDE.matchAll(/\bwhatsapp_(?:phone|template|account|state)_\w+/g)) {
    expect(metrics).toContain(`| \`${name}\` |`);
  }
});
