/** Percent of a capture that refunds may go beyond it, and the most that this may be, in minor units. */
const BEYOND_PERCENT = 15n;
const MOST: Readonly<Record<string, bigint>> = {
  __proto__: null as never,
  USD: 7500n,
  EUR: 7500n,
  GBP: 7500n,
  JPY: 8400n,
};

/**
 * What may be refunded of a capture: the captured amount plus the lesser of 15 % and 75 USD, EUR or GBP (8,400 JPY).
 * In other currencies, for which no ceiling is documented, plus 15 %.
 *
 * Source: Create Refund, limits.
 *
 * @param captured in minor units, positive
 */
export function refundCeiling(captured: bigint, currency: string): bigint {
  const share = (captured * BEYOND_PERCENT) / 100n;
  const most = MOST[currency];
  return captured + (most === undefined || share < most ? share : most);
}
