import type { Answer } from '../../src/answer';

/** What an answer says; fails the test where it says nothing. */
export function expectFound<T>(answer: Answer<T>): T {
  if (answer.kind !== 'found') throw new Error(`Not enough data: ${answer.reason}`);
  return answer.value;
}
