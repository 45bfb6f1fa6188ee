import { describeWith } from '../../../test/support/servers/binary';
import { startRedis } from '../../../test/support/servers/redis';
import { CLIENTS } from './support/clients';
import { holdContract } from './support/hold-contract';

describeWith('redis-server', (binary) => {
  describe.each(CLIENTS)('the Redis store on %s', (_name, connect) => {
    holdContract(() => startRedis({ binary }), connect);
  });
});
