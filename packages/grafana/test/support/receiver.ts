import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** An alert as Alertmanager tells of it. */
export interface Delivery {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What somebody who is on call has: something that Alertmanager posts to. */
export interface Receiver {
  readonly url: string;
  /** All that was delivered so far, in its order. */
  readonly deliveries: readonly Delivery[];
  stop(): Promise<void>;
}

/** Starts a receiver of webhooks on a free loopback port. */
export async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const server = createServer(async (request, response) => {
    const { alerts } = (await json(request)) as { readonly alerts: readonly Delivery[] };
    deliveries.push(...alerts);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/alerts`,
    deliveries,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
