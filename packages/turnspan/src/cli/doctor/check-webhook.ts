import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { type Asked, ask, withoutQuery } from './ask';
import { type Check, type Finding, named, ok, type Patient, skipped, wrong } from './check';

/** A webhook that is valid and says nothing. */
const EMPTY = '{"object":"whatsapp_business_account","entry":[]}';
const REACH =
  'Let the bot listen there, behind a proxy with TLS, and let the address be reached from outside.';

/** Looks at the webhook as Meta does: handshake, a signed update, and a forged one. */
export async function checkWebhook(patient: Patient): Promise<readonly Check[]> {
  const { webhook: url, 'app-secret': appSecret, 'verify-token': verifyToken } = patient.values;
  const need = (value: string | undefined, what: string, variable: string) =>
    value === undefined ? skipped(`No ${what}.`, `Set ${variable}.`) : undefined;
  const noUrl = url === undefined ? skipped('No address.', 'Give --webhook URL.') : undefined;
  const noSecret = need(appSecret, 'app secret', 'WHATSAPP_APP_SECRET');
  const noToken = need(verifyToken, 'verify token', 'WHATSAPP_VERIFY_TOKEN');
  const post = (secret: string | Buffer) => send(patient, url ?? '', secret);
  return [
    named(
      'webhook handshake',
      noUrl ?? noToken ?? (await shakeHands(patient, url ?? '', verifyToken ?? '')),
    ),
    named(
      'webhook, signed',
      noUrl ?? noSecret ?? judgeSigned(await post(appSecret ?? ''), url ?? ''),
    ),
    named('webhook, forged', noUrl ?? judgeForged(await post(randomBytes(32)))),
  ];
}

async function shakeHands({ io }: Patient, webhook: string, verifyToken: string): Promise<Finding> {
  const challenge = String(randomInt(1_000_000_000, 9_999_999_999));
  const url = new URL(webhook);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  const asked = await ask(io, url.href);
  if (asked.kind === 'silence') return unreached(webhook, asked.reason);
  if (asked.status !== 200) {
    const advice = 'Let the bot have the verify token that is given here, and this path.';
    return wrong(`${withoutQuery(webhook)} answers ${asked.status}.`, advice);
  }
  if (asked.body === challenge) return ok(`${withoutQuery(webhook)} gives the challenge back.`);
  const advice =
    'Answer the GET of the handshake with the value of hub.challenge and nothing else.';
  return wrong(`${withoutQuery(webhook)} gives back something else than the challenge.`, advice);
}

function send({ io }: Patient, url: string, secret: string | Buffer): Promise<Asked> {
  const signature = createHmac('sha256', secret).update(EMPTY).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-hub-signature-256': `sha256=${signature}`,
  };
  return ask(io, url, { method: 'POST', headers, body: EMPTY });
}

function judgeSigned(asked: Asked, url: string): Finding {
  if (asked.kind === 'silence') return unreached(url, asked.reason);
  if (asked.status === 200) return ok('A signed update is answered 200.');
  return wrong(
    `A signed update is answered ${asked.status}; Meta would repeat it for days.`,
    [401, 403].includes(asked.status)
      ? 'Let the bot have the app secret that is given here, and read the raw body before any parser.'
      : 'Look into the log of the bot: is it this path, and is no body parser ahead of the webhook?',
  );
}

function judgeForged(asked: Asked): Finding {
  if (asked.kind === 'silence') return skipped(`No answer: ${asked.reason}.`);
  if ([401, 403].includes(asked.status)) {
    return ok(`A wrongly signed update is refused with ${asked.status}.`);
  }
  const advice = 'Let the bot check X-Hub-Signature-256: whoever knows the address can lie to it.';
  const found = `A wrongly signed update is answered ${asked.status}, not 401 or 403.`;
  return wrong(found, advice);
}

function unreached(url: string, reason: string): Finding {
  return wrong(`${withoutQuery(url)} is not reached: ${reason}.`, REACH);
}
