/** What the type code of a detail record says of its direction. */
export type Bai2Kind = "credit" | "debit" | "status" | "non-monetary";

/**
 * The ranges of type codes. Source: Cash Management Balance Reporting Specifications (BAI2), appendix A; from 900 on each bank
 * names its own codes, within ranges that the standard sets.
 */
const RANGES: readonly (readonly [from: number, to: number, kind: Bai2Kind])[] = [
  [1, 99, "status"],
  [100, 399, "credit"],
  [400, 699, "debit"],
  [700, 719, "status"],
  [720, 759, "credit"],
  [760, 799, "debit"],
  [890, 890, "non-monetary"],
  [900, 919, "status"],
  [920, 959, "credit"],
  [960, 999, "debit"],
];

/** Kind of a type code; null for one that the standard has not. */
export function kindOf(code: string): Bai2Kind | null {
  if (!/^\d{3}$/.test(code)) return null;
  const number = Number(code);
  return RANGES.find(([from, to]) => number >= from && number <= to)?.[2] ?? null;
}

/** Balances by their type code. */
export const OPENING_LEDGER = "010";
export const CLOSING_LEDGER = "015";
