import type { Answer } from '@turnspan/insights';
import type { VNode } from 'preact';
import { sayTooLittle } from '../language/format';
import { usePage } from '../page';

/** Says that there is not enough to go on; nothing where there is. */
export function TooLittle({ answer }: { readonly answer: Answer<unknown> }): VNode | null {
  const sentence = sayTooLittle(answer, usePage());
  return sentence === undefined ? null : <p class="too-little">{sentence}</p>;
}
