import { type ConsoleServer, type ConsoleServerOptions, createConsoleServer } from '../../src';
import { createMadeUpSource } from './made-up-source';

/** The token of every console of a test. */
export const TOKEN = 'correct horse battery';

/** A console that is listened to. */
export interface StartedConsole extends ConsoleServer {
  /** With a slash at its end. */
  readonly url: string;
}

/** Starts a console about the made-up pizzeria on a free port. */
export async function startConsole(
  options: Partial<ConsoleServerOptions> & Pick<ConsoleServerOptions, 'assets'>,
): Promise<StartedConsole> {
  const server = createConsoleServer({
    source: createMadeUpSource(Date.now()),
    token: TOKEN,
    port: 0,
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  const address = await server.listening;
  if (!address) throw new Error('The console does not listen.');
  return { ...server, url: address.url };
}
