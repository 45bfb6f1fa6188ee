import type { StoreErrors } from '@turnspan/journal';
import { toPostgresError } from './postgres-error';

/** What is wrong with a single row and with nothing else: its values, a constraint, its size. */
const ROW = /^(?:22|23|54)/;
/** The connection failed, or the server went down or is out of order. */
const SESSION = /^(?:08|57P|58|XX)/;

/** How Postgres says what is wrong. */
export const POSTGRES_ERRORS: StoreErrors = {
  isRowRefused: (error) => {
    const state = stateOf(error);
    return state === undefined ? error instanceof TypeError : ROW.test(state);
  },
  toStoreError: toPostgresError,
};

/** Whether a connection goes on after this error; what the server did not say itself ends it. */
export function isSessionSound(error: unknown): boolean {
  const state = stateOf(error);
  return state !== undefined && !SESSION.test(state);
}

/** The SQLSTATE, if the server has said it; the codes of Node can look the same. */
function stateOf(error: unknown): string | undefined {
  const { code, severity } = Object(error) as {
    readonly code?: unknown;
    readonly severity?: unknown;
  };
  return typeof code === 'string' && typeof severity === 'string' ? code : undefined;
}
