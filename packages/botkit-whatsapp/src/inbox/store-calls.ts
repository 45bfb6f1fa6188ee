import { type Inbox, type InboxEntry, TurnspanError } from '@turnspan/core';
import { isJsonObject, type StartTimer } from '@turnspan/whatsapp';
import type { RareReport } from './rare-report';
import { createRest } from './rest';

/** What {@link createStoreCalls} takes. */
export interface StoreCallsOptions {
  readonly store: Inbox;
  readonly timeoutMs: number;
  readonly leaseMs: number;
  readonly startTimer: StartTimer;
  readonly tick: () => number;
  readonly report: RareReport;
}

/**
 * The calls of an inbox. None of them rejects, each settles in time, with undefined when the store
 * has failed; `onAnswer` also hears of an answer that came too late, and before anybody who waits.
 */
export interface StoreCalls {
  put(entry: InboxEntry): Promise<boolean | undefined>;
  renew(ids: readonly string[], onAnswer: (ours: ReadonlySet<string>) => void): Promise<unknown>;
  /** Gives false where the store does not know. */
  isBehind(id: string): Promise<boolean | undefined>;
  /** Gives whether the store has taken it. */
  done(id: string, onAnswer: () => void): Promise<boolean>;
  takeOver(
    limit: number,
    onAnswer: (entries: readonly InboxEntry[]) => void,
  ): Promise<readonly InboxEntry[] | undefined>;
}

/** Puts a deadline and a check on the answers of a store that may be slow, down or broken. */
export function createStoreCalls(options: StoreCallsOptions): StoreCalls {
  const { store, leaseMs } = options;
  const ask = createAsk(options);
  return {
    put: (entry) =>
      ask({
        kind: 'put',
        ask: () => store.put(entry, leaseMs),
        parse: (answer) => (typeof answer === 'boolean' ? answer : undefined),
      }),
    isBehind: (id) =>
      ask({
        kind: 'isBehind',
        ask: async () => (await store.isBehind?.(id)) ?? false,
        parse: (answer) => (typeof answer === 'boolean' ? answer : undefined),
      }),
    renew: (ids, onAnswer) =>
      ask({ kind: 'renew', ask: () => store.renew(ids, leaseMs), parse: parseIds, onAnswer }),
    done: async (id, onAnswer) => {
      const ended = ask({ kind: 'done', ask: () => store.done(id), parse: () => true, onAnswer });
      return (await ended) === true;
    },
    takeOver: (limit, onAnswer) =>
      ask({
        kind: 'takeOver',
        ask: () => store.takeOver(limit, leaseMs),
        parse: parseEntries,
        onAnswer,
      }),
  };
}

interface Question<T> {
  readonly kind: keyof Inbox;
  readonly ask: () => Promise<unknown>;
  readonly parse: (answer: unknown) => T | undefined;
  readonly onAnswer?: ((answer: T) => void) | undefined;
}

type Ask = <T>(question: Question<T>) => Promise<T | undefined>;

function createAsk({ timeoutMs, startTimer, tick, report }: StoreCallsOptions): Ask {
  const rest = createRest(tick);
  return ({ kind, ask, parse, onAnswer }) => {
    if (rest.isOn()) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      let isOver = false;
      const end = (isGood: boolean) => {
        isOver = true;
        stopTimer();
        rest.note(isGood);
      };
      const fail = (detail: string, cause?: unknown) => {
        report(kind, () => unavailable(`\`${kind}\` of the inbox ${detail}`, cause));
        if (!isOver) end(false);
        resolve(undefined);
      };
      const stopTimer = startTimer(() => fail(`took more than ${timeoutMs} ms.`), timeoutMs);
      start(ask)
        .then((answer) => {
          const value = parse(answer);
          if (value === undefined) return fail('gave an answer that is none.');
          if (!isOver) end(true);
          onAnswer?.(value);
          resolve(value);
        })
        .catch((error) => fail('failed; messages go on without it.', error));
    });
  };
}

/** A store that throws is one that rejects. */
async function start(ask: () => Promise<unknown>): Promise<unknown> {
  return ask();
}

function unavailable(detail: string, cause: unknown): TurnspanError {
  return new TurnspanError('STORE_UNAVAILABLE', { detail, cause });
}

function parseIds(answer: unknown): ReadonlySet<string> | undefined {
  const isIds = Array.isArray(answer) && answer.every((id) => typeof id === 'string');
  return isIds ? new Set(answer) : undefined;
}

function parseEntries(answer: unknown): readonly InboxEntry[] | undefined {
  return Array.isArray(answer) && answer.every(isEntry) ? answer : undefined;
}

function isEntry(value: unknown): value is InboxEntry {
  return (
    isJsonObject(value) &&
    [value.id, value.sender, value.payload].every((each) => typeof each === 'string')
  );
}
