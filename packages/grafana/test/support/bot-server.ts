import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toMachineTime } from './exposition-time';
import type { Recording } from './recording';
import type { CompressedTime } from './time';

/** Where bots are scraped. */
export interface BotServer {
  /** `host:port`. */
  readonly address: string;
  /** The time of the bots; undefined until somebody has asked for the first time. */
  time(): CompressedTime | undefined;
  stop(): Promise<void>;
}

/**
 * Serves the metrics of bots, each at `/` and its job: what it has last been recorded with. Their
 * life begins when somebody asks for the first time: a Prometheus that starts takes seconds to do so.
 */
export async function startBotServer(
  recordings: ReadonlyMap<string, Recording>,
  begin: () => CompressedTime,
): Promise<BotServer> {
  let time: CompressedTime | undefined;
  const server = createServer(({ url = '' }, response) => {
    const recording = recordings.get(url.slice(1));
    if (recording === undefined) return response.writeHead(404).end();
    const { startAt, everyMs, scrapes } = recording;
    time ??= begin();
    const index = Math.floor((time.toBots(Date.now()) - startAt) / everyMs);
    const exposition = (scrapes[index] ?? scrapes.at(-1))?.toString();
    response.setHeader('Content-Type', 'text/plain; version=0.0.4');
    return response.end(toMachineTime(exposition ?? '', time));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    time: () => time,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
