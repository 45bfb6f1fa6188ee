import type { RandomText } from '@turnspan/botkit';
import { type OnError, TurnspanError } from '@turnspan/core';
import type { BotExperimentsOptions } from './options';

const NAMED = 10;

/**
 * Tells once of the lines that Botkit draws a text for each time they are sent: who tries
 * experiments has others beside them. Those that are experiments themselves are left out.
 */
export function tellRandomTexts(
  lines: readonly RandomText[],
  { texts = {} }: BotExperimentsOptions,
  tell: OnError,
): void {
  const known = new Set(Object.values(texts).map(({ flow, node }) => `${flow}/${node}`));
  const names = lines.map(({ flow, node }) => `${flow}/${node}`).filter((name) => !known.has(name));
  if (names.length === 0) return;
  const rest = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const detail = `${names.slice(0, NAMED).join(', ')}${rest}: declare them with \`experiments.texts\` to see which text does better.`;
  tell(new TurnspanError('TEXTS_RANDOM', { detail }));
}
