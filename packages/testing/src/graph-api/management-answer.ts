import { type GraphError, toGraphError } from './graph-errors';
import { type GraphNode, NODE_TYPES } from './management-fields';
import type { ManagementCall, ReadFailure } from './management-types';
import type { Answer } from './messages-endpoint';
import type { JsonObject } from './types';

/** What goes back over the wire; after `silence` nothing does. */
export type ManagementAnswer = Answer | { readonly kind: 'silence' };

/** An answer that refuses. */
export function refusal(error: GraphError): Answer {
  return { kind: 'refusal', error };
}

/** A planned failure as an answer. */
export function toAnswer(failure: ReadFailure): ManagementAnswer {
  switch (failure.kind) {
    case 'error': {
      const { kind: _, code, ...given } = failure;
      return { kind: 'refusal', error: { ...toGraphError(code), ...given } };
    }
    case 'unavailable':
      return { kind: 'page', httpStatus: failure.httpStatus };
    case 'reset':
    case 'silence':
      return failure;
  }
}

/** Only reading is allowed. */
export function checkMethod({ method, endpoint }: ManagementCall): GraphError | undefined {
  return method === 'GET' || endpoint === 'other' ? undefined : toGraphError(10);
}

/** An answer that gives what was asked for. */
export function success(body: JsonObject): Answer {
  return { kind: 'success', body };
}

/** The fields that were asked for; Graph adds the id unasked. */
export function select(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(['id', ...names].map((name) => [name, fields[name]]));
}

/** The refusal of an id that the token does not reach. */
export function noSuchObject(id: string, method: string): GraphError {
  const message = `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
  return { ...toGraphError(100), message, subcode: 33, type: 'GraphMethodException' };
}

/** The refusal of a path that leads nowhere. */
export function unknownPath(path: string): GraphError {
  return { code: 2500, httpStatus: 400, message: `Unknown path components: ${path}` };
}

/** The refusal of a whole call because of one field. */
export function unknownField(field: string, kind: GraphNode['kind']): GraphError {
  const message = `(#100) Tried accessing nonexisting field (${field}) on node type (${NODE_TYPES[kind]})`;
  return { ...toGraphError(100), message };
}

/** The refusal of a cursor that was not given out here. */
export function badCursor(): GraphError {
  return { ...toGraphError(100), message: '(#100) Invalid cursors values' };
}

/** The refusal of any other token. */
export function wrongToken(): GraphError {
  const message = 'Invalid OAuth access token - Cannot parse access token';
  return { ...toGraphError(190), message };
}

/** The refusal of a token whose time is over. */
export function expiredToken(): GraphError {
  const message = 'Error validating access token: Session has expired.';
  return { ...toGraphError(190), message, subcode: 463 };
}
