import { MINUTE } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import type { ViewContext } from "../view.ts";
import { inAccountSteps } from "./account-steps.ts";
import type { KeptTotals } from "./kept-totals.ts";

/** Days of every time zone begin at a quarter of an hour: what is added up by quarters is exact for every day, month and year. */
const QUARTER = 15 * MINUTE;

/** Settlements that ended, or were paid out, in one quarter of an hour. */
export interface SettlementTotal {
  readonly currency: string;
  /** When the quarter begins. */
  readonly at: number;
  readonly settlements: number;
  readonly rows: number;
  readonly activityMinor: bigint;
  readonly feesMinor: bigint;
  readonly transferMinor: bigint;
  readonly differenceMinor: bigint;
  readonly leakMinor: bigint;
}

/** Payouts of one quarter of an hour with one verdict of the bank statements. */
export interface PayoutTotal {
  readonly currency: string;
  readonly at: number;
  readonly bank: string;
  readonly payouts: number;
  readonly amountMinor: bigint;
  readonly matched: number;
  readonly arrivedMinor: bigint;
  /** What of the amount is of payouts that no deposit was found for. */
  readonly awaitedMinor: bigint;
}

type Figure = bigint | number | string;

function added<Key extends string>(
  sums: Map<string, Record<Key, bigint>>,
  key: string,
  figures: Readonly<Record<Key, Figure>>,
): void {
  const known = sums.get(key);
  const next = {} as Record<Key, bigint>;
  for (const name of Object.keys(figures) as Key[]) next[name] = (known?.[name] ?? 0n) + BigInt(figures[name]);
  sums.set(key, next);
}

async function ended(context: ViewContext): Promise<readonly SettlementTotal[]> {
  type Name = "settlements" | "rows" | "activity" | "fees" | "transfer" | "difference" | "leak";
  type Row = Readonly<Record<Name, Figure>> & {
    readonly currency: string;
    readonly quarter: Figure;
  };
  const sums = new Map<string, Record<Name, bigint>>();
  await inAccountSteps<Row>(
    context,
    async (of) =>
      (
        await sql<Row>`select s.currency, coalesce(s.end_at, 0) / ${sql.lit(QUARTER)} as quarter, count(*) as settlements,
            sum(s.row_count) as rows, sum(s.activity_minor) as activity, sum(s.fees_minor) as fees,
            sum(s.transfer_minor) as transfer,
            sum(coalesce(f.actual_minor, 0) - coalesce(f.expected_minor, 0)) as difference, sum(coalesce(f.leak_minor, 0)) as leak
          from settlement s left join settlement_fee f on f.account_id = s.account_id and f.settlement_id = s.settlement_id
            and f.currency = s.currency
          where ${of("s.account_id")} group by 1, 2`.execute(context.store.db)
      ).rows,
    ({ currency, quarter, ...figures }) => added(sums, `${currency} ${quarter}`, figures),
  );
  return [...sums].map(([key, sum]) => {
    const [currency = "", quarter = ""] = key.split(" ");
    return {
      currency,
      at: Number(quarter) * QUARTER,
      settlements: Number(sum.settlements),
      rows: Number(sum.rows),
      activityMinor: sum.activity,
      feesMinor: sum.fees,
      transferMinor: sum.transfer,
      differenceMinor: sum.difference,
      leakMinor: sum.leak,
    };
  });
}

async function paidOut(context: ViewContext): Promise<readonly PayoutTotal[]> {
  type Name = "payouts" | "amount" | "matched" | "arrived" | "awaited";
  type Row = Readonly<Record<Name, Figure>> & {
    readonly currency: string;
    readonly bank: string;
    readonly quarter: Figure;
  };
  const sums = new Map<string, Record<Name, bigint>>();
  await inAccountSteps<Row>(
    context,
    async (of) =>
      (
        await sql<Row>`select p.currency, p.bank, p.quarter, count(*) as payouts, sum(p.amount) as amount,
            sum(case when p.arrived is null then 0 else 1 end) as matched, coalesce(sum(p.arrived), 0) as arrived,
            sum(case when p.arrived is null then p.amount else 0 end) as awaited
          from (
            select s.currency, s.bank, s.payout_at / ${sql.lit(QUARTER)} as quarter, -s.payout_minor as amount,
              (select sum(m.amount_minor) from row_match m where m.account_id = s.account_id and m.file_id = s.payout_file_id
                and m.line = s.payout_line and m.counterpart = 'bank') as arrived
            from settlement s where ${of("s.account_id")} and s.payout_at is not null
          ) p group by 1, 2, 3`.execute(context.store.db)
      ).rows,
    ({ currency, bank, quarter, ...figures }) => added(sums, `${currency} ${bank} ${quarter}`, figures),
  );
  return [...sums].map(([key, sum]) => {
    const [currency = "", bank = "", quarter = ""] = key.split(" ");
    return {
      currency,
      bank,
      at: Number(quarter) * QUARTER,
      payouts: Number(sum.payouts),
      amountMinor: sum.amount,
      matched: Number(sum.matched),
      arrivedMinor: sum.arrived,
      awaitedMinor: sum.awaited,
    };
  });
}

/** The settlements of all accounts by the quarter of an hour in which they ended, from what is kept. */
export function settlementTotals(context: ViewContext, totals: KeptTotals): Promise<readonly SettlementTotal[]> {
  return totals.get("settlements by end", () => ended(context));
}

/** The payouts of all accounts by the quarter of an hour in which they were sent, from what is kept. */
export function payoutTotals(context: ViewContext, totals: KeptTotals): Promise<readonly PayoutTotal[]> {
  return totals.get("payouts by time", () => paidOut(context));
}
