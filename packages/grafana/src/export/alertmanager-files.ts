import { createAlertmanagerInhibitions } from '../alerts/inhibitions';
import { toFile } from './to-file';

/** What goes into the configuration of an Alertmanager that is there. */
export function createInhibitionFile(): string {
  return toFile({ inhibit_rules: createAlertmanagerInhibitions() }, [
    'Alertmanager reads one file only: add these to the `inhibit_rules` of yours.',
  ]);
}

/** A whole configuration to begin with, whose receivers tell nobody yet. */
export function createAlertmanagerExample(): string {
  const route = {
    receiver: 'team',
    group_by: ['job', 'category'],
    group_wait: '30s',
    group_interval: '5m',
    repeat_interval: '12h',
    routes: [{ matchers: ['severity="critical"'], receiver: 'duty', repeat_interval: '1h' }],
  };
  const receivers = [{ name: 'team' }, { name: 'duty' }];
  return toFile({ route, receivers, inhibit_rules: createAlertmanagerInhibitions() }, [
    'A whole configuration to begin with. The receivers tell nobody yet: say how in them.',
  ]);
}
