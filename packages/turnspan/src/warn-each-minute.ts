import { type OnError, TurnspanError } from '@turnspan/core';

const MINUTE_MS = 60_000;
/** Places in code that can fail are few; this is for what makes up names of its own. */
const MAX_KINDS = 1000;

/** What is known of one kind of failure. */
interface Kind {
  readonly warnedAt: number;
  repeats: number;
}

/**
 * Reports failures as warnings of the process, each kind once a minute at most, and then says how
 * often it came meanwhile. Only errors of our own are shown with their text: that of others may
 * quote what a user wrote.
 */
export function warnEachMinute(tick: () => number = () => performance.now()): OnError {
  const kinds = new Map<string, Kind>();
  return (error) => {
    const { text, kind } = describe(error);
    const at = tick();
    const known = kinds.get(kind);
    if (known && at - known.warnedAt < MINUTE_MS) {
      known.repeats += 1;
      return;
    }
    kinds.delete(kind);
    if (kinds.size >= MAX_KINDS) forgetOldest(kinds);
    kinds.set(kind, { warnedAt: at, repeats: 0 });
    const warning = known ? `${text}${sayRepeats(known, at)}` : text;
    process.emitWarning(warning, { type: 'TurnspanWarning', code: kind });
  };
}

function forgetOldest(kinds: Map<string, Kind>): void {
  const [oldest] = kinds.keys();
  if (oldest !== undefined) kinds.delete(oldest);
}

function sayRepeats({ repeats, warnedAt }: Kind, at: number): string {
  if (repeats === 0) return '';
  const times = repeats === 1 ? '1 more time' : `${repeats} more times`;
  const minutes = Math.floor((at - warnedAt) / MINUTE_MS);
  return ` It happened ${times} in the last ${minutes === 1 ? 'minute' : `${minutes} minutes`}.`;
}

function describe(error: unknown): { readonly text: string; readonly kind: string } {
  if (error instanceof TurnspanError) return { text: error.message, kind: error.code };
  const name = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? placeOf(error) : '';
  return {
    text: `Turnspan kept a failure of its own from the bot: ${name}${place}. It is counted in turnspan_contained_errors_total.`,
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
