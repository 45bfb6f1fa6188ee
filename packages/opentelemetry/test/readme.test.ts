import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTRIBUTES, createOpenTelemetryObserver } from '../src';
import { runNode } from './support/child';
import {
  MONDAY,
  messageSent,
  nodeEntered,
  numberRated,
  turnEnded,
  turnOf,
  turnStarted,
  visitOf,
  visitSettled,
} from './support/events';
import { startOtlpReceiver } from './support/otlp-receiver';
import { createTracing } from './support/tracing';

const read = (path: string) => readFileSync(join(__dirname, '..', path), 'utf8');
const README = read('README.md');

/** The rows of the table under a heading, as cells. */
function readTable(heading: string): string[][] {
  const [, section = ''] = README.split(`\n## ${heading}\n`);
  const [, ...rows] = (section.split('\n## ')[0] ?? '').match(/^\| .+$/gm) ?? [];
  return rows
    .map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', ''))
        .slice(1, -1),
    )
    .filter(([first]) => !first?.startsWith('---'));
}

/** Every attribute with the spans that bear it, from spans in which all there can be is present. */
function observeAttributes(): [string, string][] {
  const { tracer, spans } = createTracing();
  const { observe } = createOpenTelemetryObserver({ tracer });
  const turn = turnOf({ session: { id: 'session-2', previousId: 'session-1' } });
  const visit = visitOf({ journey: { variant: 'B' } });
  observe(numberRated(turn.user.line, 'YELLOW'));
  observe(turnStarted(turn));
  observe(nodeEntered(turn, visit, MONDAY));
  observe(messageSent(turn, MONDAY + 40, { visit, error: 'GraphError' }));
  observe(
    visitSettled({ ...visit, askedAt: MONDAY }, 'failed', {
      turn,
      waitSeconds: 1,
      match: 'default',
      inputKind: 'text',
      loopPeriod: 1,
    }),
  );
  observe(turnEnded(turn, MONDAY + 60, 'TypeError'));
  const found = [...spans()].map(({ name, attributes }) => ({
    name,
    keys: Object.keys(attributes),
  }));
  const bearers = (key: string) =>
    [
      ['process', 'turn'],
      ['node', 'node'],
      ['send', 'send'],
      ['visit', 'visit'],
    ]
      .filter(([verb]) =>
        found.some(({ name, keys }) => name.startsWith(`${verb} `) && keys.includes(key)),
      )
      .map(([, word]) => word)
      .join(', ');
  return [...new Set(found.flatMap(({ keys }) => keys))].map((key) => [key, bearers(key)]);
}

describe('the README', () => {
  it('lists every attribute, and no other, with the spans that bear it', () => {
    const listed = readTable('Attributes').map(([name, on]) => [name, on]);

    expect(listed.sort()).toEqual(observeAttributes().sort());
    expect(listed.map(([name]) => name)).toEqual(Object.values(ATTRIBUTES).sort());
  });

  it('lists every option, and no other', () => {
    const [, options = ''] = read('src/observer.ts').split('interface OpenTelemetryOptions');
    const declared = [...(options.split('\n}')[0] ?? '').matchAll(/readonly (\w+)\?:/g)];

    expect(readTable('Options').map(([name]) => name)).toEqual(declared.map(([, name]) => name));
  });

  it('lists the four spans', () => {
    expect(readTable('Spans').map(([span]) => span)).toEqual(['turn', 'node', 'send', 'visit']);
  });

  it('has a sample that runs and sends its span', async () => {
    const receiver = await startOtlpReceiver();
    const [, sample = ''] = README.match(/```js\n([\s\S]+?)```/) ?? [];

    const output = await runNode(['--eval', sample], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    });
    const [span, ...others] = receiver.spans();
    await receiver.close();

    expect(span).toMatchObject({ name: 'process whatsapp', kind: 'CONSUMER', service: 'my-bot' });
    expect(others).toEqual([]);
    expect(output).toContain(span?.traceId);
  }, 30_000);
});
