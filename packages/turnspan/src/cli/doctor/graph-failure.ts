import { GraphError } from '@turnspan/whatsapp';
import { type Finding, wrong } from './check';

/** What to do about a call that Meta refused, or never answered. */
export function toFailure(error: unknown, advice: string): Finding {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof GraphError)) {
    return wrong(message, 'Let this machine reach the Graph API: network, proxy, --base-url.');
  }
  return wrong(message, error.graphCode === 190 ? NEW_TOKEN : advice);
}

const NEW_TOKEN =
  'Make a new token: Business settings, System users, Generate new token, without an expiry date.';
