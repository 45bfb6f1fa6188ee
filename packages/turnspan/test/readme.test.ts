import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Botkit } from 'botkit';
import * as front from '../src';
import { ENVIRONMENT, turnspan } from '../src';
import { endAfterEach, startBot } from './support/bot';

const read = (path: string) => readFileSync(join(__dirname, '..', path), 'utf8');
const README = read('README.md');
const endAfterTest = endAfterEach();

/** The rows of the table under a heading, as cells. */
function readTable(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = README.split(`\n## ${heading}\n`);
  const [, , ...rows] = (section.split('\n## ')[0] ?? '').match(/^\|.+$/gm) ?? [];
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const plain = (cell = '') => cell.replaceAll('`', '');

/** The options that an interface declares, as pairs of name and default. */
function optionsOf(
  source: string,
  name: string,
  prefix = '',
): readonly (readonly [string, string])[] {
  const [, body = ''] = read(source).split(new RegExp(`interface ${name} .*{\n`));
  const members = (body.split('\n}')[0] ?? '').matchAll(
    /\/\*\*(?<comment>(?:(?!\*\/).)*)\*\/\s*?\n(?<indent> +)readonly (?<option>\w+)(?<isOptional>\??):/gs,
  );
  let group = '';
  return [...members].flatMap(({ groups = {} }) => {
    const { comment = '', indent = '', option = '', isOptional } = groups;
    const isNested = indent.length > 2;
    if (!isNested) group = option;
    const [, stated] = /@default (.*?)\s*$/s.exec(comment) ?? [];
    // A group without a default of its own is only the sum of what is in it.
    if (stated === undefined && isOptional === '?') return [];
    const path = isNested ? `${group}.${option}` : option;
    return [[prefix + path, plain(isOptional === '?' ? stated : 'required')] as const];
  });
}

const DECLARED = [
  ...optionsOf('src/options.ts', 'TurnspanOptions'),
  ...optionsOf('src/options.ts', 'MetricsOptions', 'metrics.'),
  ...optionsOf('src/options.ts', 'WhatsAppOptions', 'whatsapp.'),
  ...optionsOf('src/options.ts', 'JournalOptions', 'journal.'),
  ...optionsOf('src/options.ts', 'ConsoleOptions', 'console.'),
  ...optionsOf('src/investigations/options.ts', 'InvestigationsOptions', 'investigations.'),
  ...optionsOf('src/experiments/options.ts', 'BotExperimentsOptions', 'experiments.'),
  ...optionsOf('../core/src/settings.ts', 'SettingsOptions'),
  ...optionsOf('../core/src/settings.ts', 'FlowOptions', 'flows.*.'),
  ...optionsOf('../core/src/settings.ts', 'NodeOptions', 'flows.*.nodes.*.'),
  ...optionsOf('../opentelemetry/src/logs-observer.ts', 'LogsOptions', 'logs.').filter(
    ([name]) => !['logs.onError', 'logs.onLost'].includes(name),
  ),
  ...optionsOf('../opentelemetry/src/observer.ts', 'OpenTelemetryOptions', 'tracing.').filter(
    ([name]) => name !== 'tracing.onError',
  ),
];

describe('the README', () => {
  it('lists every option with its default, and no other', () => {
    const listed = readTable('Options').map(([name, , value]) => [plain(name), plain(value)]);

    expect(DECLARED.length).toBeGreaterThan(30);
    expect(listed.sort()).toEqual([...DECLARED].sort());
  });

  it('lists options that turnspan() knows, with a type and a meaning', () => {
    const required = new Map(Object.entries({ journal: { file: ':memory:' } }));
    for (const [name = '', type, , meaning] of readTable('Options')) {
      const path = plain(name).split('.');
      const wrong = path.reduceRight<unknown>((value, key) => ({ [key]: value }), Symbol('wrong'));
      const [[group = '', value] = []] = Object.entries(wrong as Record<string, object>);
      const rest = path.length > 1 ? required.get(group) : undefined;

      const create = () => turnspan({ [group]: rest ? { ...rest, ...value } : value } as object);

      expect(create).toThrow(`Expected \`${plain(name)}\` to be`);
      expect([type, meaning]).not.toContain('');
    }
  });

  it('lists every environment variable, and no other', () => {
    expect(readTable('Environment variables').map((cells) => cells.map(plain))).toEqual(
      Object.entries(ENVIRONMENT),
    );
  });

  it('lists everything that the plugin can do, and nothing else', () => {
    const forBotkit = ['name', 'middlewares', 'init'];
    const abilities = Object.keys(turnspan()).filter((key) => !forBotkit.includes(key));

    const listed = readTable('The plugin').map(([what]) => plain(what).replace(/\(.*/, ''));

    expect(listed.sort()).toEqual(abilities.sort());
  });

  it('has samples that run: three lines, and metrics on the web server of the bot', async () => {
    const samples = [...README.matchAll(/```js\n([\s\S]+?)```/g)].map(([, code = '']) => code);
    const [three = '', onBotServer = ''] = samples.filter((code) => code.includes('turnspan'));
    Object.assign(process.env, { TURNSPAN_METRICS_PORT: '0', SCRAPE_TOKEN: 'scrape-me' });
    const bots = [await startBot(), await startBot()] as const;

    run(three, bots[0].controller);
    run(onBotServer, bots[1].controller);
    const headers = { authorization: 'Bearer scrape-me' };
    const response = await fetch(`${bots[1].url}/metrics`, { headers });

    expect(three.trim().split('\n')).toHaveLength(3);
    expect(Object.hasOwn(bots[0].controller, 'handleTurn')).toBe(true);
    expect(await response.text()).toContain('conversation_node_entries_total{flow="order"');
  });
});

/** Runs a sample on a bot; what it makes is ended after the test. */
function run(code: string, controller: Botkit): void {
  const load = (name: string) => ({ turnspan: front })[name];
  const usePlugin = controller.usePlugin.bind(controller);
  controller.usePlugin = (plugin) => {
    endAfterTest(() => (plugin as front.TurnspanPlugin).shutdown());
    usePlugin(plugin);
  };
  new Function('require', 'controller', code)(load, controller);
}
