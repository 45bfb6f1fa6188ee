import { Counter as SuccessorCounter, Registry as SuccessorRegistry } from '@prometheus-io/client';
import { AggregatorRegistry, Counter, Registry } from 'prom-client';

/** What the tests need of a client library; both have it. */
export interface Client {
  readonly createRegistry: () => ClientRegistry;
  readonly createOpenMetricsRegistry: () => ClientRegistry;
  /** A counter of the user's own, set to 3. */
  readonly addCounter: (registry: ClientRegistry, name: string) => void;
  /** Adds up what several worker processes tell. */
  readonly aggregate: (states: object[][]) => { metrics(): Promise<string> };
}

export type ClientRegistry = Registry & SuccessorRegistry;

const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

const PROM_CLIENT: Client = {
  createRegistry: () => new Registry() as ClientRegistry,
  createOpenMetricsRegistry: () => {
    const registry = new Registry();
    registry.setContentType(OPEN_METRICS as never);
    return registry as ClientRegistry;
  },
  addCounter: (registry, name) => {
    new Counter({ name, help: 'Own.', labelNames: ['kind'], registers: [registry] }).inc(
      { kind: 'a' },
      3,
    );
  },
  aggregate: (states) => AggregatorRegistry.aggregate(states),
};

const SUCCESSOR: Client = {
  createRegistry: () => new SuccessorRegistry() as ClientRegistry,
  createOpenMetricsRegistry: () => {
    const registry = new SuccessorRegistry();
    registry.setContentType(OPEN_METRICS);
    return registry as ClientRegistry;
  },
  addCounter: (registry, name) => {
    new SuccessorCounter({ name, help: 'Own.', labelNames: ['kind'], registers: [registry] }).inc(
      { kind: 'a' },
      3,
    );
  },
  aggregate: (states) => SuccessorRegistry.aggregate(states),
};

/** Both client libraries, for `describe.each`. */
export const CLIENTS: readonly (readonly [name: string, client: Client])[] = [
  ['prom-client', PROM_CLIENT],
  ['@prometheus-io/client', SUCCESSOR],
];
