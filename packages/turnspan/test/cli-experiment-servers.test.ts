import { join } from 'node:path';
import { BotkitConversation } from 'botkit';
import { describeWith } from '../../../test/support/servers/binary';
import { describeWithPostgres, startPostgres } from '../../../test/support/servers/postgres';
import { startRedis } from '../../../test/support/servers/redis';
import { turnspan } from '../src';
import { foldersForTests } from './cli/journal';
import { run } from './cli/run';
import { endAfterEach, startBot } from './support/bot';

const newFolder = foldersForTests();
const endAfterTest = endAfterEach();
/** Whoever writes gets the last variant, as good as always. */
const DECLARED = { variants: ['one', 'split'], weights: [1, 1e12], flow: 'address' };

interface Places {
  readonly store: string;
  readonly journal: string;
}

/** A bot on these places, and the variants that it has shown. */
async function startShowing({ store, journal }: Places) {
  const { controller, says } = await startBot();
  const variants: string[] = [];
  const place = journal.includes('://') ? { url: journal } : { file: journal };
  const plugin = turnspan({ metrics: { port: 0 }, data: false, store, journal: place });
  controller.usePlugin(plugin);
  endAfterTest(() => plugin.shutdown());
  const convo = new BotkitConversation('address', controller);
  convo.ask('Which street?', [], 'street');
  convo.before('default', async () => {
    variants.push(await plugin.experiment('ask-door', DECLARED));
  });
  controller.addDialog(convo);
  controller.hears('address', 'message', (bot) => bot.beginDialog('address'));
  return { plugin, variants, says };
}

/** What the commands have to do wherever a store is. */
async function stopAndLook({ store, journal }: Places) {
  const { plugin, variants, says } = await startShowing({ store, journal });
  const now = { now: Date.now };
  await says('address');
  await says('1 Main Street');
  await plugin.sweep();
  const stopped = await run(['experiment', 'stop', 'ask-door', '--store', store], now);
  await plugin.sweep();
  await says('address');
  await plugin.shutdown();
  const words = ['experiment', 'list', '--json', '--store', store, '--journal', journal];
  const listed = await run(words, now);
  return { variants, stopped, listed, experiments: JSON.parse(listed.stdout).experiments };
}

const STOPPED = {
  ...{ name: 'ask-door', state: 'stopped', stopped: 'By hand.' },
  variants: [
    { variant: 'one', users: 0 },
    { variant: 'split', users: 1 },
  ],
};

describeWith('redis-server', (binary) => {
  it('a store in Redis is stopped for a bot that runs, and told of', async () => {
    const redis = await startRedis({ binary });
    endAfterTest(() => redis.stop());
    const places = { store: redis.url, journal: join(newFolder(), 'journal.db') };

    const { variants, stopped, experiments } = await stopAndLook(places);

    expect([stopped.code, stopped.stderr]).toEqual([0, '']);
    expect(variants).toEqual(['split', 'one']);
    expect(experiments).toEqual([expect.objectContaining(STOPPED)]);
  }, 60_000);
});

describeWithPostgres((binaries) => {
  it('a store and a journal in Postgres are read without showing the password', async () => {
    const postgres = await startPostgres({ binaries });
    endAfterTest(() => postgres.stop());
    const { url } = postgres;

    const { variants, stopped, listed, experiments } = await stopAndLook({
      store: url,
      journal: url,
    });

    expect([stopped.code, stopped.stderr]).toEqual([0, '']);
    expect(variants).toEqual(['split', 'one']);
    expect(experiments).toEqual([expect.objectContaining(STOPPED)]);
    expect(`${stopped.stdout}${listed.stdout}`).not.toContain('horse');
  }, 60_000);
});
