import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GraphApi, SAMPLE_LINE, startGraphApi, statusUpdate } from '@turnspan/testing';
import { type TurnspanPlugin, turnspan } from '../src';

const appSecret = 'an app secret';
const MESSAGE = { id: 'wamid.1', to: '16505551234', tag: undefined };
let plugin: TurnspanPlugin;
let server: Server;
let graph: GraphApi;

beforeEach(async () => {
  plugin = turnspan({ metrics: { port: 0 }, whatsapp: { appSecret, verifyToken: 'agreed' } });
  server = createServer((request, response) => void plugin.webhook?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  graph = await startGraphApi({ appSecret, phoneNumberIds: [SAMPLE_LINE.phoneNumberId] });
  graph.setWebhookUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await graph.close();
});

describe('the webhook of the plugin', () => {
  it('turns signed statuses into metrics', async () => {
    const at = Date.now();
    const pricing = { category: 'utility', billable: true, type: 'regular' };

    const delivered = statusUpdate({ message: MESSAGE, status: 'delivered', at, pricing });
    const failed = statusUpdate({
      message: { ...MESSAGE, id: 'wamid.2' },
      status: 'failed',
      at,
      code: 131_049,
    });
    const answers = [
      await graph.postWebhook(delivered),
      await graph.postWebhook(delivered),
      await graph.postWebhook(failed),
    ];

    const metrics = await plugin.metrics();
    const line = `line="${SAMPLE_LINE.phoneNumberId}"`;
    expect(answers).toEqual([200, 200, 200]);
    expect(metrics).toContain(
      `\nwhatsapp_messages_total{${line},category="utility",status="delivered"} 1\n`,
    );
    expect(metrics).toContain(
      `\nwhatsapp_message_failures_total{${line},class="frequency_cap",code="131049"} 1\n`,
    );
    expect(metrics).toMatch(/whatsapp_webhook_events_total\{.*result="applied"\} 2\n/);
    expect(metrics).toMatch(/whatsapp_webhook_events_total\{.*result="duplicate"\} 1\n/);
    expect(metrics).not.toContain(MESSAGE.to);
  });

  it('refuses what somebody else has signed, and counts it', async () => {
    const status = statusUpdate({ message: MESSAGE, status: 'read', at: Date.now() });

    const answer = await graph.postWebhook(status, { signature: `sha256=${'0'.repeat(64)}` });

    const metrics = await plugin.metrics();
    expect(answer).toBe(403);
    expect(metrics).toMatch(/whatsapp_webhook_events_total\{.*result="bad_signature"\} 1\n/);
    expect(metrics).not.toMatch(/whatsapp_messages_total\{/);
  });

  it("passes Meta's handshake with the right word only", async () => {
    expect(await graph.verifyWebhook('agreed')).toBe(true);
    expect(await graph.verifyWebhook('guessed')).toBe(false);
  });

  it('is there only where the option is', () => {
    expect(turnspan().webhook).toBeUndefined();
  });
});
