import { spawn } from 'node:child_process';
import { createConsoleServer } from '@turnspan/console';
import type { Journal } from '@turnspan/journal';
import { createToken, toLink } from '../console/console-page';
import { createConsoleSource } from '../console/create-source';
import { type Command, type CommandArguments, JOURNAL_OPTION } from './command';
import type { CommandIo } from './command-io';
import { journalPlace, readJournal, showPlace } from './open-journal';
import { UsageError } from './usage-error';

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
  return readJournal(place, io, async (journal) => {
    // A journal that cannot be read is told now, and not on the page.
    await journal.rows('visit_hours', { limit: 1 });
    const link = await serve(journal, { token, port, io });
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
}

async function serve(journal: Journal, { token, port, io }: Serving) {
  const source = createConsoleSource(journal, { now: io.now });
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
