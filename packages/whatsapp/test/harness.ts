import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '@turnspan/core';
import type { StartTimer } from '../src';

export const SECRET = 'an app secret';

/** A recorded body, as text, so that its bytes stay what they are. */
export function fixture(name: string): string {
  return readFileSync(join(__dirname, 'fixtures', `${name}.json`), 'utf8');
}

export function sign(body: string | Buffer, secret: string = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export async function serve(
  listener: RequestListener,
): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A clock that stands until it is set. */
export function createManualClock(): Clock & { advance(ms: number): void } {
  let now = 1_750_000_000_000;
  return {
    now: () => now,
    tick: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

/** A timer that runs when the test says so. */
export function createManualTimer(): { start: StartTimer; fire(): void } {
  const waiting = new Set<() => void>();
  return {
    start(run) {
      waiting.add(run);
      return () => waiting.delete(run);
    },
    fire() {
      for (const run of waiting) run();
      waiting.clear();
    },
  };
}

export function envelope(...changes: readonly unknown[]): unknown {
  return { object: 'whatsapp_business_account', entry: [{ id: '1', time: 1773446400, changes }] };
}

export function messagesField(value: Record<string, unknown>): unknown {
  const metadata = { display_phone_number: '15550783881', phone_number_id: '106540352242922' };
  return { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
}
