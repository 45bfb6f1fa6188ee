import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { type Ask, toStatement } from './statement';
import { BEGIN } from './to-database';

/** Has Kysely speak to one connection, wherever that is. */
export function createStatementDialect(ask: Ask): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new StatementDriver(ask),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** One connection, which one has at a time. */
class StatementDriver implements Driver {
  readonly #connection: DatabaseConnection;
  #isFree: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  constructor(ask: Ask) {
    this.#connection = {
      executeQuery: async <R>({ sql, parameters }: CompiledQuery) => {
        const { rows, changes } = await ask(toStatement(sql, parameters));
        return { rows: rows as R[], numAffectedRows: BigInt(changes) };
      },
      streamQuery: refuseStream,
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const isFree = this.#isFree;
    let release = () => {};
    this.#isFree = new Promise((resolve) => {
      release = resolve;
    });
    await isFree;
    this.#release = release;
    return this.#connection;
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(BEGIN));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** Some failures have rolled back already, and what they were matters more. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async destroy(): Promise<void> {}
}

/** Nothing of ours reads a row at a time. */
function refuseStream(): AsyncIterableIterator<QueryResult<never>> {
  throw new TypeError('A journal is not read as a stream.');
}
