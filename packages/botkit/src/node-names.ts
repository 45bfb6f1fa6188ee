import type { LineShape, Script } from './shapes';

/** Gives the lines of a script their node ids. */
export type NodeNames = (thread: string, index: number) => string | undefined;

/**
 * Names the nodes of a script: the line's own `id`, else the key under which its answer is
 * collected, else thread and position (`default.3`). A key that several lines collect is
 * followed by thread and position, too. Text never names a node: users and variables fill it in.
 */
export function createNodeNames(script: Script): NodeNames {
  const uses = countKeys(script);
  return (thread, index) => {
    const line = script[thread]?.[index];
    return line && nameOf(line, { position: `${thread}.${index}`, uses });
  };
}

function nameOf(
  { id, collect }: LineShape,
  { position, uses }: { readonly position: string; readonly uses: ReadonlyMap<string, number> },
): string {
  if (typeof id === 'string' && id !== '') return id;
  const key = collect?.key;
  if (!key) return position;
  return uses.get(key) === 1 ? key : `${key}@${position}`;
}

function countKeys(script: Script): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { collect } of Object.values(script).flat()) {
    if (collect?.key) uses.set(collect.key, (uses.get(collect.key) ?? 0) + 1);
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
