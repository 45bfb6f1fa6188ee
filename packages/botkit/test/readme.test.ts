import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@turnspan/core';
import type { Botkit } from 'botkit';
import * as botkit from '../src';
import { conversation, ignore, startOnGo } from './support/bots';
import { playPlain } from './support/run';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');
const MODULES: Readonly<Record<string, unknown>> = {
  '@turnspan/core': core,
  '@turnspan/botkit': botkit,
};

describe('README', () => {
  it('begins with an example that runs', async () => {
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(README) ?? [];
    let told: readonly core.TrackerEvent[] = [];

    await playPlain({
      build: (controller) => {
        told = runExample(example, controller);
        conversation(controller, 'x', (x) => x.ask('q', ignore, 'k'));
        startOnGo(controller, 'x');
      },
      steps: ['go', 'answer'],
    });

    expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(told.map(({ kind }) => kind)).toContain('journey_ended');
  });

  it('says which methods are put over', () => {
    const touched = [
      'handleTurn',
      'saveState',
      'add',
      ...['beginDialog', 'runStep', 'makeOutgoing', 'handleAction', 'endDialog'],
      ...['onStep', 'continueDialog', 'repromptDialog'],
    ];
    const sources = ['plugin', 'instrument-dialogs', 'instrument-conversation']
      .concat(['instrument-waterfall', 'instrument-prompt'])
      .map((name) => readFileSync(join(__dirname, `../src/${name}.ts`), 'utf8'));

    const overridden = sources.flatMap((source) =>
      [...source.matchAll(/override\([^']*'(\w+)'/g)].map(([, method = '']) => method),
    );

    expect([...new Set(overridden)].sort()).toEqual([...touched].sort());
    for (const method of touched) expect(README).toContain(`\`${method}\``);
  });
});

/** Runs the code of the README on a bot, and gives what it was told. */
function runExample(code: string, controller: Botkit): readonly core.TrackerEvent[] {
  const run = new Function(
    'require',
    'controller',
    `${code}\nclearInterval(sweeping);\nreturn told;`,
  );
  return run((name: string) => MODULES[name], controller);
}
