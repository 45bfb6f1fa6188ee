import { startOtlpReceiver } from '../../packages/opentelemetry/test/support/otlp-receiver';
import { textMessage } from '../../packages/testing/src';
import { waitFor } from '../support/servers/process';
import { readText } from '../support/workspace';
import { findFreePort, startNode } from './support/child';
import { ACCOUNT, startMeta } from './support/pizzeria';

const REDIRECT = require.resolve('./support/redirect-graph');

/** What the README of `turnspan` says to put into `tracing.js`. */
function readTracing(): string {
  const [, section = ''] = readText('packages/turnspan/README.md').split('\n## Tracing\n');
  const [, code = ''] = /```js\n([\s\S]+?)```/.exec(section) ?? [];
  return code;
}

it('the lines about tracing in the README of turnspan are all that it takes', async () => {
  const receiver = await startOtlpReceiver();
  const graph = await startMeta();
  const port = String(await findFreePort());
  const program = `${readTracing()}\nrequire('./examples/bot/after');`;
  const bot = startNode(['--require', REDIRECT, '--eval', program], {
    WHATSAPP_APP_SECRET: ACCOUNT.appSecret,
    WHATSAPP_VERIFY_TOKEN: ACCOUNT.verifyToken,
    WHATSAPP_ACCESS_TOKEN: ACCOUNT.accessToken,
    WHATSAPP_PHONE_NUMBER_ID: ACCOUNT.phoneNumberId,
    GRAPH_URL: graph.url,
    PORT: port,
    TURNSPAN_METRICS_PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '10',
  });

  try {
    await bot.waitFor(/Webhook endpoint online/);
    graph.setWebhookUrl(`http://127.0.0.1:${port}/webhook`);
    await graph.postWebhook(
      textMessage({ from: { phone: '16505551234' }, at: Date.now() }, 'menu'),
    );
    await waitFor(async () => receiver.spans().length >= 3);

    const spans = receiver.spans().map(({ name, service }) => `${name} of ${service}`);
    expect(spans.sort()).toEqual([
      'node menu/choice of my-bot',
      'process whatsapp of my-bot',
      'send whatsapp of my-bot',
    ]);
  } finally {
    await Promise.all([bot.stop(), graph.close(), receiver.close()]);
  }
}, 30_000);
