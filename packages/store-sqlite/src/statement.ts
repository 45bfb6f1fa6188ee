import type { Database, Row } from './internal-types';
import { kindOf, type StatementKind, toBindable } from './to-database';

/** Something to run on a file. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly (string | number | null)[];
  readonly kind: StatementKind;
}

/** What became of a statement. */
export interface Answer {
  readonly rows: readonly Row[];
  /** How many rows it changed, if it gives none. */
  readonly changes: number;
}

/** Runs statements, one after the other. */
export type Ask = (statement: Statement) => Promise<Answer>;

/** A statement with what can be bound of its parameters. */
export function toStatement(sql: string, parameters: readonly unknown[] = []): Statement {
  return { sql, parameters: parameters.map(toBindable), kind: kindOf(sql) };
}

/** Runs a statement in this thread. */
export function runHere(database: Database, { sql, parameters, kind }: Statement): Answer {
  switch (kind) {
    case 'control':
      database.exec(sql);
      return { rows: [], changes: 0 };
    case 'reader':
      return { rows: database.prepare(sql).all(parameters), changes: 0 };
    case 'writer':
      return { rows: [], changes: database.prepare(sql).run(parameters) };
  }
}
