import { createGraphClient } from '@turnspan/whatsapp';
import { type Command, type CommandArguments, JOURNAL_OPTION } from '../command';
import type { CommandIo } from '../command-io';
import { createPaint } from '../paint';
import { UsageError } from '../usage-error';
import type { Check, Patient } from './check';
import { checkAccount } from './check-account';
import { checkClock, watchClock } from './check-clock';
import { checkJournal } from './check-journal';
import { checkMetrics } from './check-metrics';
import { checkNode } from './check-node';
import { checkToken } from './check-token';
import { checkWebhook } from './check-webhook';
import { drawChecks } from './draw-checks';
import { createRedact } from './redact';

/** Tells what is missing between Meta and the metrics. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'Checks the way from Meta to your metrics, and says what to do',
  notes: [
    'What is not given is not checked. Nothing is changed: Meta is only read, and the',
    'webhook gets a handshake and two empty updates, one of them wrongly signed.',
    'Give secrets as variables: what is typed, other users of a machine can see.',
  ],
  options: [
    {
      name: 'access-token',
      value: 'TOKEN',
      env: 'WHATSAPP_ACCESS_TOKEN',
      meaning: 'what the Graph API is read with; never shown',
    },
    {
      name: 'account',
      value: 'ID',
      env: 'WHATSAPP_BUSINESS_ACCOUNT_ID',
      meaning: 'the WhatsApp Business Account',
    },
    {
      name: 'app-secret',
      value: 'SECRET',
      env: 'WHATSAPP_APP_SECRET',
      meaning: 'what webhooks are signed with; never shown',
    },
    {
      name: 'verify-token',
      value: 'WORD',
      env: 'WHATSAPP_VERIFY_TOKEN',
      meaning: 'what was agreed with Meta for the webhook; never shown',
    },
    { name: 'webhook', value: 'URL', meaning: 'where Meta sends webhooks' },
    JOURNAL_OPTION,
    {
      name: 'metrics',
      value: 'URL',
      meaning: 'where Prometheus scrapes\n(else http://127.0.0.1:9464/metrics)',
    },
    {
      name: 'base-url',
      value: 'URL',
      meaning: 'where the Graph API is\n(else https://graph.facebook.com)',
    },
  ],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  checkValues(args);
  const checks = (await examine(toPatient(args, io))).map(toSafe(args));
  const text = args.json
    ? JSON.stringify({ at: io.now(), checks }, undefined, 2)
    : drawChecks(checks, createPaint(io));
  io.stdout.write(`${text}\n`);
  return checks.some(({ status }) => status === 'wrong') ? 1 : 0;
}

/** Before anything is drawn: a secret that is cut into lines would not be found. */
function toSafe(args: CommandArguments): (check: Check) => Check {
  const redact = createRedact(args);
  return ({ found, advice, ...check }) => ({
    ...check,
    found: redact(found),
    ...(advice !== undefined && { advice: redact(advice) }),
  });
}

function checkValues({ values }: CommandArguments): void {
  if (!/^\d+$/.test(values.account ?? '0')) {
    throw new UsageError('--account takes the id of an account, which is a number.');
  }
  for (const name of ['webhook', 'metrics', 'base-url']) {
    const url = values[name];
    if (url === undefined || (URL.canParse(url) && /^https?:\/\//i.test(url))) continue;
    throw new UsageError(`--${name} takes an address that begins with https:// or http://.`);
  }
}

function toPatient({ values }: CommandArguments, io: CommandIo): Patient {
  const watch = watchClock(io);
  const accessToken = values['access-token'];
  if (accessToken === undefined) return { values, io, graph: undefined, ...watch };
  if (!/^[\x21-\x7e]+$/.test(accessToken)) {
    throw new UsageError('The access token has a space or a letter that no access token has.');
  }
  const baseUrl = values['base-url'];
  const options = { accessToken, fetch: watch.fetch, ...(baseUrl !== undefined && { baseUrl }) };
  return { values, io, graph: createGraphClient(options), skewMs: watch.skewMs };
}

/** One after the other, because some need what others found. */
async function examine(patient: Patient): Promise<readonly Check[]> {
  const token = await checkToken(patient);
  return [
    checkNode(patient.io.nodeVersion),
    token.check,
    ...(await checkAccount(patient, token.appId)),
    checkClock(patient),
    ...(await checkWebhook(patient)),
    ...(await checkJournal(patient)),
    await checkMetrics(patient),
  ];
}
