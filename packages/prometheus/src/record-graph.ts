import type { Recorder } from './recorder';

/** Notes how much of a rate limit is used up. */
export function recordGraphUsage(recorder: Recorder, kind: string, ratio: number): void {
  const { metrics, limits } = recorder;
  metrics.whatsapp_graph_usage_ratio.set(ratio, limits.word(kind.toLowerCase()));
}

/** Counts a request to the Graph API. */
export function recordGraphRequest(recorder: Recorder, endpoint: string, result: string): void {
  const { metrics, limits } = recorder;
  const labels = [limits.endpoint(endpoint), limits.word(result)] as const;
  metrics.whatsapp_graph_requests_total.inc(...labels);
}
