import { share } from "@amazon-pay-kit/money";

/**
 * How much of the balance is held back at the end of a period.
 *
 * - `none`: nothing
 * - `tier-1`: all payments of the past 7 days, or unresolved disputes, whichever is larger
 * - `tier-2`: 3 % of the daily payments averaged over 28 days, or unresolved disputes, whichever is larger
 * - `tier-2-plus`: unresolved disputes
 * - `rolling`: a share (basis points) of the payments of the past days, or unresolved disputes, whichever is larger
 * - `fixed`: an amount in minor units
 *
 * Source: account level reserve, tiers I, II and II-Plus.
 */
export type ReservePolicy =
  | { readonly kind: "none" | "tier-1" | "tier-2" | "tier-2-plus" }
  | { readonly kind: "rolling"; readonly basisPoints: number; readonly days: number }
  | { readonly kind: "fixed"; readonly minor: bigint };

/** What the policy looks at; all amounts in minor units of the settlement's currency. */
export interface ReserveBasis {
  /** Money captured in the last this many days before the period's end. */
  capturedInLast(days: number): bigint;
  /** Disputes that are not resolved. */
  readonly disputed: bigint;
  /** Balance of which something may be held back. */
  readonly available: bigint;
}

/** A share of what was captured in a stretch of days. */
interface Row {
  readonly days: number;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function rowOf(policy: ReservePolicy): Row | null {
  switch (policy.kind) {
    case "tier-1":
      return { days: 7, numerator: 1n, denominator: 1n };
    case "tier-2":
      return { days: 28, numerator: 3n, denominator: 100n * 28n };
    case "rolling":
      return { days: policy.days, numerator: BigInt(policy.basisPoints), denominator: 10_000n };
    case "none":
    case "tier-2-plus":
    case "fixed":
      return null;
  }
}

/** The amount to hold back: never more than there is, never less than nothing. */
export function reserveTarget(policy: ReservePolicy, basis: ReserveBasis): bigint {
  if (policy.kind === "none") return 0n;
  const row = rowOf(policy);
  const held =
    policy.kind === "fixed"
      ? policy.minor
      : row === null
        ? 0n
        : share(basis.capturedInLast(row.days), row.numerator, row.denominator);
  const wanted = policy.kind === "fixed" || held > basis.disputed ? held : basis.disputed;
  const available = basis.available > 0n ? basis.available : 0n;
  return wanted < available ? wanted : available;
}
