import { describeWith } from '../../../test/support/servers/binary';
import { waitFor } from '../../../test/support/servers/process';
import { type RedisServer, startRedis } from '../../../test/support/servers/redis';
import { CLUSTER_CLIENTS, sendCommand } from './support/clients';
import { holdContract } from './support/hold-contract';

const CLUSTER = ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];

/** A cluster of one, which refuses what reaches over two slots all the same. */
async function startCluster(binary: string): Promise<RedisServer> {
  const server = await startRedis({ binary, args: CLUSTER });
  await sendCommand(server.url, ['CLUSTER', 'ADDSLOTSRANGE', '0', '16383']);
  await waitFor(async () => {
    const state = await sendCommand(server.url, ['CLUSTER', 'INFO']);
    return String(state).includes('cluster_state:ok');
  });
  return server;
}

describeWith('redis-server', (binary) => {
  describe.each(CLUSTER_CLIENTS)('the Redis store on %s', (_name, connect) => {
    holdContract(() => startCluster(binary), connect);
  });
});
