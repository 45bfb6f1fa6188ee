import { GraphError, toArray, toObject, toText } from '@turnspan/whatsapp';
import { formatDuration, formatTime } from '../format-time';
import { type Check, type Finding, named, ok, type Patient, skipped, wrong } from './check';
import { toFailure } from './graph-failure';

const NEEDED = 'whatsapp_business_management';
const SOON_MS = 7 * 86_400_000;
const RENEW =
  'Make a token that does not expire: Business settings, System users, Generate new token.';

/** What the token is, and the app that it is of, for those who ask next. */
export interface TokenCheck {
  readonly check: Check;
  readonly appId: string | undefined;
}

/** Looks at the access token: whether there is one, and what it may do for how long. */
export async function checkToken({ graph, values, io }: Patient): Promise<TokenCheck> {
  const token = values['access-token'];
  if (graph === undefined || token === undefined) {
    return toCheck(skipped('No access token.', 'Set WHATSAPP_ACCESS_TOKEN.'));
  }
  try {
    const answer = await graph.request('GET', 'debug_token', { query: { input_token: token } });
    const rights = toObject(toObject(answer).data);
    return toCheck(judge(rights, io.now()), toText(rights.app_id));
  } catch (error) {
    return toCheck(toFinding(error));
  }
}

function toCheck(finding: Finding, appId?: string): TokenCheck {
  return { check: named('access token', finding), appId };
}

/** Meta may refuse to tell about a token that is good: what it may read is seen below. */
function toFinding(error: unknown): Finding {
  const isRefused = error instanceof GraphError && error.graphCode !== 190;
  if (!isRefused || error.retryable) return toFailure(error, 'Try again in a minute.');
  return skipped(`Meta does not tell the rights of this token: ${error.message}`);
}

function judge(rights: ReturnType<typeof toObject>, now: number): Finding {
  const scopes = toArray(rights.scopes).flatMap((scope) => toText(scope) ?? []);
  if (rights.is_valid !== true) return wrong('Meta takes it for invalid.', RENEW);
  if (!scopes.includes(NEEDED)) {
    return wrong(
      `It lacks the permission ${NEEDED}; it has ${scopes.join(', ') || 'none'}.`,
      `Make a new token for the system user, with ${NEEDED}.`,
    );
  }
  return judgeExpiry(Number(rights.expires_at ?? 0) * 1000, now);
}

/** Meta says 0 for never. */
function judgeExpiry(expiresAt: number, now: number): Finding {
  if (!(expiresAt > 0)) return ok(`It has ${NEEDED} and does not expire.`);
  const left = expiresAt - now;
  if (left <= 0) return wrong(`It expired at ${formatTime(expiresAt)} UTC.`, RENEW);
  const found = `It has ${NEEDED} and expires in ${formatDuration(left)}.`;
  return left < SOON_MS ? ok(found, RENEW) : ok(found);
}
