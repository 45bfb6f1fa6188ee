import { INBOX_CASES } from '../../testing/src/store-contract/inbox-cases';
import type { Processes } from '../../testing/src/store-contract/shared-fixtures';
import { createInboxServer } from './support/memory-inbox';

describe('the inbox of these tests', () => {
  it.each(INBOX_CASES)('%s', async (_name, hold) => {
    let time = 1_700_000_000_000;
    const server = createInboxServer(() => time);
    const processes: Pick<Processes, 'inboxes' | 'pass'> = {
      inboxes: [server.connect(), server.connect()],
      pass: (ms) => {
        time += ms;
      },
    };

    await hold(processes as Processes);
  });
});
