/** What identifies each dashboard in Grafana; alerts link to them. */
export const DASHBOARD_UIDS = {
  quality: 'turnspan-quality',
  journey: 'turnspan-journey',
  responseTime: 'turnspan-response-time',
  delivery: 'turnspan-delivery',
  experiments: 'turnspan-experiments',
  itself: 'turnspan-itself',
} as const;

/** Name of a dashboard. */
export type DashboardName = keyof typeof DASHBOARD_UIDS;
