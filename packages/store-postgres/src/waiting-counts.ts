import type { WaitingCount } from '@turnspan/core';
import type { Row, StoreConnection } from './store-connection';

/** More changes than this, beyond one for each node, are added up for good. */
const SPARE_CHANGES = 500;
/** How many at a time, so that a sweep does not have to make up for an outage. */
const FOLDED_AT_ONCE = 20_000;

/** Adds up who came and went at each node. */
export class WaitingCounts {
  readonly #connection: StoreConnection;
  readonly #table: string;

  constructor(connection: StoreConnection) {
    this.#connection = connection;
    this.#table = connection.table('store_count_changes');
  }

  /** How many wait at each node. */
  async read(): Promise<readonly WaitingCount[]> {
    const rows = await this.#connection.query(`
      select flow, node, sum(waiting)::float8 as waiting, sum(stalled)::float8 as stalled,
        count(*)::float8 as changes
      from ${this.#table} group by flow, node`);
    const changes = rows.reduce((sum, row) => sum + Number(row.changes), 0);
    if (changes > rows.length + SPARE_CHANGES) await this.#fold();
    return rows.map(toCount).filter(({ waiting }) => waiting !== 0);
  }

  /** Puts one row in the place of many, in one step, so that nobody ever reads another sum. */
  async #fold(): Promise<void> {
    const text = `
      with folded as (
        delete from ${this.#table} where number in (
          select number from ${this.#table} order by number limit $1 for update skip locked)
        returning flow, node, waiting, stalled)
      insert into ${this.#table} (flow, node, waiting, stalled)
      select flow, node, sum(waiting), sum(stalled) from folded
      group by flow, node having sum(waiting) <> 0 or sum(stalled) <> 0`;
    await this.#connection.query(text, [FOLDED_AT_ONCE]);
  }
}

function toCount({ flow, node, waiting, stalled }: Row): WaitingCount {
  const place = { flow: String(flow), node: String(node) };
  return { ...place, waiting: Number(waiting), stalled: Number(stalled) };
}
