/** The pool of `pg`, as far as it is used; it is yours, and is never ended here. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
  on?(event: 'error', listener: (error: unknown) => void): unknown;
  off?(event: 'error', listener: (error: unknown) => void): unknown;
}

/** A connection that a pool has lent. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<PostgresResult>;
  /** Gives it back, or away for good when it is no longer to be trusted. */
  release(destroy?: boolean): void;
  on?(event: 'error', listener: (error: unknown) => void): unknown;
  off?(event: 'error', listener: (error: unknown) => void): unknown;
}

/** One statement. */
export interface PostgresQuery {
  readonly text: string;
  readonly values?: unknown[];
  /** How the texts of the server become values; the pool's own way where it is left out. */
  readonly types?: {
    getTypeParser(type: number, format?: string): (text: string) => unknown;
  };
}

/** What a statement gives. */
export interface PostgresResult {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly rowCount: number | null;
}
