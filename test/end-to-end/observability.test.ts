import { startNode } from './support/child';

/** All that has to be counted sooner or later, as lines of the exposition. */
const COUNTED = [
  /^conversation_journeys_ended_total\{.*outcome="completed".*\} [1-9]/m,
  /^conversation_node_loops_total\{flow="address",node="door_code",period="1"\} [1-9]/m,
  /^whatsapp_messages_total\{.*status="read".*\} [1-9]/m,
  /^whatsapp_phone_quality_rating\{.*rating="green"\} 1$/m,
  /^turnspan_contained_errors_total 0$/m,
];

/** What of it is not counted yet. */
async function findMissing(url: string): Promise<readonly RegExp[]> {
  const text = await (await fetch(url)).text();
  return COUNTED.filter((line) => !line.test(text));
}

describe('the example in containers', () => {
  it('has customers who keep coming, and whose tales are true', async () => {
    const index = 'examples/observability/index.js';
    const example = startNode([index, '--port', '0', '--pace', '1000', '--every', '100']);
    const [, url = ''] = await example.waitFor(/Metrics: (\S+)/);
    const deadline = Date.now() + 60_000;

    let missing = await findMissing(url);
    while (missing.length > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      missing = await findMissing(url);
    }
    example.process.kill('SIGTERM');
    const exit = await example.exit;

    const [, told, broken] =
      /(\d+) tales were told, (\d+) were not true/.exec(example.output()) ?? [];
    expect(missing).toEqual([]);
    expect(Number(told)).toBeGreaterThan(0);
    expect([broken, exit]).toEqual(['0', 0]);
  }, 120_000);

  it('says how it is started', async () => {
    const help = startNode(['examples/observability/index.js', '--help']);

    expect(await help.exit).toBe(0);
    expect(help.output()).toContain('Usage: node index.js [options]');
  }, 30_000);
});
