import { type Rounding, share } from "@amazon-pay-kit/money";
import type { CheckedRow } from "../../rules/rows/row-rule.ts";
import type { ExactRate, Tariff } from "./tariff.ts";

/** Fees as the file has them: negative where they are taken. */
export interface ExpectedFees {
  readonly percentage: bigint;
  readonly fixed: bigint;
}

/** How fees are compared. */
export interface FeeRules {
  readonly tolerance: bigint;
  readonly rounding: Rounding;
}

/** Types whose percentage fee follows the amount; only captures bear a fixed fee beside it. */
const PERCENTAGE_TYPES = new Set(["capture", "refund", "chargeback", "a-to-z-guarantee-claim"]);

/**
 * What a rate makes of a row. The percentage is taken on captures and comes back on refunds, chargebacks and claims (and
 * is taken again when those are reversed); the fixed fee is taken once per authorization and never comes back.
 * Source: transaction types, sign rules and fee rules of the settlement report.
 *
 * @returns `null` where the rate says nothing about the type
 */
function expectedFees(row: CheckedRow, rate: ExactRate, tariff: Tariff, rounding: Rounding): ExpectedFees | null {
  if (PERCENTAGE_TYPES.has(row.typeKey)) {
    const percentage = -share(row.amount, rate.numerator, rate.denominator, rounding);
    return { percentage, fixed: row.typeKey === "capture" ? -rate.fixed : 0n };
  }
  if (row.typeKey === "authorization") return { percentage: 0n, fixed: -rate.fixed };
  if (row.typeKey === "dispute" && tariff.dispute !== null) return { percentage: 0n, fixed: -tariff.dispute };
  return null;
}

function distance(left: bigint, right: bigint): bigint {
  return left < right ? right - left : left - right;
}

/** Effect of a row's fees on the balance, whatever the sign convention of its file. */
export function actualFees(row: CheckedRow): ExpectedFees {
  const mirrored = row.net === row.amount - row.totalFee && row.totalFee !== 0n;
  return mirrored
    ? { percentage: -row.percentageFee, fixed: -row.fixedFee }
    : { percentage: row.percentageFee, fixed: row.fixedFee };
}

/**
 * Fees that stand in the amount itself: how authorization and dispute rows are split between amount and fixed fee is not
 * documented, so both are read as one sum.
 */
function inOneSum(row: CheckedRow, fees: ExpectedFees): ExpectedFees {
  return row.typeKey === "authorization" || row.typeKey === "dispute"
    ? { percentage: fees.percentage, fixed: fees.fixed + row.amount }
    : fees;
}

/** What the audit says about a row. */
export interface FeeVerdict {
  readonly actual: bigint;
  /** By the rate that fits; where none does, by the usual one, or else by the one that comes nearest. */
  readonly expected: bigint;
  readonly right: boolean;
  readonly label: string;
}

/**
 * Compares a row with every rate of its tariff; `null` where none of them says anything about it.
 *
 * @param usual label of the rate that the rows around it follow
 */
export function judgeFees(
  row: CheckedRow,
  tariff: Tariff,
  rules: FeeRules,
  usual: string | null = null,
): FeeVerdict | null {
  const actual = inOneSum(row, actualFees(row));
  let nearest: (FeeVerdict & { readonly off: bigint }) | null = null;
  for (const rate of tariff.rates) {
    const expected = expectedFees(row, rate, tariff, rules.rounding);
    if (expected === null) continue;
    const fixedOff = distance(actual.fixed, expected.fixed);
    const percentageOff = distance(actual.percentage, expected.percentage);
    const right = fixedOff === 0n && percentageOff <= rules.tolerance;
    const off = right || rate.label === usual ? 0n : fixedOff + percentageOff;
    if (nearest !== null && (nearest.right || (!right && nearest.off <= off))) continue;
    nearest = {
      actual: actual.percentage + actual.fixed,
      expected: expected.percentage + expected.fixed,
      right,
      label: rate.label,
      off,
    };
  }
  return nearest;
}
