import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ATTRIBUTES,
  createLogsObserver,
  createOpenTelemetryObserver,
  LOG_ATTRIBUTES,
  LOG_EVENTS,
} from '../src';
import { runNode } from './support/child';
import {
  ELSEWHERE,
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
import { TURN_SPAN, tellStory } from './support/log-story';
import { createLogging } from './support/logging';
import { startOtlpReceiver } from './support/otlp-receiver';
import { createTracing } from './support/tracing';

const read = (path: string) => readFileSync(join(__dirname, '..', path), 'utf8');
const README = read('README.md');
const SAMPLES = [...README.matchAll(/```js\n([\s\S]+?)```/g)].map(([, sample = '']) => sample);

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

/** The options that an interface declares. */
function readOptions(path: string, name: string): (string | undefined)[] {
  const [, body = ''] = read(path).split(`interface ${name}`);
  return [...(body.split('\n}')[0] ?? '').matchAll(/readonly (\w+)\?:/g)].map(([, each]) => each);
}

/** The records of a story in which everything happens. */
function recordStory() {
  const { provider, records } = createLogging();
  const { observe } = createLogsObserver({ loggerProvider: provider });
  for (const event of tellStory()) observe(event);
  return records();
}

describe('the README', () => {
  it('lists every attribute, and no other, with the spans that bear it', () => {
    const listed = readTable('Attributes').map(([name, on]) => [name, on]);

    expect(listed.sort()).toEqual(observeAttributes().sort());
    expect(listed.map(([name]) => name)).toEqual(Object.values(ATTRIBUTES).sort());
  });

  it('lists every option, and no other', () => {
    const declared = readOptions('src/observer.ts', 'OpenTelemetryOptions');

    expect(readTable('Options').map(([name]) => name)).toEqual(declared);
  });

  it('lists the four spans', () => {
    expect(readTable('Spans').map(([span]) => span)).toEqual(['turn', 'node', 'send', 'visit']);
  });

  it('has a sample that runs and sends its span', async () => {
    const receiver = await startOtlpReceiver();

    const output = await runNode(['--eval', SAMPLES[0] ?? ''], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    });
    const [span, ...others] = receiver.spans();
    await receiver.close();

    expect(span).toMatchObject({ name: 'process whatsapp', kind: 'CONSUMER', service: 'my-bot' });
    expect(others).toEqual([]);
    expect(output).toContain(span?.traceId);
  }, 30_000);
});

describe('the README on logs', () => {
  it('lists every option, and no other', () => {
    const declared = readOptions('src/logs-observer.ts', 'LogsOptions');

    expect(readTable('Log options').map(([name]) => name)).toEqual(declared);
  });

  it('lists every record, and no other, with its severities and its trace', () => {
    const records = recordStory();
    const seen = Object.values(LOG_EVENTS).map((name) => {
      const named = records.filter(({ eventName }) => eventName === name);
      const severities = new Set(named.map(({ severityText = '' }) => severityText));
      const spans = new Set(named.map(({ spanContext }) => spanContext?.spanId));
      const worse = ['INFO', 'WARN', 'ERROR'].filter((severity) => severities.has(severity));
      return [name, worse.join(', '), nameTrace(spans)];
    });

    expect(readTable('Log records').map((row) => row.slice(0, 3))).toEqual(seen);
  });

  it('lists every attribute, and no other, with the records that bear it', () => {
    const words = Object.values(LOG_EVENTS).map(toWord);
    const records = recordStory();
    const bearers = (key: string) => {
      const found = records.filter(({ attributes }) => key in attributes);
      const bearing = new Set(found.map(({ eventName = '' }) => toWord(eventName)));
      return [...new Set(words)].filter((word) => bearing.has(word)).join(', ');
    };
    const keys = new Set(records.flatMap(({ attributes }) => Object.keys(attributes)));

    const listed = readTable('Log attributes').map(([name, on]) => [name, on]);
    expect(listed.sort()).toEqual([...keys].map((key) => [key, bearers(key)]).sort());
    expect(listed.map(([name]) => name)).toEqual(
      expect.arrayContaining(Object.values(LOG_ATTRIBUTES)),
    );
  });

  it('has a sample that runs and sends its record', async () => {
    const receiver = await startOtlpReceiver();

    await runNode(['--eval', SAMPLES[1] ?? ''], { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });
    const records = receiver.records();
    await receiver.close();

    expect(SAMPLES).toHaveLength(2);
    expect(records).toMatchObject([
      { eventName: 'conversation.preference.changed', service: 'my-bot', scope: 'turnspan' },
    ]);
  }, 30_000);
});

/** The second word of a record's name. */
function toWord(name: string): string {
  return name.split('.')[1] ?? '';
}

function nameTrace(spanIds: ReadonlySet<string | undefined>): string {
  if (spanIds.has(ELSEWHERE.spanId)) return 'turn that asked';
  return spanIds.has(TURN_SPAN.spanId) ? 'turn' : 'none';
}
