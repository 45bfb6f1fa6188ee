import { toOpenMetrics } from './open-metrics';
import type { Exposition, ScrapedRegistry } from './types';

/** The media type by which a scraper asks for OpenMetrics. */
const OPEN_METRICS = 'application/openmetrics-text';

/** What a registry tells, as OpenMetrics where that is asked for, as exemplars exist only there. */
export async function expose(registry: ScrapedRegistry, accept = ''): Promise<Exposition> {
  if (accept.includes(OPEN_METRICS) && !registry.contentType.startsWith(OPEN_METRICS)) {
    return toOpenMetrics(registry);
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}
