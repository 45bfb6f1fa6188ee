import { createNodeNames } from './node-names';
import type { ConversationShape, LineShape } from './shapes';

/** A line for which Botkit draws one of several texts each time it is sent. */
export interface RandomText {
  readonly flow: string;
  readonly node: string;
  /** How many texts it has. */
  readonly texts: number;
}

/** Says which text to send, by its index from 0; undefined leaves it to Botkit. */
export type ChooseText = (line: RandomText) => Promise<number | undefined> | undefined;

/** Whether Botkit draws the text of a line at random. */
export function hasRandomText({ text }: LineShape): boolean {
  return Array.isArray(text) && text.length > 1;
}

/** Finds the lines of a conversation whose text Botkit draws at random. */
export function findRandomTexts({ id, script }: ConversationShape): readonly RandomText[] {
  const names = createNodeNames(script);
  return Object.entries(script).flatMap(([thread, lines]) =>
    lines.flatMap((line, index) => {
      const node = names(thread, index);
      if (node === undefined || !hasRandomText(line)) return [];
      return [{ flow: id, node, texts: countTexts(line) }];
    }),
  );
}

/** How many texts a line has to choose from. */
export function countTexts({ text }: LineShape): number {
  return Array.isArray(text) ? text.length : 1;
}
