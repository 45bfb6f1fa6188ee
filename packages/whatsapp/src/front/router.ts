import { toObject } from '../json';

interface Router {
  readonly stack?: unknown;
}

/**
 * Moves the route or middleware that was added last ahead of the first one of a given name: routers
 * only add at the end. It works for Express 4 and 5, their routers, and Connect; a server of another
 * kind keeps the order it has.
 */
export function moveLastAhead(webserver: unknown, isBehind: (name: unknown) => boolean): void {
  const stack = stackOf(webserver);
  const position = stack.findIndex((layer) => isBehind(toObject(layer).name));
  if (position >= 0) stack.splice(position, 0, stack.pop());
}

/** Express 4 has `_router` and throws on `router`; Express 5 has only `router`. */
function stackOf(webserver: unknown): unknown[] {
  const { _router } = webserver as { readonly _router?: Router };
  const own = webserver as Router & { readonly router?: Router };
  const { stack } = _router ?? (Array.isArray(own.stack) ? own : own.router) ?? {};
  return Array.isArray(stack) ? stack : [];
}
