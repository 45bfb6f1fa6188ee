import { createGraphClient, type GraphClient } from '@turnspan/whatsapp';
import { type Command, type CommandArguments, JOURNAL_OPTION } from '../../command';
import type { CommandIo } from '../../command-io';
import { journalPlace, readJournal, showPlace } from '../../open-journal';
import { createStyle } from '../../report/style';
import { UsageError } from '../../usage-error';
import { compareAtMeta, type MetaComparison } from './compare-at-meta';
import { drawTemplates } from './draw-templates';
import { compareNumbers, type SentTemplate } from './template-numbers';

/** Compares two templates. */
export const experimentTemplates: Command = {
  name: 'experiment templates',
  summary: 'Compares two templates, by our numbers and by blocks',
  operands: ['A', 'B'],
  notes: [
    'A and B are names, or ids where a name has several languages. Our numbers are',
    'those of the node that sends it: the one named as the template, or A@FLOW/NODE.',
    'Meta is only read, and compares nothing that was sent less than 1,000 times.',
  ],
  options: [
    JOURNAL_OPTION,
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
    { name: 'days', value: 'COUNT', meaning: '7, 30, 60 or 90 days back; 30 if it is not given' },
    {
      name: 'base-url',
      value: 'URL',
      meaning: 'where the Graph API is\n(else https://graph.facebook.com)',
    },
  ],
  run,
};

const DAY_MS = 86_400_000;

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const days = readDays(args);
  const [a = '', b = ''] = args.operands;
  const [one, other] = [parseTemplate(a), parseTemplate(b)];
  const now = io.now();
  const graph = toGraph(args, io);
  const period = { since: now - days * DAY_MS, until: now };
  const ours = await readJournal(place, io, (journal) =>
    compareNumbers(journal, [one, other], period),
  );
  const meta = await askMeta(graph, { args, days, now, names: [one.template, other.template] });
  const compared = { days, ours, meta };
  const text = args.json
    ? JSON.stringify({ at: now, journal: showPlace(place), ...compared }, undefined, 2)
    : drawTemplates(compared, createStyle(io));
  io.stdout.write(`${text}\n`);
  return meta.kind === 'refused' ? 1 : 0;
}

/** Reads `NAME` or `NAME@FLOW/NODE`. */
function parseTemplate(text: string): SentTemplate {
  const [, template, flow, node] = /^([^@/]+)(?:@([^/]+)\/(.+))?$/.exec(text) ?? [];
  if (template === undefined) {
    throw new UsageError('A template is a name or an id, or NAME@FLOW/NODE with its node.');
  }
  return { template, place: { flow, node: node ?? template } };
}

function readDays({ values }: CommandArguments): number {
  const days = Number(values.days ?? 30);
  if ([7, 30, 60, 90].includes(days)) return days;
  throw new UsageError('--days takes 7, 30, 60 or 90, as Meta looks back no other time.');
}

function toGraph({ values }: CommandArguments, { fetch }: CommandIo): GraphClient | undefined {
  const { 'access-token': accessToken, 'base-url': baseUrl } = values;
  if (baseUrl !== undefined && !/^https?:\/\//i.test(baseUrl)) {
    throw new UsageError('--base-url takes an address that begins with https:// or http://.');
  }
  if (accessToken === undefined) return undefined;
  if (!/^[\x21-\x7e]+$/.test(accessToken)) {
    throw new UsageError('The access token has a space or a letter that no access token has.');
  }
  return createGraphClient({ accessToken, fetch, ...(baseUrl !== undefined && { baseUrl }) });
}

interface Asking {
  readonly args: CommandArguments;
  readonly days: number;
  readonly now: number;
  readonly names: readonly [string, string];
}

async function askMeta(
  graph: GraphClient | undefined,
  { args, days, now, names }: Asking,
): Promise<MetaComparison> {
  const { account } = args.values;
  if (!graph || account === undefined) {
    const reason =
      'Meta was not asked: set WHATSAPP_ACCESS_TOKEN and WHATSAPP_BUSINESS_ACCOUNT_ID.';
    return { kind: 'not_asked', reason };
  }
  return await compareAtMeta(graph, { account, templates: names, days, now });
}
