import type { IncomingMessage } from 'node:http';
import type { Body } from '../read-body';
import { toBytes } from './peek-body';

/** Answers whether somebody has begun to listen for the body, which nothing has come of yet. */
export function isListenedTo(request: IncomingMessage): boolean {
  const listeners = request.listenerCount('data') + request.listenerCount('readable');
  return listeners > 0 && !request.readableDidRead && !request.readableEnded;
}

/** Listens along with those who read the body, and neither stops the stream nor starts it. */
export function tapBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;

    function take(chunk: Buffer | string): void {
      const bytes = toBytes(request, chunk);
      length += bytes.length;
      if (length <= maxBytes) chunks.push(bytes);
    }
    function end(): void {
      if (length > maxBytes) resolve({ kind: 'too_large' });
      const mayBeTorn = request.readableEncoding !== null;
      resolve({ kind: 'bytes', bytes: Buffer.concat(chunks), mayBeTorn });
    }
    request
      .on('data', take)
      .on('end', end)
      .on('close', () => resolve({ kind: 'aborted' }));
  });
}
