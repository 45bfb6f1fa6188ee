import type { StoreConnection } from './store-connection';

/** The statements of the waiting list. */
export interface WaitingStatements {
  readonly wait: string;
  readonly claim: string;
  readonly known: string;
  readonly takeDue: string;
  readonly settle: string;
}

/**
 * Each is one statement and so one transaction. What two callers do to one visit at once is put in
 * order by its row: whoever comes second sees, in `on conflict` and after `for update`, what the
 * first has left, also where it came after the second's statement began.
 */
export function createWaitingStatements(connection: StoreConnection): WaitingStatements {
  const visits = connection.table('store_visits');
  const changes = `${connection.table('store_count_changes')} (flow, node, waiting, stalled)`;
  return {
    wait: wait(visits, changes),
    claim: claim(visits, changes),
    known: `select reason, claimed_by, flow is null as unseen from ${visits} where id = $1`,
    takeDue: takeDue(visits),
    settle: settle(visits, changes),
  };
}

/** `left_…` is where the visit was counted before; only the row itself knows for sure. */
function wait(visits: string, changes: string): string {
  return `
    with put as (
      insert into ${visits} as visit (id, flow, node, waiting, stall_at, drop_at, deadline)
      values ($1, $2, $3, $4, $5, $6, least($5::float8, $6::float8))
      on conflict (id) do update set
        flow = excluded.flow, node = excluded.node, waiting = excluded.waiting,
        stall_at = excluded.stall_at, drop_at = excluded.drop_at,
        stalled = visit.stalled and visit.stall_at = excluded.stall_at,
        deadline = case when visit.stalled and visit.stall_at = excluded.stall_at
          then excluded.drop_at else excluded.deadline end,
        lease = null, leased_until = null,
        left_flow = visit.flow, left_node = visit.node, left_stalled = visit.stalled
      where visit.reason is null
      returning flow, node, stalled, left_flow, left_node, left_stalled),
    moved as (
      select * from put
      where (flow, node, stalled) is distinct from (left_flow, left_node, left_stalled))
    insert into ${changes}
    select flow, node, 1, stalled::int from moved
    union all
    select left_flow, left_node, -1, -left_stalled::int from moved where left_flow is not null`;
}

/** The position is read under a lock and removed; one that came in between stays and is told all the same. */
function claim(visits: string, changes: string): string {
  return `
    with listed as materialized (
      select waiting from ${visits} where id = $1 and reason is null for update),
    claimed as (
      insert into ${visits} as visit (id, reason, expires_at, claimed_by)
      select $1, $2, $3::float8, $4::text from (values (1)) as one left join listed on true
      on conflict (id) do update set
        reason = excluded.reason, expires_at = excluded.expires_at,
        claimed_by = excluded.claimed_by,
        deadline = null, lease = null, leased_until = null,
        waiting = case when exists (select from listed) then null else visit.waiting end
      where visit.reason is null
      returning flow, node, stalled, stall_at, drop_at, waiting),
    counted as (
      insert into ${changes}
      select flow, node, -1, -stalled::int from claimed where flow is not null)
    select stalled, stall_at, drop_at,
      coalesce((select waiting from listed), waiting) as waiting
    from claimed`;
}

function takeDue(visits: string): string {
  return `
    update ${visits} as visit set lease = $3, leased_until = $4
    from (
      select id from ${visits}
      where reason is null and deadline <= $1 and (leased_until is null or leased_until <= $1)
      order by deadline limit $2 for update skip locked) as due
    where visit.id = due.id
    returning waiting, stalled, stall_at, drop_at`;
}

/**
 * Whoever has the row just now has claimed, moved or taken it, so that it is not this taker's. A
 * drop keeps its place until it is written down.
 */
function settle(visits: string, changes: string): string {
  return `
    with mine as materialized (
      select visit.id, given.dropped
      from unnest($1::text[], $2::text[], $3::bool[]) as given (id, lease, dropped)
      join ${visits} as visit on visit.id = given.id and visit.lease = given.lease
      where visit.reason is null
      for update of visit skip locked),
    settled as (
      update ${visits} as visit set
        stalled = visit.stalled or not mine.dropped,
        deadline = case when mine.dropped then null else visit.drop_at end,
        lease = null, leased_until = null,
        reason = case when mine.dropped then 'dropped' end,
        settled_at = case when mine.dropped then $4::float8 end,
        expires_at = case when mine.dropped then $5::float8 end
      from mine where visit.id = mine.id
      returning visit.id, flow, node, stalled, mine.dropped),
    counted as (
      insert into ${changes}
      select flow, node, -count(*) filter (where dropped),
        sum(case when dropped then -stalled::int else 1 end)
      from settled group by flow, node)
    select id from settled`;
}
