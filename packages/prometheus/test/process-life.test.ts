import { once } from 'node:events';
import { connect } from 'node:net';
import { Registry } from 'prom-client';
import { createMetricsServer } from '../src';

// In a file of its own: sockets of other tests would be counted, too.
describe('createMetricsServer', () => {
  it('keeps no process alive, neither by listening nor by an open connection', async () => {
    const server = createMetricsServer({ registry: new Registry(), port: 0, onError: jest.fn() });
    const address = await server.listening;
    const client = connect(address?.port ?? 0, '127.0.0.1').unref();

    client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    const [answer] = await once(client, 'data');

    expect(String(answer)).toContain('keep-alive');
    const kinds = process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP'));
    expect(kinds).toEqual([]);
    client.destroy();
    await server.close();
  });
});
