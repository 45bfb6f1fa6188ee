import { invalidOption } from '@turnspan/journal';

/** Longer ones are cut off by Postgres, and then two may be one. */
const MAX_SCHEMA_BYTES = 63;

/**
 * Refuses what cannot be a pool, or a schema of our own.
 *
 * @throws TurnspanError `OPTION_INVALID`
 */
export function checkPlace(pool: unknown, schema: unknown): void {
  const { connect } = Object(pool) as { readonly connect?: unknown };
  if (typeof connect !== 'function') throw invalidOption('pool', 'a pool of `pg`', pool);
  const isName = typeof schema === 'string' && schema !== '' && !schema.includes('\0');
  if (isName && Buffer.byteLength(schema) <= MAX_SCHEMA_BYTES && !schema.startsWith('pg_')) return;
  const expected = `a name of at most ${MAX_SCHEMA_BYTES} bytes without \`pg_\` in front`;
  throw invalidOption('schema', expected, schema);
}
