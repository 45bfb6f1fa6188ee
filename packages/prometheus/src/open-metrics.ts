import type { Exposition, ScrapedRegistry } from './types';

const CONTENT_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** The part of a metric of either client that is printed. */
interface PrintedMetric {
  readonly type?: unknown;
  readonly name?: unknown;
  get(): object | Promise<object>;
  getForPromString?(): object | Promise<object>;
}

/**
 * Prints a registry that is set to the text format as OpenMetrics. Both clients tie the format to
 * the registry and, in OpenMetrics, rename its counters for good. So the printing runs on an object
 * that inherits everything from the registry, its default labels included, and differs in two
 * things: it says that its format is OpenMetrics, and it hands out stand-ins for the counters.
 */
export async function toOpenMetrics(registry: ScrapedRegistry): Promise<Exposition> {
  const view: ScrapedRegistry = Object.create(registry, {
    contentType: { value: CONTENT_TYPE },
    getMetricsAsArray: { value: () => registry.getMetricsAsArray().map(toStandIn) },
  });
  return { contentType: CONTENT_TYPE, text: await view.metrics() };
}

function toStandIn(metric: object): object {
  return isCounter(metric) ? createStandIn(metric) : metric;
}

function isCounter(metric: object): metric is PrintedMetric {
  return (metric as PrintedMetric).type === 'counter';
}

/** Takes the new name in the counter's stead. */
function createStandIn(counter: PrintedMetric): object {
  const standIn = {
    type: counter.type,
    name: counter.name,
    get: async () => {
      const state = await (counter.getForPromString?.() ?? counter.get());
      return { ...state, name: standIn.name };
    },
  };
  return standIn;
}
