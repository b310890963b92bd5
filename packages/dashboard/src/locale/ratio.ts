/** A ratio in hundredths of a per cent, rounded half away from zero: cut off, 2.9 % of an odd amount would read 2.89 %. */
export function permyriad(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) return 0n;
  const twice = (numerator * 20_000n) / denominator;
  return (twice + (twice < 0n ? -1n : 1n)) / 2n;
}
