import type { IncomingMessage } from 'node:http';

/** The bytes of a request, or why there are none. */
export type Body =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'too_large' }
  /** Somebody read the stream before and kept nothing that could be verified. */
  | { readonly kind: 'consumed' }
  /** The sender hung up. */
  | { readonly kind: 'aborted' };

/** A request as frameworks leave it. */
type ServedRequest = IncomingMessage & { readonly rawBody?: unknown; readonly body?: unknown };

/**
 * Reads the raw bytes of a request, at most `maxBytes` of them: a longer body is left unread. When
 * a body parser was there first, takes what it kept, in the order of trust: a Buffer in `rawBody`
 * or `body`, then a string. A string that was put together chunk by chunk has lost every character
 * that was split between two chunks, and its signature will not match; mount before the parser.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { kind: 'too_large' };
  const { rawBody, body } = request as ServedRequest;
  if (Buffer.isBuffer(rawBody)) return limited(rawBody, maxBytes);
  if (!request.readableDidRead && !request.readableEnded) {
    return request.destroyed ? { kind: 'aborted' } : collect(request, maxBytes);
  }
  if (Buffer.isBuffer(body)) return limited(body, maxBytes);
  const text = [rawBody, body].find((candidate) => typeof candidate === 'string');
  return text === undefined ? { kind: 'consumed' } : limited(Buffer.from(text), maxBytes);
}

function limited(bytes: Buffer, maxBytes: number): Body {
  return bytes.length > maxBytes ? { kind: 'too_large' } : { kind: 'bytes', bytes };
}

function collect(request: IncomingMessage, maxBytes: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;

    function finish(body: Body): void {
      request.off('data', take).off('end', end).off('close', abort).off('error', abort);
      // A broken connection may report its error only now, and an unheard error ends the process.
      request.on('error', () => {});
      resolve(body);
    }
    function take(chunk: Buffer | string): void {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      length += bytes.length;
      chunks.push(bytes);
      if (length <= maxBytes) return;
      request.pause();
      finish({ kind: 'too_large' });
    }
    const end = () => finish({ kind: 'bytes', bytes: Buffer.concat(chunks) });
    const abort = () => finish({ kind: 'aborted' });

    request.on('data', take).on('end', end).on('close', abort).on('error', abort);
  });
}
