/**
 * The smallest rate of false discoveries at which each test would count, in the order of the tests:
 * q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎ m ÷ j (Benjamini & Hochberg 1995).
 */
export function controlFalseDiscovery(ps: readonly number[]): readonly number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const qs = ps.map(() => 1);
  let smallest = 1;
  for (const [above, { p, index }] of order.entries()) {
    smallest = Math.min(smallest, (p * ps.length) / (ps.length - above));
    qs[index] = smallest;
  }
  return qs;
}

/** Adds to each finding what its p is worth among all that were tested. */
export function addFalseDiscovery<T extends { readonly p: number }>(
  findings: readonly T[],
): readonly (T & { readonly q: number })[] {
  const qs = controlFalseDiscovery(findings.map(({ p }) => p));
  return findings.map((finding, index) => ({ ...finding, q: qs[index] ?? 1 }));
}
