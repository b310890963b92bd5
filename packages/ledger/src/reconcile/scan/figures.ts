import type { SignConvention } from "../../rules/rows/row-rule.ts";
import type { FileGroup } from "./file-groups.ts";
import { roleOf } from "./row-role.ts";

/** The waterfall of one settlement in one currency, in minor units. */
export interface Figures {
  readonly currency: string;
  readonly openingMinor: bigint;
  readonly activityMinor: bigint;
  readonly feesMinor: bigint;
  readonly reserveMinor: bigint;
  readonly transferMinor: bigint;
  /** `opening + activity + fees + transfer`. */
  readonly closingMinor: bigint;
  readonly rows: number;
  readonly releasedMinor: bigint;
  readonly debtMinor: bigint;
  readonly payoutMinor: bigint;
  /** The Transfer row that was posted last. */
  readonly payout: PayoutRow | null;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Where and when a transfer was posted. */
export interface PayoutRow {
  readonly fileId: number;
  readonly line: number;
  readonly at: number;
}

interface Sums {
  released: bigint;
  carriedIn: bigint;
  debtIn: bigint;
  activity: bigint;
  fees: bigint;
  held: bigint;
  payout: bigint;
  collected: bigint;
  rows: number;
  payoutRow: PayoutRow | null;
  firstAt: number;
  lastAt: number;
}

function none(): Sums {
  const zero = { released: 0n, carriedIn: 0n, debtIn: 0n, activity: 0n, fees: 0n, held: 0n, payout: 0n, collected: 0n };
  return { ...zero, rows: 0, payoutRow: null, firstAt: Number.MAX_SAFE_INTEGER, lastAt: 0 };
}

function addGroup(sums: Sums, group: FileGroup): void {
  sums.rows += group.rows;
  sums.firstAt = Math.min(sums.firstAt, group.firstAt);
  sums.lastAt = Math.max(sums.lastAt, group.lastAt);
  switch (roleOf(group.typeKey, group.direction)) {
    case "released":
      sums.released += group.netMinor;
      break;
    case "carried-in":
      sums.carriedIn += group.netMinor;
      break;
    case "debt-in":
      sums.debtIn += group.netMinor;
      break;
    case "held":
      sums.held += group.netMinor;
      break;
    // Not less of a payout: what went out and what came back are two movements at the bank.
    case "returned":
    case "collected":
      sums.collected += group.netMinor;
      break;
    case "payout":
      sums.payout += group.netMinor;
      if (sums.payoutRow === null || group.lastAt > sums.payoutRow.at) {
        sums.payoutRow = { fileId: group.fileId, line: group.lastLine, at: group.lastAt };
      }
      break;
    case "activity":
      sums.activity += group.amountMinor;
      sums.fees += group.netMinor - group.amountMinor;
      break;
  }
}

/**
 * The waterfall of a settlement from the groups of its files, one a currency, currencies in order.
 *
 * Fees are what lies between amount and net, so that the figures add up whatever the sign convention of the file.
 */
export function figuresOf(groups: readonly FileGroup[]): readonly Figures[] {
  const byCurrency = new Map<string, Sums>();
  for (const group of groups) {
    const sums = byCurrency.get(group.currency) ?? none();
    byCurrency.set(group.currency, sums);
    addGroup(sums, group);
  }
  return [...byCurrency]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, sums]) => finish(currency, sums));
}

function finish(currency: string, sums: Sums): Figures {
  const openingMinor = sums.released + sums.carriedIn + sums.debtIn;
  const transferMinor = sums.payout + sums.collected;
  return {
    currency,
    openingMinor,
    activityMinor: sums.activity,
    feesMinor: sums.fees,
    reserveMinor: sums.held,
    transferMinor,
    closingMinor: openingMinor + sums.activity + sums.fees + transferMinor,
    rows: sums.rows,
    releasedMinor: sums.released,
    debtMinor: sums.debtIn,
    payoutMinor: sums.payout,
    payout: sums.payoutRow,
    firstAt: sums.firstAt,
    lastAt: sums.lastAt,
  };
}

/**
 * Which sign convention a file follows: the one that more of its rows with a fee follow; real files decide a tie.
 */
export function conventionOf(groups: readonly FileGroup[]): SignConvention {
  let plus = 0;
  let minus = 0;
  for (const group of groups) {
    plus += group.plusRows;
    minus += group.minusRows;
  }
  return minus > plus ? "amount-minus-fee" : "amount-plus-fee";
}

/** The settlement that most rows of a file name; of two with equally many, the one that sorts first. */
export function settlementOf(groups: readonly FileGroup[]): string | null {
  const rows = new Map<string, number>();
  for (const group of groups) rows.set(group.settlementId, (rows.get(group.settlementId) ?? 0) + group.rows);
  let chosen: string | null = null;
  for (const [id, count] of [...rows].sort(([left], [right]) => (left < right ? -1 : 1))) {
    if (chosen === null || count > (rows.get(chosen) ?? 0)) chosen = id;
  }
  return chosen;
}
