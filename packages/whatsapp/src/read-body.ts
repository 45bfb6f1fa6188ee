import type { IncomingMessage } from 'node:http';

/** The bytes of a request, or why there are none. */
export type Body =
  | {
      readonly kind: 'bytes';
      readonly bytes: Buffer;
      /** They come from a text in which characters were lost, perhaps by who put it together. */
      readonly mayBeTorn?: boolean;
    }
  | { readonly kind: 'too_large' }
  /** Somebody read the stream before and kept nothing that could be verified. */
  | { readonly kind: 'consumed' }
  /** The sender hung up. */
  | { readonly kind: 'aborted' };

/** A request as frameworks leave it. */
export type ServedRequest = IncomingMessage & {
  readonly rawBody?: unknown;
  readonly body?: unknown;
};

/**
 * Reads the raw bytes of a request, at most `maxBytes` of them: a longer body is left unread. When
 * a body parser was there first, takes what it kept, in the order of trust: a Buffer in `rawBody`
 * or `body`, then a string. A string that was put together chunk by chunk has lost every character
 * that was split between two chunks, and its signature will not match; mount before the parser.
 * A string that is still being put together is not taken.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { kind: 'too_large' };
  const { rawBody, body } = request as ServedRequest;
  if (Buffer.isBuffer(rawBody)) return limited(rawBody, maxBytes);
  if (!request.readableDidRead && !request.readableEnded) {
    return request.destroyed ? { kind: 'aborted' } : collect(request, maxBytes);
  }
  if (Buffer.isBuffer(body)) return limited(body, maxBytes);
  return readText(request, maxBytes);
}

function readText({ rawBody, body, readableEnded }: ServedRequest, maxBytes: number): Body {
  const text = [rawBody, body].find((candidate) => typeof candidate === 'string');
  if (text === undefined || !readableEnded) return { kind: 'consumed' };
  const kept = limited(Buffer.from(text), maxBytes);
  return kept.kind === 'bytes' ? { ...kept, mayBeTorn: isTorn(text) } : kept;
}

/** What is no UTF-8, as half a character is not, becomes this character when it is decoded. */
function isTorn(text: string): boolean {
  return text.includes('\uFFFD');
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
