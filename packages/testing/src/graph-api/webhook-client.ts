import { createHmac, randomBytes } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { TurnspanError } from '@turnspan/core';
import type { WebhookBody } from './types';

/** How a single webhook differs from a proper one. */
export interface PostOptions {
  /** Sent in place of the right signature; `null` sends none. */
  readonly signature?: string | null;
}

/** Posts webhooks as Meta does: signed, over connections that are kept open. */
export class WebhookClient {
  readonly #agent: Agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #appSecret: string;
  #url: string | undefined;

  constructor(appSecret: string, url: string | undefined) {
    this.#appSecret = appSecret;
    this.#url = url;
  }

  /** Sends everything from now on to this address. */
  setUrl(url: string): void {
    this.#url = url;
  }

  /** Posts one webhook and gives the HTTP status of the answer. */
  async post(body: WebhookBody, { signature }: PostOptions = {}): Promise<number> {
    const raw = escaped(JSON.stringify(body));
    const response = await this.#send('POST', this.#target(), {
      raw,
      headers: {
        'content-type': 'application/json',
        'content-length': String(raw.length),
        'user-agent': 'facebookexternalua',
        ...signatureHeader(signature === undefined ? this.#sign(raw) : signature),
      },
    });
    // Only a connection that is read to its end can carry the next webhook.
    await text(response);
    return response.statusCode ?? 0;
  }

  /** Does Meta's handshake for a new webhook and says whether the answer was right. */
  async verify(verifyToken: string): Promise<boolean> {
    const challenge = randomBytes(8).readBigUInt64BE().toString();
    const url = new URL(this.#target());
    url.searchParams.set('hub.mode', 'subscribe');
    url.searchParams.set('hub.challenge', challenge);
    url.searchParams.set('hub.verify_token', verifyToken);
    const response = await this.#send('GET', url.href, { headers: {} });
    return response.statusCode === 200 && (await text(response)) === challenge;
  }

  /** Closes the connections. */
  close(): void {
    this.#agent.destroy();
  }

  #target(): string {
    if (this.#url) return this.#url;
    throw new TurnspanError('OPTION_INVALID', {
      detail: 'Expected `webhookUrl` to be set by now.',
    });
  }

  #sign(raw: string): string {
    return `sha256=${createHmac('sha256', this.#appSecret).update(raw).digest('hex')}`;
  }

  #send(
    method: string,
    url: string,
    { raw, headers }: { readonly raw?: string; readonly headers: Record<string, string> },
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      request(url, { method, headers, agent: this.#agent }, resolve).on('error', reject).end(raw);
    });
  }
}

function signatureHeader(signature: string | null): Record<string, string> {
  return signature === null ? {} : { 'x-hub-signature-256': signature };
}

/** Meta signs and sends plain ASCII: who signs the parsed and re-written JSON gets it wrong. */
function escaped(json: string): string {
  return json
    .replaceAll('/', '\\/')
    .replace(
      /[\u0080-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
