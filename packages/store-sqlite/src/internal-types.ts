import type { SqliteDatabase } from 'kysely';

/** An open file, as Kysely and the migrations use it. */
export interface Database extends SqliteDatabase {
  /** Runs statements that give nothing back. */
  exec(sql: string): void;
  /** Runs one statement at once, and gives its rows. */
  query(sql: string): readonly Readonly<Record<string, unknown>>[];
}

/** What every driver can do. */
export interface RawDatabase {
  prepare(sql: string): RawStatement;
  exec(sql: string): void;
  close(): void;
}

/** A statement of a driver. */
export interface RawStatement {
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): {
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
}
