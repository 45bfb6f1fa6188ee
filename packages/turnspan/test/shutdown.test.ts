import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { turnspan } from '../src';
import { endAfterEach, startBot } from './support/bot';

const endAfterTest = endAfterEach();

/** A way to a server that leads nowhere any more once it is cut, without anybody being told. */
async function openLine(port: number) {
  let isCut = false;
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('data', (chunk) => isCut || to.write(chunk));
      from.on('close', () => isCut || to.destroy());
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  endAfterTest(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const cut = () => {
    isCut = true;
  };
  return { port: (proxy.address() as AddressInfo).port, cut };
}

describeWithPostgres((binaries) => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres({ binaries });
  }, 60_000);
  afterAll(() => postgres.stop());

  it('ends in seconds where journal and store are on a Postgres that hangs', async () => {
    const line = await openLine(postgres.connection.port);
    const url = new URL(postgres.url);
    url.port = String(line.port);
    const { controller, says } = await startBot();
    const memory = { data: false, journal: { url: url.href }, store: url.href } as const;
    const plugin = turnspan({ ...memory, metrics: { port: 0 }, onError: () => {} });
    controller.usePlugin(plugin);
    await says('order');
    await plugin.sweep();

    line.cut();
    await says('large');
    const from = performance.now();
    await plugin.shutdown();

    expect(performance.now() - from).toBeLessThan(12_000);
  }, 30_000);
});
