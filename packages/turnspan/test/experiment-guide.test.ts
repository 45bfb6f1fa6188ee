import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planExperiment } from '@turnspan/experiments';
import { BotkitConversation } from 'botkit';
import { turnspan } from '../src';
import { COMMANDS } from '../src/cli/main';
import { parseArguments } from '../src/cli/parse-arguments';
import { endAfterEach, startBot } from './support/bot';

const endAfterTest = endAfterEach();
const GUIDE = readFileSync(
  join(__dirname, '../../../docs/guides/your-first-experiment.md'),
  'utf8',
);
const [plan = '', threads = ''] = [...GUIDE.matchAll(/```js\n([\s\S]+?)```/g)].map(
  ([, code = '']) => code,
);

const golden = (name: string) =>
  readFileSync(join(__dirname, 'cli', 'golden', `${name}.txt`), 'utf8');

describe('the guide to a first experiment', () => {
  it.each([...GUIDE.matchAll(/^npx turnspan (.+)$/gm)].map(([, words = '']) => words))(
    'types a command that is there: %s',
    (text) => {
      const command = COMMANDS.find(({ name }) => text.startsWith(name));
      const words = text.slice(command?.name.length).match(/"[^"]*"|\S+/g) ?? [];

      expect(command && parseArguments(command, words, {})).toMatchObject({ kind: 'run' });
    },
  );

  it('shows answers as the commands give them', () => {
    const shown = [...GUIDE.matchAll(/```text\n([^`]+?)```/g)].map(([, text = '']) => text);
    const answers = shown.filter((text) => !text.startsWith('conversation_'));

    const told = golden('experiment-power') + golden('experiment-show');

    expect(answers).toHaveLength(3);
    for (const answer of answers) expect(told).toContain(answer);
  });

  it('asks how many people it takes, and gets an answer', () => {
    const answers: unknown[] = [];
    const run = new Function('require', 'console', plan);

    run(() => ({ planExperiment }), { log: (answer: unknown) => answers.push(answer) });

    expect(answers).toEqual([planExperiment({ baseRate: 0.6, smallestDifference: 0.1 })]);
  });

  it.each([
    ['one-question', '[1e12, 1]', 'Please give zone, door code and delivery slot (ZZ-CCCC-S).'],
    ['split', '[1, 1e12]', 'Which zone are you in?'],
  ])('asks whoever got %s its question', async (variant, weights, question) => {
    const { controller, says, answers } = await startBot();
    const plugin = turnspan({ metrics: { port: 0 } });
    controller.usePlugin(plugin);
    endAfterTest(() => plugin.shutdown());
    const convo = new BotkitConversation('address', controller);
    const code = threads.replace("flow: 'address'", `flow: 'address', weights: ${weights}`);
    new Function('plugin', 'convo', code)(plugin, convo);
    controller.addDialog(convo);
    controller.hears('address', 'message', (bot) => bot.beginDialog('address'));

    await says('address');
    await says('1 Main Street');

    const metrics = await plugin.metrics();
    expect(answers()).toEqual(['Which street and number?', question]);
    expect(metrics).toContain(
      `conversation_experiment_exposures_total{experiment="ask-door",variant="${variant}"} 1\n`,
    );
    expect(metrics).toContain('conversation_node_entries_total{flow="address",node="street"} 1\n');
  });
});
