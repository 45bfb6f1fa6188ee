import type { Answer } from '../../src/answer';

/** What an answer says; fails the test where it says nothing. */
export function expectFound<T>(answer: Answer<T> | undefined): T {
  if (!answer) throw new Error('There is no answer.');
  if (answer.kind !== 'found') throw new Error(`Not enough data: ${answer.reason}`);
  return answer.value;
}
