import { type Answer, found, notEnough } from '../answer';

/** How often a step from one state to another was seen. */
export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** Where a chain ends up that began in one state. */
export interface Absorption {
  /** How likely it ends in each state that nothing leads away from. */
  readonly ends: ReadonlyMap<string, number>;
  /** How often it passes each other state on average. */
  readonly visits: ReadonlyMap<string, number>;
}

/**
 * Where an absorbing Markov chain ends and what it passes: row s of the fundamental matrix
 * N = (I − Q)⁻¹, and of N R (Kemeny & Snell 1960).
 */
export function absorb(transitions: readonly Transition[], start: string): Answer<Absorption> {
  const leaving = countLeaving(transitions);
  if (!leaving.has(start)) {
    return notEnough(`Nothing was seen to lead away from "${start}".`, { had: 0, needed: 1 });
  }
  const states = [...leaving.keys()];
  const visits = solveVisits({ states, transitions, leaving, start });
  if (visits === undefined) {
    return notEnough('Some states are never left for good.', { had: 0, needed: 1 });
  }
  const ends = new Map<string, number>();
  for (const { from, to, count } of transitions) {
    if (leaving.has(to)) continue;
    const reached = ((visits.get(from) ?? 0) * count) / (leaving.get(from) ?? 1);
    ends.set(to, (ends.get(to) ?? 0) + reached);
  }
  return found({ ends, visits });
}

function countLeaving(transitions: readonly Transition[]): Map<string, number> {
  const leaving = new Map<string, number>();
  for (const { from, count } of transitions) {
    if (count > 0) leaving.set(from, (leaving.get(from) ?? 0) + count);
  }
  return leaving;
}

interface Chain {
  readonly states: readonly string[];
  readonly transitions: readonly Transition[];
  readonly leaving: ReadonlyMap<string, number>;
  readonly start: string;
}

/** Solves v (I − Q) = e for the one row that is needed. */
function solveVisits({
  states,
  transitions,
  leaving,
  start,
}: Chain): ReadonlyMap<string, number> | undefined {
  const places = new Map(states.map((state, index) => [state, index]));
  const rows = states.map((state, index) => {
    const row = new Float64Array(states.length + 1);
    row[index] = 1;
    row[states.length] = state === start ? 1 : 0;
    return row;
  });
  for (const { from, to, count } of transitions) {
    const column = places.get(from);
    const row = rows[places.get(to) ?? -1];
    if (row && column !== undefined)
      row[column] = at(row, column) - count / (leaving.get(from) ?? 1);
  }
  const solution = solve(rows);
  return solution && new Map(states.map((state, index) => [state, solution[index] ?? 0]));
}

const SINGULAR = 1e-12;

/** Gauss–Jordan with partial pivoting; undefined if there is no one solution. */
function solve(rows: Float64Array[]): readonly number[] | undefined {
  for (let column = 0; column < rows.length; column += 1) {
    const pivot = takePivot(rows, column);
    if (!pivot) return undefined;
    for (const row of rows) {
      if (row !== pivot) subtract(row, pivot, at(row, column) / at(pivot, column));
    }
  }
  return rows.map((row, index) => at(row, rows.length) / at(row, index));
}

function takePivot(rows: Float64Array[], column: number): Float64Array | undefined {
  let best = column;
  for (let index = column + 1; index < rows.length; index += 1) {
    if (Math.abs(at(rows[index], column)) > Math.abs(at(rows[best], column))) best = index;
  }
  const pivot = rows[best];
  const replaced = rows[column];
  if (!(pivot && replaced) || Math.abs(at(pivot, column)) < SINGULAR) return undefined;
  rows[best] = replaced;
  rows[column] = pivot;
  return pivot;
}

function subtract(row: Float64Array, pivot: Float64Array, times: number): void {
  if (times === 0) return;
  for (let column = 0; column < row.length; column += 1) {
    row[column] = at(row, column) - times * at(pivot, column);
  }
}

function at(row: Float64Array | undefined, column: number): number {
  return row?.[column] ?? 0;
}
