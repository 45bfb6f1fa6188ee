/** Raises p-values by Holm's rule, in their order, so that all of them hold together. */
export function adjustHolm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((pValue, index) => ({ pValue, index }));
  order.sort((one, other) => one.pValue - other.pValue);
  const adjusted = [...pValues];
  let largest = 0;
  for (const [rank, { pValue, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, pValue * (order.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
