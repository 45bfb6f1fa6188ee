import { createPrometheusObserver } from '../../src';
import { expose } from '../../src/exposition';
import type { Client, ClientRegistry } from './clients';
import { T0 } from './events';
import { SCRIPT_QUALITY } from './facts';
import { SCRIPT, SCRIPT_SNAPSHOT } from './script';

export const ACCEPT_OPEN_METRICS = 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5';

/** A registry in which the whole script has been counted. */
export function runScript(client: Client): ClientRegistry {
  return run(client, 0);
}

/** The same as if it had happened just now: Prometheus takes no exemplar from the distant past. */
export function runLiveScript(client: Client): ClientRegistry {
  return run(client, Date.now() - 60_000 - T0);
}

function run(client: Client, shiftMs: number): ClientRegistry {
  const registry = client.createRegistry();
  const { observe, graphUsage, graphRequest, converted, paused, investigated } =
    createPrometheusObserver({
      registry,
      snapshot: () => SCRIPT_SNAPSHOT,
      quality: () => SCRIPT_QUALITY,
      journal: () => ({ queued: 3, dropped: 2 }),
      now: () => T0,
    });
  for (const event of SCRIPT) observe({ ...event, at: event.at + shiftMs });
  graphUsage('whatsapp_business_management', 0.25);
  graphRequest('phone_numbers', 'ok');
  converted({ experiment: 'greeting', variant: 'short' }, 'completed');
  paused({ experiment: 'greeting', variant: 'long' }, true);
  investigated('status', 0);
  investigated('rating', 0);
  investigated('rating', 1);
  return registry;
}

/** What a scraper gets that takes OpenMetrics. */
export async function scrapeOpenMetrics(registry: ClientRegistry): Promise<string> {
  return (await expose(registry, ACCEPT_OPEN_METRICS)).text;
}
