import { AccountPoller } from './account-poller';
import { toPollerSettings } from './poller-settings';
import { POLL_SUBJECTS, type Poller, type PollerOptions } from './types';
import { toSubjects } from './webhook-subjects';

/**
 * Makes a poller of what Meta pushes to nobody: the ratings of numbers, limits, health; and of
 * templates and accounts as a check on the webhooks. Meta keeps no history, so a time without a
 * poller is a gap for ever. It only reads.
 *
 * @throws TurnspanError `OPTION_INVALID`
 *
 * @example
 * const graph = createGraphClient({ accessToken, onUsage: (usages) => poller.noteUsage(usages) });
 * const poller = createPoller({ graph, businessAccountIds, onFacts });
 * poller.start();
 */
export function createPoller(options: PollerOptions): Poller {
  const settings = toPollerSettings(options);
  const accountIds = [...new Set(options.businessAccountIds)];
  const accounts = accountIds.map((accountId) => new AccountPoller(accountId, settings));
  let isStarted = false;
  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      for (const account of accounts) account.start();
    },
    stop() {
      isStarted = false;
      for (const account of accounts) account.stop();
    },
    async pollNow(subject) {
      const subjects = subject === undefined ? POLL_SUBJECTS : [subject];
      await Promise.all(accounts.map((account) => account.pollNow(subjects)));
    },
    noteWebhook(field, accountId) {
      const subjects = toSubjects(field);
      for (const account of accounts) {
        if (accountId === undefined || accountId === account.accountId)
          account.noteWebhook(subjects);
      }
    },
    noteUsage(usages) {
      settings.gate.noteUsage(usages);
    },
  };
}
