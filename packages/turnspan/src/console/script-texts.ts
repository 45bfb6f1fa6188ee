import { type ControllerShape, createNodeNames, type Script } from '@turnspan/botkit';

/** Gives what the bot says at a node, as its script has it. */
export type TextOf = (flow: string, node: string) => string | undefined;

/** Reads the scripts of a bot as they are when they are asked for: a bot may change them while it runs. */
export function createScriptTexts(controller: ControllerShape): TextOf {
  const known = new WeakMap<Script, ReadonlyMap<string, string>>();
  const { dialogSet } = controller as { dialogSet: { find?(id: string): unknown } };
  return (flow, node) => {
    const { script } = (dialogSet.find?.(flow) ?? {}) as { readonly script?: Script };
    if (typeof script !== 'object' || script === null) return undefined;
    const texts = known.get(script) ?? readTexts(script);
    known.set(script, texts);
    return texts.get(node);
  };
}

function readTexts(script: Script): ReadonlyMap<string, string> {
  const names = createNodeNames(script);
  const texts = new Map<string, string>();
  for (const [thread, lines] of Object.entries(script)) {
    for (const [index, { text }] of lines.entries()) {
      const name = names(thread, index);
      // Of several texts Botkit draws one; a function makes one for each user.
      const [first] = Array.isArray(text) ? (text as readonly unknown[]) : [text];
      if (name !== undefined && typeof first === 'string') texts.set(name, first);
    }
  }
  return texts;
}
