import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebhookFront } from './webhook-front';

/** What the plugin of {@link createFastifyFront} is registered with. */
export interface FastifyFrontOptions {
  /** The path of the callback URL, as `/webhook`. */
  readonly path: string;
}

/** The part of Fastify that is used. */
export interface FastifyInstanceShape {
  addHook(name: 'preParsing', hook: PreParsingHook): unknown;
}

/** A hook that Fastify runs before it reads a body; it says what to read instead, here the same. */
export type PreParsingHook = (
  request: { readonly raw: IncomingMessage },
  reply: { readonly raw: ServerResponse },
  payload: unknown,
) => Promise<unknown>;

/** A Fastify plugin. */
export type FastifyFront = (
  fastify: FastifyInstanceShape,
  options: FastifyFrontOptions,
  done: () => void,
) => void;

/**
 * Makes the Fastify plugin that puts a front before the bot's own route. It needs no raw-body
 * plugin. Register it ahead of other plugins that read or change bodies.
 *
 * @example
 * app.register(createFastifyFront(front), { path: '/webhook' });
 */
export function createFastifyFront(front: WebhookFront): FastifyFront {
  const plugin: FastifyFront = (fastify, { path }, done) => {
    fastify.addHook('preParsing', async ({ raw }, reply, payload) => {
      if (raw.url?.split('?', 1)[0] === path) await pass(front, raw, reply.raw);
      return payload;
    });
    done();
  };
  // Without these Fastify would keep the hook to the plugin's own routes, of which there are none.
  return Object.assign(plugin, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: 'turnspan-front',
  });
}

/** Settles when the front hands the request on. */
function pass(
  front: WebhookFront,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  return new Promise((resolve, reject) => {
    front(request, response, () => resolve()).catch(reject);
  });
}
