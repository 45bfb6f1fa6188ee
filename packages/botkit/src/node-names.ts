import type { LineShape, Script } from './shapes';

/** Gives the lines of a script their node ids. */
export type NodeNames = (thread: string, index: number) => string | undefined;

/**
 * Names the nodes of a script: the line's own `id`, else the key under which its answer is
 * collected, else thread and position (`default.3`). A name that several lines have is followed
 * by thread and position, too. Text never names a node: users and variables fill it in.
 */
export function createNodeNames(script: Script): NodeNames {
  const uses = countNames(script);
  return (thread, index) => {
    const line = script[thread]?.[index];
    if (!line) return undefined;
    const name = ownName(line);
    const position = `${thread}.${index}`;
    if (name === undefined) return position;
    return uses.get(name) === 1 ? name : `${name}@${position}`;
  };
}

function ownName({ id, collect }: LineShape): string | undefined {
  return typeof id === 'string' && id !== '' ? id : collect?.key || undefined;
}

function countNames(script: Script): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const line of Object.values(script).flat()) {
    const name = ownName(line);
    if (name !== undefined) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}

/**
 * Whether a line is the one that Botkit puts behind each question for the question's handlers to
 * run in: nobody wrote it, and nothing happens there.
 */
export function isFiller(script: Script, thread: string, index: number): boolean {
  const line = script[thread]?.[index];
  const before = script[thread]?.[index - 1];
  return line?.action === 'next' && before?.collect !== undefined && !hasContent(line);
}

/** Whether a line sends something, by Botkit's own rule. */
export function hasContent(line: LineShape): boolean {
  const { type, text, attachments, attachment, blocks, channelData } = line;
  const fields =
    typeof channelData === 'object' && channelData ? Object.keys(channelData).length : 0;
  return Boolean(type || text || attachments || attachment || blocks || fields > 0);
}
