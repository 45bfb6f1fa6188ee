import { type OnError, TurnspanError } from '@turnspan/core';

/**
 * Reports each kind of failure once, as a process warning. Only errors of our own are shown with
 * their text: that of others may quote what a user wrote.
 */
export function warnOnce(): OnError {
  const reported = new Set<string>();
  return (error) => {
    const { text, kind } = describe(error);
    if (reported.has(kind)) return;
    reported.add(kind);
    process.emitWarning(text, { type: 'TurnspanWarning', code: kind });
  };
}

function describe(error: unknown): { readonly text: string; readonly kind: string } {
  if (error instanceof TurnspanError) return { text: error.message, kind: error.code };
  const name = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? placeOf(error) : '';
  return {
    text: `Turnspan kept a failure of its own from the bot: ${name}${place}. It is counted in turnspan_contained_errors_total; this kind is not reported again.`,
    kind: `${name}${place}`,
  };
}

/** The first line of the stack that names code; the message above it may look like one, too. */
function placeOf({ message, stack = '' }: Error): string {
  const start = stack.indexOf(message);
  const frames = start < 0 ? '' : stack.slice(start + message.length);
  const line = frames.split('\n').find((text) => /^\s+at /.test(text));
  return line ? ` ${line.trim()}` : '';
}
