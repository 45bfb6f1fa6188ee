/** A row as it is in the file. */
export type Row = Readonly<Record<string, unknown>>;

/** An open file. */
export interface Database {
  prepare(sql: string): PreparedStatement;
  /** Runs statements that give nothing back. */
  exec(sql: string): void;
  /** Runs one statement at once, and gives its rows. */
  query(sql: string): readonly Row[];
  close(): void;
}

/** A statement that can be run again. */
export interface PreparedStatement {
  /** Runs it for its rows. */
  all(parameters: readonly unknown[]): readonly Row[];
  /** Runs it for how many rows it changes. */
  run(parameters: readonly unknown[]): number;
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
  run(parameters: readonly unknown[]): { readonly changes: number | bigint };
}
