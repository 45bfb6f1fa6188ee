import { spawn } from 'node:child_process';
import { createConsoleServer } from '@turnspan/console';
import type { QualityFact } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { createToken, toLink } from '../console/console-page';
import { createConsoleSource } from '../console/create-source';
import { isTraceUrl, TRACE_URL } from '../console/options-schema';
import { type Command, type CommandArguments, type CommandOption, JOURNAL_OPTION } from './command';
import type { CommandIo } from './command-io';
import { findStorePlace, STORE_OPTION, useShared } from './experiment/open-shared';
import { journalPlace, readJournal, showPlace } from './open-journal';
import { UsageError } from './usage-error';

const TRACE_OPTION: CommandOption = {
  name: 'trace-url',
  value: 'URL',
  env: 'TURNSPAN_TRACE_URL',
  meaning: 'where the traces of a session are, with {sessionId} in it',
};

/** Shows a journal in a browser. */
export const consoleCommand: Command = {
  name: 'console',
  summary: 'Shows the journey map, and the rating below it, in a browser',
  notes: [
    'It prints a link with a token and serves the page on this machine until it is',
    'stopped, with Ctrl-C or a signal.',
  ],
  options: [
    JOURNAL_OPTION,
    STORE_OPTION,
    TRACE_OPTION,
    { name: 'port', value: 'PORT', meaning: '9465 if it is not given; 0 takes a free one' },
    {
      name: 'token',
      value: 'TOKEN',
      env: 'TURNSPAN_CONSOLE_TOKEN',
      meaning: 'lets in whoever has it; else a new one',
    },
    { name: 'open', meaning: 'opens the link in the browser' },
  ],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const { port: wanted, token = createToken(), open } = args.values;
  const port = readPort(wanted);
  const traceUrl = readTraceUrl(args);
  const facts = readFacts(args, io);
  return readJournal(place, io, async (journal) => {
    // A journal that cannot be read is told now, and not on the page.
    await journal.rows('visit_hours', { limit: 1 });
    const link = await serve(journal, { token, port, io, facts, traceUrl });
    if (link.url === undefined) return 1;
    const text = args.json
      ? JSON.stringify({ at: io.now(), journal: showPlace(place), ...link }, undefined, 2)
      : `Console: ${link.link}\nPress Ctrl+C to stop.`;
    io.stdout.write(`${text}\n`);
    if (open !== undefined) openBrowser(link.link);
    await io.untilStopped();
    await link.close();
    return 0;
  });
}

interface Serving {
  readonly token: string;
  readonly port: number | undefined;
  readonly io: CommandIo;
  readonly facts: (() => Promise<readonly QualityFact[]>) | undefined;
  readonly traceUrl: string | undefined;
}

async function serve(journal: Journal, { token, port, io, facts, traceUrl }: Serving) {
  const source = createConsoleSource(journal, { now: io.now, facts, traceUrl });
  const server = createConsoleServer({
    source,
    token,
    ...(port !== undefined && { port }),
    onError: (error) => io.stderr.write(`turnspan: ${toSentence(error)}\n`),
  });
  const url = (await server.listening)?.url;
  return { url, link: toLink(url ?? '', token), close: () => server.close() };
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError('--port takes a port from 0 to 65535.');
}

function readTraceUrl({ values }: CommandArguments): string | undefined {
  const url = values['trace-url'];
  if (url === undefined || isTraceUrl(url)) return url;
  throw new UsageError(`--trace-url takes ${TRACE_URL}.`);
}

/** Without a store, experiments are shown as far as the journal knows them. */
function readFacts(
  args: CommandArguments,
  io: CommandIo,
): (() => Promise<readonly QualityFact[]>) | undefined {
  const place = findStorePlace(args);
  return place && (() => useShared(place, io, (shared) => shared.facts()));
}

const OPENERS: Readonly<Record<string, string>> = { darwin: 'open', win32: 'explorer' };

/** Who has no browser has the link. */
function openBrowser(link: string): void {
  const program = OPENERS[process.platform] ?? 'xdg-open';
  const child = spawn(program, [link], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function toSentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
