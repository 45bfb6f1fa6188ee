import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '@turnspan/core';
import { createSqliteStore } from '@turnspan/store-sqlite';
import { BotkitConversation } from 'botkit';
import { turnspan } from '../src';
import { readPauses } from '../src/experiments/shared-pauses';
import { expectGolden, widthOfLines } from './cli/golden';
import { foldersForTests, writeJournal } from './cli/journal';
import { DAY, NOW, run } from './cli/run';
import { type Trial, writeTrial } from './cli/trial';
import { endAfterEach, startBot } from './support/bot';

const endAfterTest = endAfterEach();
const newFolder = foldersForTests();
const folder = mkdtempSync(join(tmpdir(), 'turnspan-experiment-'));
let trial: Trial = { journal: '', store: '' };

beforeAll(async () => {
  trial = await writeTrial(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy that a test may change. */
function copyTrial(): Trial {
  const copy = newFolder();
  cpSync(dirname(trial.journal), copy, { recursive: true });
  return { journal: join(copy, 'journal.sqlite'), store: join(copy, 'store.sqlite') };
}

async function pausesIn(file: string) {
  const clock = { ...systemClock, now: () => NOW };
  const store = createSqliteStore({ file, clock, onError: () => undefined });
  try {
    return await readPauses(store.shared);
  } finally {
    store.close();
  }
}

describe('what came of experiments', () => {
  it.each([
    ['experiment-list', ['experiment', 'list']],
    ['experiment-show', ['experiment', 'show', 'ask-door']],
    ['experiment-show-empty', ['experiment', 'show', 'pay']],
    ['experiment-power', ['experiment', 'power', '--flow', 'address', '--difference', '0.1']],
  ])('%s.txt fits 80 columns', async (name, words) => {
    const { code, stdout, stderr } = await run([...words, '--journal', trial.journal]);

    expect([code, stderr]).toEqual([0, '']);
    expectGolden(name, stdout);
    expect(widthOfLines(stdout)).toBeLessThanOrEqual(80);
  });
});

describe('--json', () => {
  it('has all that is drawn, and the verdict as it is judged', async () => {
    const listed = await run(['experiment', 'list', '--json', '--journal', trial.journal]);
    const shown = await run([
      'experiment',
      'show',
      'ask-door',
      '--json',
      '--journal',
      trial.journal,
    ]);

    const { experiments } = JSON.parse(listed.stdout);
    const { experiment, verdict, variants } = JSON.parse(shown.stdout);
    expect(experiments.map(({ name, state }: Record<string, string>) => [name, state])).toEqual([
      ['ask-door', 'paused'],
      ['ask-door', 'over'],
      ['pay', 'running'],
    ]);
    expect(experiments[0].verdict.sentence).toBe(verdict.sentence);
    expect(experiment).toMatchObject({ name: 'ask-door', salt: 'ask-door' });
    expect(variants[1]).toMatchObject({ variant: 'split', exposed: 603, users: 602 });
  });

  it('of power is the plan with the rate that the journal knows', async () => {
    const words = ['experiment', 'power', '--flow', 'address', '--json'];

    const { stdout } = await run([...words, '--journal', trial.journal]);

    const { base, plan } = JSON.parse(stdout);
    expect(base).toMatchObject({ journeys: 1800, completed: { rate: expect.closeTo(0.6, 2) } });
    expect(plan.days).toBe(Math.ceil(plan.totalUsers / base.usersPerDay));
  });
});

describe('ending by hand', () => {
  it.each([
    ['all of it', [], '*', 'Everybody gets one-question of ask-door.'],
    ['a variant', ['split'], 'split', 'Whoever would get split gets one-question of ask-door.'],
  ])('%s is told, and taken back', async (...[, variant, key, sentence]) => {
    const { store, journal } = copyTrial();
    const later = { now: () => NOW + 1000 };

    const because = ['--because', 'We know enough.', '--store', store];
    const stopped = await run(['experiment', 'stop', 'ask-door', ...variant, ...because]);
    const listed = await run(['experiment', 'list', '--json', '--journal', journal]);
    const kept = await pausesIn(store);
    const words = ['experiment', 'resume', 'ask-door', ...variant, '--store', store];
    const resumed = await run(words, later);
    const after = await pausesIn(store);

    expect([stopped.code, resumed.code]).toEqual([0, 0]);
    expect(stopped.stdout).toContain(sentence);
    expect(stopped.stdout).toContain(['experiment resume ask-door', ...variant].join(' '));
    expect(JSON.parse(listed.stdout).experiments[0].state).toBe(key === '*' ? 'stopped' : 'paused');
    expect(kept).toContainEqual(
      expect.objectContaining({ variant: key, isPaused: true, because: 'We know enough.' }),
    );
    expect(after).toContainEqual(expect.objectContaining({ variant: key, isPaused: false }));
  });

  it('holds although the clock of a bot is ahead, and says what a pause does to the verdict', async () => {
    const { store } = copyTrial();
    const words = ['ask-door', 'rude', '--store', store];

    const early = { now: () => NOW - 20 * DAY };
    const { code, stdout } = await run(['experiment', 'resume', ...words], early);

    expect(code).toBe(0);
    expect(stdout).toContain('the verdict may become invalid:');
    expect(await pausesIn(store)).toEqual([
      expect.objectContaining({ variant: 'rude', isPaused: false }),
    ]);
  });

  it('reaches a bot that runs', async () => {
    const data = newFolder();
    const variants: string[] = [];
    const { controller, says } = await startBot();
    const plugin = turnspan({ metrics: { port: 0 }, data });
    controller.usePlugin(plugin);
    endAfterTest(() => plugin.shutdown());
    const declared = { variants: ['one', 'split'], weights: [1, 1e12], flow: 'address' };
    const convo = new BotkitConversation('address', controller);
    convo.ask('Which street?', [], 'street');
    convo.before('default', async () => {
      variants.push(await plugin.experiment('ask-door', declared));
    });
    controller.addDialog(convo);
    controller.hears('address', 'message', (bot) => bot.beginDialog('address'));
    await says('address');
    await says('1 Main Street');
    await plugin.sweep();

    const words = ['experiment', 'stop', 'ask-door', '--store', join(data, 'store.sqlite')];
    const { code, stderr } = await run(words, { now: Date.now });
    await plugin.sweep();
    await says('address');

    expect([code, stderr]).toEqual([0, '']);
    expect(variants).toEqual(['split', 'one']);
  });
});

describe('what cannot be answered', () => {
  const power = ['experiment', 'power'];

  it.each<readonly [readonly string[], string]>([
    [['experiment'], 'Say `experiment list`, `experiment show`, `experiment power`,'],
    [['experiment', 'show'], 'Say what to show: `turnspan experiment show NAME`.'],
    [['experiment', 'show', 'asc-door'], 'an experiment asc-door. There are ask-door, pay.'],
    [['experiment', 'stop'], 'Say what to stop: `turnspan experiment stop NAME [VARIANT]`.'],
    [['experiment', 'stop', 'a', 'b', 'c'], 'Say what to stop:'],
    [['experiment', 'stop', 'asc-door'], 'knows no experiment asc-door. There are ask-door, pay.'],
    [['experiment', 'stop', 'ask-door', 'spit'], 'no variant spit. There are split, rude.'],
    [['experiment', 'resume', 'ask-door', 'one-question'], 'one-question is the control,'],
    [power, 'Say which flow it is about: --flow NAME.'],
    [[...power, '--flow', 'adress'], 'nobody was in a flow adress. Did you mean address?'],
    [[...power, '--flow', 'address', '--node', 'no'], 'No journey of address that came to no'],
    [[...power, '--flow', 'address', '--difference', '5'], '--difference takes a share,'],
    [[...power, '--flow', 'address', '--difference', '0.6'], '+60 points cannot be had;'],
    [[...power, '--flow', 'address', '--variants', '1'], '--variants takes a number from 2'],
  ])('%j is told in a sentence', async (words, sentence) => {
    const env = { TURNSPAN_JOURNAL: trial.journal, TURNSPAN_STORE: trial.store };

    const { code, stdout, stderr } = await run(words, { env });

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });

  it.each<readonly [string, readonly string[], number, string]>([
    ['no store', [], 2, 'Say where the store of the bot is: --store PLACE, or TURNSPAN_STORE.'],
    ['a store that is not there', ['--store', 'none.db'], 1, 'There is no store none.db.'],
    ['a store in memory', ['--store', 'memory:'], 2, '--store takes the path of a file or a URL'],
    ['a store of no kind', ['--store', 'ftp://:hidden@here'], 2, '--store takes the path'],
    ['a server that is gone', ['--store', 'redis://127.0.0.1:1'], 1, 'turnspan: '],
  ])('%s', async (...[, store, exit, sentence]) => {
    const journal = await writeJournal(newFolder());

    const { code, stdout, stderr } = await run([
      'experiment',
      'list',
      '--journal',
      journal,
      ...store,
    ]);

    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('hidden');
  });

  it('an experiment that another store knows', async () => {
    const { store } = await writeTrialWithout();

    const words = ['experiment', 'show', 'ask-door', '--journal', trial.journal, '--store', store];
    const { code, stderr } = await run(words);
    const listed = await run(['experiment', 'list', '--journal', trial.journal, '--store', store]);

    expect(code).toBe(1);
    expect(stderr).toContain('The store does not know how ask-door is declared');
    expect(listed.stdout).toContain('unknown');
  });

  async function writeTrialWithout(): Promise<Pick<Trial, 'store'>> {
    const store = join(newFolder(), 'other.sqlite');
    await pausesIn(store);
    return { store };
  }
});
