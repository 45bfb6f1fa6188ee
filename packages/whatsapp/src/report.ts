import type { OnError } from '@turnspan/core';
import { toObject, toText } from './json';

/** Where contained failures go by default: a process warning, which Node prints to stderr. */
export const warn: OnError = (error) => {
  // As text, because Node takes no error of another realm, such as a test runner's.
  const { stack } = toObject(error);
  process.emitWarning(String(error), { type: 'TurnspanWarning', detail: toText(stack) ?? '' });
};
