import { context, DiagLogLevel, diag, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** A real SDK that keeps what it exports in memory. */
export interface Tracing {
  readonly provider: BasicTracerProvider;
  readonly tracer: Tracer;
  /** Every span that has ended. */
  readonly spans: () => ReadableSpan[];
  /** The one span of this name. */
  readonly span: (name: string) => ReadableSpan;
  /** How many spans have begun and not ended. */
  readonly open: () => number;
}

export function createTracing(sampler?: Sampler): Tracing {
  const exporter = new InMemorySpanExporter();
  const counter = countOpen();
  const provider = new BasicTracerProvider({
    ...(sampler && { sampler }),
    spanProcessors: [new SimpleSpanProcessor(exporter), counter],
  });
  return {
    provider,
    tracer: provider.getTracer('test'),
    spans: () => exporter.getFinishedSpans(),
    span: (name) => only(exporter.getFinishedSpans(), name),
    open: () => counter.open,
  };
}

/** Lets spans be active in the tests of a file, as an SDK does. */
export function useContextManager(): void {
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  afterAll(() => context.disable());
}

/** Everything that OpenTelemetry has to complain about from now on. */
export function collectComplaints(): unknown[][] {
  const complaints: unknown[][] = [];
  const complain = (...args: unknown[]) => {
    complaints.push(args);
  };
  const ignore = () => {};
  diag.setLogger(
    { error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return complaints;
}

/** Milliseconds since the epoch, as exact as a number allows. */
export function toMs([seconds, nanos]: readonly [number, number]): number {
  return seconds * 1000 + nanos / 1e6;
}

function only(spans: readonly ReadableSpan[], name: string): ReadableSpan {
  const named = spans.filter((span) => span.name === name);
  const [span] = named;
  if (!span || named.length > 1) {
    throw new Error(`${named.length} spans '${name}' in [${spans.map((each) => each.name)}]`);
  }
  return span;
}

function countOpen() {
  return {
    open: 0,
    onStart() {
      this.open += 1;
    },
    onEnd() {
      this.open -= 1;
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}
