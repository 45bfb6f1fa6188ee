const FACTORS: Readonly<Record<string, number>> = { '': 1, K: 1000, M: 1_000_000 };

/**
 * Reads a messaging limit, which comes as a number (-1 for none) or as a tier, into digits:
 * `TIER_2K` is `2000` and `TIER_UNLIMITED` is `Infinity`. `TIER_NOT_SET` is no limit that is known.
 */
export function parseMessagingLimit(value: unknown): string | undefined {
  if (value === 'TIER_UNLIMITED' || value === -1 || value === '-1') return 'Infinity';
  if (typeof value !== 'number' && typeof value !== 'string') return;
  const [, digits, unit = ''] = /^(?:TIER_)?(\d{1,12})([KM]?)$/.exec(String(value)) ?? [];
  if (digits === undefined) return;
  return String(Number(digits) * (FACTORS[unit] ?? 1));
}
