import type { Inbox, InboxEntry } from '@turnspan/core';

const WEEK_MS = 7 * 86_400_000;

interface Row {
  readonly entry: InboxEntry;
  holder: number;
  leasedUntil: number;
}

/** The server of an inbox that several processes of a test share. */
export interface InboxServer {
  /** Gives one process its inbox. */
  connect(): Inbox;
  /** The entries that are not done, oldest first. */
  entries(): readonly InboxEntry[];
  /** All that was ever written, as one text. */
  written(): string;
}

export function createInboxServer(now: () => number): InboxServer {
  const rows = new Map<string, Row>();
  const doneUntil = new Map<string, number>();
  const written: string[] = [];
  let holders = 0;

  /** Unless another process has an earlier message of the sender. */
  function mayTake({ entry: { id, sender }, leasedUntil }: Row, holder: number): boolean {
    const all = [...rows.values()];
    const earlier = all.slice(
      0,
      all.findIndex((row) => row.entry.id === id),
    );
    return (
      leasedUntil <= now() &&
      earlier.every(
        (row) => row.entry.sender !== sender || row.holder === holder || row.leasedUntil <= now(),
      )
    );
  }

  function connect(): Inbox {
    holders += 1;
    const holder = holders;
    return {
      async put(entry, leaseMs) {
        written.push(JSON.stringify(entry));
        if (rows.has(entry.id) || (doneUntil.get(entry.id) ?? 0) > now()) return false;
        rows.set(entry.id, { entry, holder, leasedUntil: now() + leaseMs });
        return true;
      },
      async renew(ids, leaseMs) {
        const ours = ids.filter((id) => rows.get(id)?.holder === holder);
        for (const id of ours) Object.assign(rows.get(id) ?? {}, { leasedUntil: now() + leaseMs });
        return ours;
      },
      async done(id) {
        rows.delete(id);
        doneUntil.set(id, now() + WEEK_MS);
      },
      async takeOver(limit, leaseMs) {
        const taken = [...rows.values()].filter((row) => mayTake(row, holder)).slice(0, limit);
        for (const row of taken) Object.assign(row, { holder, leasedUntil: now() + leaseMs });
        return taken.map(({ entry }) => entry);
      },
      async isBehind(id) {
        const all = [...rows.values()];
        const index = all.findIndex(({ entry }) => entry.id === id);
        const sender = all[index]?.entry.sender;
        return all
          .slice(0, Math.max(0, index))
          .some((row) => row.entry.sender === sender && row.holder !== holder);
      },
    };
  }

  return {
    connect,
    entries: () => [...rows.values()].map(({ entry }) => entry),
    written: () => [...written, ...doneUntil.keys()].join('\n'),
  };
}
