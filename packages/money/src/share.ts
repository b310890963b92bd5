/** How to round what does not divide evenly: half away from zero, half to even, or towards zero. */
export type Rounding = "half-up" | "half-even" | "down";

/**
 * A share of an amount, exactly rounded: `share(1000n, 29n, 1000n)` is 2.9 % of 10.00, that is `29n`.
 *
 * @param minor amount in minor units, of either sign
 * @param numerator for 2.9 %: `29n` of `1000n`
 * @param rounding default `half-up` (half away from zero, so that a refund mirrors its charge)
 */
export function share(minor: bigint, numerator: bigint, denominator: bigint, rounding: Rounding = "half-up"): bigint {
  const product = minor * numerator;
  const negative = product < 0n !== denominator < 0n;
  const top = product < 0n ? -product : product;
  const bottom = denominator < 0n ? -denominator : denominator;
  const quotient = top / bottom;
  const rest = (top % bottom) * 2n;
  const up =
    rounding === "down"
      ? false
      : rest > bottom || (rest === bottom && (rounding === "half-up" || quotient % 2n === 1n));
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}
