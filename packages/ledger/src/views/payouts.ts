import { sql } from "kysely";
import { groupBy } from "@amazon-pay-kit/backports";
import { payoutTotals, type PayoutTotal } from "./totals/settlement-totals.ts";
import { scopeOf, type AccountFilter, type PeriodFilter, type ViewContext } from "./view.ts";

/** What was paid out in one currency, and how much of it is on a bank statement. */
export interface PayoutSums {
  readonly currency: string;
  readonly payouts: number;
  /** Positive: what should arrive. */
  readonly amountMinor: bigint;
  /** Payouts that a deposit was found for, and what of them is in their own currency. */
  readonly matched: number;
  readonly arrivedMinor: bigint;
  /** Payouts that no bank statement speaks of yet. */
  readonly unchecked: number;
  readonly uncheckedMinor: bigint;
  /** Payouts that should be on a statement by now, and are on none. */
  readonly missing: number;
  readonly missingMinor: bigint;
}

interface Row {
  readonly currency: string;
  readonly payouts: number | string;
  readonly amount: bigint | string;
  readonly matched: number | string;
  readonly unchecked: number | string;
  readonly uncheckedAmount: bigint | string;
  readonly missing: number | string;
  readonly missingAmount: bigint | string;
  readonly arrived: bigint | string | null;
}

/**
 * Payouts of a period by currency, each with what arrived of them: found on a statement, missing on those that should have it, or
 * not compared with any.
 *
 * @example
 * const [usd] = await payoutSums({ store }, { from: Date.UTC(2026, 10, 1), until: Date.UTC(2026, 11, 1) });
 * usd?.unchecked; // 37: no statement was imported
 */
export async function payoutSums(
  context: ViewContext,
  filter: AccountFilter & PeriodFilter & { readonly currency?: string | undefined } = {},
): Promise<readonly PayoutSums[]> {
  const scope = await scopeOf(context, filter);
  if (scope.totals !== undefined) return keptPayouts(await payoutTotals(context, scope.totals), filter);
  const { rows } = await sql<Row>`
    select p.currency, count(*) as payouts, sum(p.amount) as amount,
      sum(case when p.arrived is null then 0 else 1 end) as matched,
      sum(case when p.arrived is null and p.bank = 'unchecked' then 1 else 0 end) as unchecked,
      sum(case when p.arrived is null and p.bank = 'unchecked' then p.amount else 0 end) as "uncheckedAmount",
      sum(case when p.arrived is null and p.bank = 'differs' then 1 else 0 end) as missing,
      sum(case when p.arrived is null and p.bank = 'differs' then p.amount else 0 end) as "missingAmount",
      sum(p.arrived) as arrived
    from (
      select s.currency, s.bank, -s.payout_minor as amount,
        (select sum(m.amount_minor) from row_match m where m.account_id = s.account_id and m.file_id = s.payout_file_id
          and m.line = s.payout_line and m.counterpart = 'bank') as arrived
      from settlement s
      where ${scope.of("s.account_id")} and s.payout_at is not null
        ${filter.currency === undefined ? sql`` : sql`and s.currency = ${filter.currency}`}
        ${filter.from === undefined ? sql`` : sql`and s.payout_at >= ${filter.from}`}
        ${filter.until === undefined ? sql`` : sql`and s.payout_at < ${filter.until}`}
    ) p
    group by p.currency
    order by p.currency
  `.execute(context.store.db);
  return rows.map((row) => ({
    currency: row.currency,
    payouts: Number(row.payouts),
    amountMinor: BigInt(row.amount),
    matched: Number(row.matched),
    arrivedMinor: BigInt(row.arrived ?? 0),
    unchecked: Number(row.unchecked),
    uncheckedMinor: BigInt(row.uncheckedAmount),
    missing: Number(row.missing),
    missingMinor: BigInt(row.missingAmount),
  }));
}

/** Payouts of all accounts in a period, of what is kept by quarters of an hour. */
function keptPayouts(
  totals: readonly PayoutTotal[],
  { currency, from = 0, until = Number.POSITIVE_INFINITY }: PeriodFilter & { readonly currency?: string | undefined },
): readonly PayoutSums[] {
  const own = totals.filter((one) => (currency ?? one.currency) === one.currency && one.at >= from && one.at < until);
  const groups = [...groupBy(own, (one) => one.currency)].sort(([left], [right]) => (left < right ? -1 : 1));
  return groups.map(([name, some]) => {
    const sum = (pick: (one: PayoutTotal) => bigint, bank?: string): bigint =>
      some.filter((one) => (bank ?? one.bank) === one.bank).reduce((all, one) => all + pick(one), 0n);
    const awaited = (one: PayoutTotal): bigint => BigInt(one.payouts - one.matched);
    return {
      currency: name,
      payouts: Number(sum((one) => BigInt(one.payouts))),
      amountMinor: sum((one) => one.amountMinor),
      matched: Number(sum((one) => BigInt(one.matched))),
      arrivedMinor: sum((one) => one.arrivedMinor),
      unchecked: Number(sum(awaited, "unchecked")),
      uncheckedMinor: sum((one) => one.awaitedMinor, "unchecked"),
      missing: Number(sum(awaited, "differs")),
      missingMinor: sum((one) => one.awaitedMinor, "differs"),
    };
  });
}
