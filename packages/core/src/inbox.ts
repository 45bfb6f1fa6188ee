/** A message that a channel has handed over and the bot is not done with. */
export interface InboxEntry {
  /** Names the message; a hash, as the channel's own id may tell who sent it. */
  readonly id: string;
  /** Whose messages it has to stay in order with: one person on one line, as a hash. */
  readonly sender: string;
  /** The message itself, encrypted. */
  readonly payload: string;
}

/** Keeps messages from before the channel is told that they have arrived until the bot is done with them. */
export interface Inbox {
  /**
   * Keeps a message for this process for `leaseMs`. False if it is or was there already: the
   * channel has sent it twice.
   */
  put(entry: InboxEntry, leaseMs: number): Promise<boolean>;
  /** Goes on keeping messages for this process; those that are no longer its own are left out of the answer. */
  renew(ids: readonly string[], leaseMs: number): Promise<readonly string[]>;
  /** The bot is done with a message: its payload goes, its id is remembered for a week. */
  done(id: string): Promise<void>;
  /**
   * Takes up to `limit` messages over whose process has let them run out, in the order in which
   * they came; messages of one sender only while no other process has an earlier one of theirs.
   */
  takeOver(limit: number, leaseMs: number): Promise<readonly InboxEntry[]>;
  /**
   * Whether another process, alive or not, still has an earlier message of the same sender.
   * @default nobody knows, and order is kept within each process alone
   */
  isBehind?(id: string): Promise<boolean>;
}
