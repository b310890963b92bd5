import { scheduler } from "node:timers/promises";
import { HOUR } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { stretchesOf } from "../stretches.ts";
import type { PeriodFilter, ViewContext } from "../view.ts";
import { inAccountSteps } from "./account-steps.ts";
import type { KeptTotals } from "./kept-totals.ts";

/** What rows of one currency and type come to, in minor units. */
export interface RowTotal {
  readonly currency: string;
  readonly typeKey: string;
  /** As the first of the rows has it: `Capture`. */
  readonly type: string;
  readonly rows: number;
  readonly amountMinor: bigint;
  /** As the files have them; those of files with the other sign turned round. */
  readonly percentageMinor: bigint;
  readonly fixedMinor: bigint;
  /** As the files have it. */
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
}

interface DayTotal extends RowTotal {
  /** Days since the epoch, in UTC. */
  readonly day: number;
}

type Sums = "rows" | "amount" | "percentage" | "fixed" | "fee" | "net";
type Row = Readonly<Record<Sums, bigint | number | string>> & {
  readonly currency: string;
  readonly typeKey: string;
  readonly type: string;
  readonly day: number | string;
};

function totalOf(row: Row): DayTotal {
  return {
    currency: row.currency,
    typeKey: row.typeKey,
    type: row.type,
    day: Number(row.day),
    rows: Number(row.rows),
    amountMinor: BigInt(row.amount),
    percentageMinor: BigInt(row.percentage),
    fixedMinor: BigInt(row.fixed),
    feeMinor: BigInt(row.fee),
    netMinor: BigInt(row.net),
  };
}

function added<Total extends RowTotal>(one: Total, other: RowTotal): Total {
  return {
    ...one,
    type: one.type < other.type ? one.type : other.type,
    rows: one.rows + other.rows,
    amountMinor: one.amountMinor + other.amountMinor,
    percentageMinor: one.percentageMinor + other.percentageMinor,
    fixedMinor: one.fixedMinor + other.fixedMinor,
    feeMinor: one.feeMinor + other.feeMinor,
    netMinor: one.netMinor + other.netMinor,
  };
}

class Adding<Total extends RowTotal> {
  readonly #sums = new Map<string, Total>();

  add(key: string, total: Total): void {
    const known = this.#sums.get(key);
    this.#sums.set(key, known === undefined ? total : added(known, total));
  }

  get all(): readonly Total[] {
    return [...this.#sums.values()];
  }
}

const SUMS = sql`sum(amount_minor) as amount, sum(percentage_fee_minor) as percentage, sum(fixed_fee_minor) as fixed,
  sum(total_fee_minor) as fee, sum(net_minor) as net`;

/** Settlements whose files have fees with the other sign are few: they are looked up, and their parts of fees turned round. */
const TURNED = sql`select s.account_id, s.settlement_id, s.currency from settlement s
  where s.sign_convention = 'amount-minus-fee'`;

/** All rows there are, by day. */
async function dayTotals(context: ViewContext): Promise<readonly DayTotal[]> {
  const adding = new Adding<DayTotal>();
  const take = (row: Row): void => adding.add(`${row.currency} ${row.typeKey} ${row.day}`, totalOf(row));
  const by = sql`group by currency, type_key, day`;
  await inAccountSteps<Row>(
    context,
    async (of) =>
      (
        await sql<Row>`select currency, type_key as "typeKey", min(type) as type, day, sum(row_count) as rows, ${SUMS}
          from fee_sum where ${of("account_id")} ${by}`.execute(context.store.db)
      ).rows,
    take,
  );
  const turned =
    await sql<Row>`select f.currency, f.type_key as "typeKey", min(f.type) as type, f.day, 0 as rows, 0 as amount,
      -2 * sum(f.percentage_fee_minor) as percentage, -2 * sum(f.fixed_fee_minor) as fixed, 0 as fee, 0 as net
    from (${TURNED}) s join settlement_file o on o.account_id = s.account_id and o.settlement_id = s.settlement_id
    join fee_sum f on f.account_id = s.account_id and f.file_id = o.file_id and f.settlement_id = s.settlement_id
      and f.currency = s.currency
    group by f.currency, f.type_key, f.day`.execute(context.store.db);
  turned.rows.forEach(take);
  return adding.all;
}

/** The rows of a part of a day, an hour at a time. */
async function partTotals(
  { store }: ViewContext,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<readonly RowTotal[]> {
  const adding = new Adding<RowTotal>();
  for (let at = from; at < until; at += HOUR) {
    const { rows } =
      await sql<Row>`select r.currency, r.type_key as "typeKey", min(r.type) as type, 0 as day, count(*) as rows,
        sum(r.amount_minor) as amount, sum(case when s.account_id is null then r.percentage_fee_minor else -r.percentage_fee_minor end) as percentage,
        sum(case when s.account_id is null then r.fixed_fee_minor else -r.fixed_fee_minor end) as fixed,
        sum(r.total_fee_minor) as fee, sum(r.net_minor) as net
      from settlement_row r left join (${TURNED}) s on s.account_id = r.account_id and s.settlement_id = r.settlement_id
        and s.currency = r.currency
      where r.posted_at >= ${at} and r.posted_at < ${Math.min(at + HOUR, until)}
      group by r.currency, r.type_key`.execute(store.db);
    for (const row of rows) adding.add(`${row.currency} ${row.typeKey}`, totalOf(row));
    await scheduler.yield();
  }
  return adding.all;
}

/** What the rows of all accounts come to in a period, by currency and type, from what is kept. */
export async function rowTotals(
  context: ViewContext,
  totals: KeptTotals,
  period: PeriodFilter,
): Promise<readonly RowTotal[]> {
  const { days, rows } = stretchesOf(period);
  const adding = new Adding<RowTotal>();
  const take = (total: RowTotal): void => adding.add(`${total.currency} ${total.typeKey}`, total);
  if (days !== null) {
    for (const total of await totals.get("rows by day", () => dayTotals(context))) {
      if (days.from !== undefined && total.day < days.from) continue;
      if (days.until !== undefined && total.day >= days.until) continue;
      take(total);
    }
  }
  for (const part of rows) {
    const name = `rows ${part.from} ${part.until}`;
    (await totals.get(name, () => partTotals(context, part))).forEach(take);
  }
  return [...adding.all].sort((left, right) =>
    `${left.currency} ${left.typeKey}` < `${right.currency} ${right.typeKey}` ? -1 : 1,
  );
}
