import type { Maybe, Timestamp, Untold, Waiting } from '@turnspan/core';
import type { StoreFile } from './store-file';
import { toWaiting, WAIT_COLUMNS } from './waiting-row';

/** Nobody tells a drop again when its claim is forgotten. */
const KEPT_MS = 8 * 86_400_000;
/** More than one that is old for each that is new, so that what is old gets less. */
const SWEPT_AT_ONCE = 3;

const KEEP = `
  insert or replace into untold (${WAIT_COLUMNS}, settled_at)
  select ${WAIT_COLUMNS}, ? from waits where id = ? and lease = ?`;
const SWEEP = `
  delete from untold where id in (
    select id from untold where settled_at <= ? order by settled_at limit ?)`;
const LIST = `
  select ${WAIT_COLUMNS} from untold where settled_at < ? and settled_at > ?
  order by settled_at limit ?`;
const FORGET = 'delete from untold where id = ?';

/** What an {@link SqliteUntold} needs. */
export interface SqliteUntoldParts {
  readonly file: StoreFile;
  readonly now: () => Timestamp;
}

/** Drops that are settled and not written down, of all processes on one file. */
export class SqliteUntold implements Untold {
  readonly #parts: SqliteUntoldParts;

  constructor(parts: SqliteUntoldParts) {
    this.#parts = parts;
  }

  /** Keeps a wait that is about to be dropped; for within a write. */
  keep(id: string, lease: string): void {
    const { file, now } = this.#parts;
    const at = now();
    file.change(SWEEP, [at - KEPT_MS, SWEPT_AT_ONCE]);
    file.change(KEEP, [at, id, lease]);
  }

  list(settledBefore: Timestamp, limit: number): Maybe<readonly Waiting[]> {
    const { file, now } = this.#parts;
    const parameters = [settledBefore, now() - KEPT_MS, limit];
    return file.read(() => file.rows(LIST, parameters).map(toWaiting));
  }

  forget(ids: readonly string[]): Maybe<void> {
    if (ids.length === 0) return;
    const { file } = this.#parts;
    return file.write(() => {
      for (const id of ids) file.change(FORGET, [id]);
    });
  }
}
