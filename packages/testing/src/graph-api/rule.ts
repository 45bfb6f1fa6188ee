import { type GraphError, toGraphError } from './graph-errors';
import type { JsonObject } from './types';

/** Says what is wrong with the content of a message of this type, if anything is. */
export type Rule = (content: JsonObject, type: string) => GraphError | undefined;

/** The refusal of a request that lacks something. */
export function missing(details: string): GraphError {
  return { ...toGraphError(131008), details };
}

/** The refusal of a request with a value that is not allowed. */
export function invalid(details: string): GraphError {
  return { ...toGraphError(131009), details };
}

/** Answers whether this is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Answers whether this is a text with something in it, and not too long. */
export function isText(value: unknown, max: number = Number.POSITIVE_INFINITY): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= max;
}
