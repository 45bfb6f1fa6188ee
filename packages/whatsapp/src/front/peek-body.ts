import type { IncomingMessage } from 'node:http';
import type { Body } from '../read-body';

/**
 * Reads the raw bytes of a request and puts them back, so that whoever comes next finds a stream
 * that nobody has read. A body of more than `maxBytes` is put back as far as it was read. The
 * request must be unread, and nobody else may be reading it.
 */
export async function peekBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { kind: 'too_large' };
  // A body that came in one packet with its headers is whole by then. To listen before would make
  // Node look at the stream once more, and an empty one that is looked at when whole is over.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  return peek(request, maxBytes);
}

function peek(request: IncomingMessage, maxBytes: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;

    function finish(kind: 'bytes' | 'too_large' | 'aborted'): void {
      request.off('readable', take).off('close', abort).off('error', abort);
      // A broken connection may report its error only now, and an unheard error ends the process.
      request.on('error', () => {});
      const bytes = Buffer.concat(chunks);
      putBack(request, bytes);
      // By then the stream has noticed that nobody listens any more.
      process.nextTick(resolve, kind === 'bytes' ? { kind, bytes } : { kind });
    }
    function take(): void {
      // To read when there is nothing left would end the stream for those who come next.
      while (request.readableLength > 0) {
        const bytes = toBytes(request, request.read());
        length += bytes.length;
        chunks.push(bytes);
      }
      if (length > maxBytes) finish('too_large');
      else if (isWhole(request)) finish('bytes');
    }
    const abort = () => finish('aborted');

    if (request.destroyed) finish('aborted');
    else if (isWhole(request)) take();
    else request.on('readable', take).on('close', abort).on('error', abort);
  });
}

/** Of the state of a stream, what Node has no public name for. */
interface StreamState {
  readonly ended?: boolean;
  dataEmitted?: boolean;
}

function stateOf(request: IncomingMessage): StreamState {
  return (request as { readonly _readableState?: StreamState })._readableState ?? {};
}

/** All has come, whether or not it was read. `complete` is true of some mock requests too early. */
function isWhole(request: IncomingMessage): boolean {
  return stateOf(request).ended ?? request.complete;
}

/** This must be in the same tick as the last reading, after which the stream would end. */
function putBack(request: IncomingMessage, bytes: Buffer): void {
  const { readableEncoding: encoding } = request;
  if (bytes.length > 0 && encoding === null) request.unshift(bytes);
  else if (bytes.length > 0)
    request.unshift(bytes.toString(encoding ?? 'utf8'), encoding ?? 'utf8');
  // Some, such as `fetch` with a request as its body, refuse a stream that was read before.
  stateOf(request).dataEmitted = false;
}

/** A stream that somebody has set an encoding on gives texts. */
export function toBytes(request: IncomingMessage, chunk: Buffer | string): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk, request.readableEncoding ?? 'utf8') : chunk;
}
