import { groupBy } from "@amazon-pay-kit/backports";
import { type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { Schema } from "../store/schema/index.ts";
import { settlementTotals, type SettlementTotal } from "./totals/settlement-totals.ts";
import type { SettlementTable } from "../store/schema/verdicts.ts";
import {
  behindCursor,
  accountIds,
  limitOf,
  type ListOrder,
  orderAsked,
  pageOf,
  readCursor,
  type Scope,
  scopeOf,
  ViewError,
  type AccountFilter,
  type Page,
  type PageRequest,
  type PeriodFilter,
  type ViewContext,
} from "./view.ts";

/** A settlement with its verdict, amounts in minor units. */
export interface SettlementSummary {
  readonly accountId: string;
  readonly settlementId: string;
  readonly currency: string;
  readonly fileId: number;
  readonly startAt: number | null;
  readonly endAt: number | null;
  /** `balanced`, `exceptions` or `explained`. */
  readonly status: string;
  /** Whether its transfer was compared with a bank statement: `matched`, `differs`, `unchecked` or `ignored`. */
  readonly bank: string;
  readonly openingMinor: bigint;
  readonly activityMinor: bigint;
  readonly feesMinor: bigint;
  readonly reserveMinor: bigint;
  /** What the rows of transfers and debt come to: below zero where money was paid out. */
  readonly transferMinor: bigint;
  /** What was paid out, below zero, whatever came back from the bank beside it. */
  readonly payoutMinor: bigint;
  readonly closingMinor: bigint;
  readonly rows: number;
  readonly zeroSum: boolean;
  readonly rollsForward: boolean;
  readonly signConvention: string;
}

/** The settlement as a view shows it. */
export function summaryOf(row: Selectable<SettlementTable>): SettlementSummary {
  return {
    accountId: row.account_id,
    settlementId: row.settlement_id,
    currency: row.currency,
    fileId: row.file_id,
    startAt: row.start_at,
    endAt: row.end_at,
    status: row.status,
    bank: row.bank,
    openingMinor: row.opening_minor,
    activityMinor: row.activity_minor,
    feesMinor: row.fees_minor,
    reserveMinor: row.reserve_minor,
    transferMinor: row.transfer_minor,
    payoutMinor: row.payout_minor,
    closingMinor: row.closing_minor,
    rows: row.row_count,
    zeroSum: row.zero_sum !== 0,
    rollsForward: row.rolls_forward !== 0,
    signConvention: row.sign_convention,
  };
}

/** What to list. */
export interface SettlementFilter extends AccountFilter, PeriodFilter {
  readonly currency?: string | undefined;
  readonly status?: string | undefined;
  readonly bank?: string | undefined;
}

function chosen({ store }: ViewContext, filter: SettlementFilter, scope: Scope) {
  let query = store.db.selectFrom("settlement").where(scope.of());
  if (filter.currency !== undefined) query = query.where("currency", "=", filter.currency);
  if (filter.status !== undefined) query = query.where("status", "=", filter.status as SettlementTable["status"]);
  if (filter.bank !== undefined) query = query.where("bank", "=", filter.bank as SettlementTable["bank"]);
  if (filter.from !== undefined) query = query.where(ENDED, ">=", filter.from);
  if (filter.until !== undefined) query = query.where("end_at", "is not", null).where(ENDED, "<", filter.until);
  return query;
}

/** What settlements of one currency add up to, in minor units. Balances are no sums: each begins where another ends. */
export interface SettlementSums {
  readonly currency: string;
  readonly settlements: number;
  readonly rows: number;
  readonly activityMinor: bigint;
  readonly feesMinor: bigint;
  readonly transferMinor: bigint;
}

/** What the settlements of a list add up to, by currency. */
export async function sumSettlements(
  context: ViewContext,
  filter: SettlementFilter = {},
): Promise<readonly SettlementSums[]> {
  const scope = await scopeOf(context, filter);
  if (scope.totals !== undefined && filter.status === undefined && filter.bank === undefined)
    return keptSums(await settlementTotals(context, scope.totals), filter);
  const found = await chosen(context, filter, scope)
    .select((eb) => [
      "currency",
      eb.fn.countAll<number>().as("settlements"),
      eb.fn.sum<bigint>("row_count").as("rows"),
      eb.fn.sum<bigint>("activity_minor").as("activity_minor"),
      eb.fn.sum<bigint>("fees_minor").as("fees_minor"),
      eb.fn.sum<bigint>("transfer_minor").as("transfer_minor"),
    ])
    .groupBy("currency")
    .orderBy("currency")
    .execute();
  return found.map((sum) => ({
    currency: sum.currency,
    settlements: sum.settlements,
    rows: Number(sum.rows),
    activityMinor: sum.activity_minor,
    feesMinor: sum.fees_minor,
    transferMinor: sum.transfer_minor,
  }));
}

/** By currency, of what is kept by quarters of an hour. */
function keptSums(
  totals: readonly SettlementTotal[],
  { currency, from = 0, until = Number.POSITIVE_INFINITY }: SettlementFilter,
): readonly SettlementSums[] {
  const own = totals.filter((one) => (currency ?? one.currency) === one.currency && one.at >= from && one.at < until);
  const groups = [...groupBy(own, (one) => one.currency)].sort(([left], [right]) => (left < right ? -1 : 1));
  return groups.map(([name, some]) => ({
    currency: name,
    settlements: some.reduce((sum, one) => sum + one.settlements, 0),
    rows: some.reduce((sum, one) => sum + one.rows, 0),
    activityMinor: some.reduce((sum, one) => sum + one.activityMinor, 0n),
    feesMinor: some.reduce((sum, one) => sum + one.feesMinor, 0n),
    transferMinor: some.reduce((sum, one) => sum + one.transferMinor, 0n),
  }));
}

/** One without an end comes last, on both databases, and a cursor can name its place. */
const ENDED = sql<number>`coalesce(end_at, 0)`;

function newestFirst<Row>(query: SelectQueryBuilder<Schema, "settlement", Row>) {
  return query
    .orderBy(ENDED, "desc")
    .orderBy("account_id", "desc")
    .orderBy("settlement_id", "desc")
    .orderBy("currency", "desc");
}

/** What settlements can be sorted by. */
const ORDERS: Readonly<Record<string, ListOrder<SettlementSummary>>> = {
  __proto__: null as never,
  end: { value: ENDED, of: (item) => item.endAt ?? 0, type: "number" },
  settlement: { value: sql`settlement_id`, of: (item) => item.settlementId, type: "string" },
  status: { value: sql`status`, of: (item) => item.status, type: "string" },
  bank: { value: sql`bank`, of: (item) => item.bank, type: "string" },
  rows: { value: sql`row_count`, of: (item) => item.rows, type: "number" },
  activity: { value: sql`activity_minor`, of: (item) => Number(item.activityMinor), type: "number" },
  fees: { value: sql`fees_minor`, of: (item) => Number(item.feesMinor), type: "number" },
  transfer: { value: sql`transfer_minor`, of: (item) => Number(item.transferMinor), type: "number" },
  closing: { value: sql`closing_minor`, of: (item) => Number(item.closingMinor), type: "number" },
};

/** Settlements, newest first, or in another order. @throws ViewError `view.query` for an order that there is not */
export async function listSettlements(
  context: ViewContext,
  request: SettlementFilter & PageRequest & { readonly sort?: string | undefined } = {},
): Promise<Page<SettlementSummary>> {
  const limit = limitOf(request);
  const { value, of, type, direction } = orderAsked(request.sort ?? "-end", ORDERS, "settlements");
  const cursor = readCursor(request, [type, "string", "string", "string"]);
  const scope = await scopeOf(context, request);
  let query = chosen(context, request, scope).selectAll();
  if (cursor !== null)
    query = query.where(behindCursor(cursor, value, ["account_id", "settlement_id", "currency"], direction));
  const rows = await query
    .orderBy(scope.sorted(value), direction)
    .orderBy("account_id", direction)
    .orderBy("settlement_id", direction)
    .orderBy("currency", direction)
    .limit(limit + 1)
    .execute();
  return pageOf(rows.map(summaryOf), limit, (item) => [of(item), item.accountId, item.settlementId, item.currency]);
}

/**
 * Every settlement, newest first, by one query that is read as it comes: a page at a time would sort all of them for each page.
 *
 * @example
 * for await (const settlement of everySettlement({ store })) console.log(settlement.settlementId);
 */
export async function* everySettlement(
  context: ViewContext,
  filter: SettlementFilter = {},
): AsyncGenerator<SettlementSummary> {
  const rows = newestFirst(chosen(context, filter, await scopeOf(context, filter)).selectAll()).stream(500);
  for await (const row of rows) yield summaryOf(row);
}

/** A step of a settlement's waterfall: what kind of rows, how many, and their sums. */
export interface SettlementPart {
  readonly typeKey: string;
  /** The type as the file writes it. */
  readonly type: string;
  readonly rows: number;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
}

/** One settlement in full: verdict, parts, and the file that it comes from. */
export interface SettlementDetail extends SettlementSummary {
  readonly parts: readonly SettlementPart[];
  readonly file: {
    readonly contentHash: string;
    readonly archivePath: string;
    readonly rows: number;
    readonly errors: number;
  };
}

/**
 * One settlement in one currency.
 *
 * @param request `currency` and `accountId` may be left out where one settlement alone has the id
 * @throws ViewError `view.not-found`, `view.several`
 */
export async function getSettlement(
  context: ViewContext,
  request: AccountFilter & { readonly settlementId: string; readonly currency?: string | undefined },
): Promise<SettlementDetail> {
  const { db } = context.store;
  let query = db
    .selectFrom("settlement")
    .selectAll()
    .where("account_id", "in", await accountIds(context, request))
    .where("settlement_id", "=", request.settlementId);
  if (request.currency !== undefined) query = query.where("currency", "=", request.currency);
  const [found, other] = await query.orderBy("account_id").orderBy("currency").limit(2).execute();
  if (found === undefined) {
    throw new ViewError(
      "view.not-found",
      `there is no settlement ${request.settlementId} in the ledger: list them with apay settlements list`,
    );
  }
  if (other !== undefined) {
    const accounts = found.account_id !== other.account_id;
    const [one, two] = accounts ? [found.account_id, other.account_id] : [found.currency, other.currency];
    throw new ViewError(
      "view.several",
      `settlement ${request.settlementId} is there in ${one} and in ${two}: name the ${accounts ? "account" : "currency"}`,
    );
  }
  const parts = await db
    .selectFrom("settlement_row")
    .select((eb) => [
      "type_key",
      "type",
      eb.fn.countAll<number>().as("rows"),
      eb.fn.sum<bigint>("amount_minor").as("amount_minor"),
      eb.fn.sum<bigint>("total_fee_minor").as("fee_minor"),
      eb.fn.sum<bigint>("net_minor").as("net_minor"),
    ])
    .where("account_id", "=", found.account_id)
    .where("settlement_id", "=", found.settlement_id)
    .where("currency", "=", found.currency)
    .groupBy(["type_key", "type"])
    .orderBy("type_key")
    .orderBy("type")
    .execute();
  const file = await db
    .selectFrom("file")
    .select(["content_hash", "archive_path", "row_count", "error_count"])
    .where("account_id", "=", found.account_id)
    .where("file_id", "=", found.file_id)
    .executeTakeFirst();
  return {
    ...summaryOf(found),
    parts: parts.map((part) => ({
      typeKey: part.type_key,
      type: part.type,
      rows: part.rows,
      amountMinor: part.amount_minor,
      feeMinor: part.fee_minor,
      netMinor: part.net_minor,
    })),
    file: {
      contentHash: file?.content_hash ?? "",
      archivePath: file?.archive_path ?? "",
      rows: file?.row_count ?? 0,
      errors: file?.error_count ?? 0,
    },
  };
}

/** The settlements of the same account and currency that come before and after one, by their days. */
export async function settlementNeighbours(
  { store }: ViewContext,
  one: Pick<SettlementSummary, "accountId" | "settlementId" | "currency" | "endAt">,
): Promise<{ readonly before: string | null; readonly after: string | null }> {
  if (one.endAt === null) return { before: null, after: null };
  const next = async (comparison: "<" | ">", direction: "asc" | "desc"): Promise<string | null> => {
    const row = await store.db
      .selectFrom("settlement")
      .select("settlement_id")
      .where("account_id", "=", one.accountId)
      .where("currency", "=", one.currency)
      .where((eb) => eb(eb.refTuple("end_at", "settlement_id"), comparison, eb.tuple(one.endAt ?? 0, one.settlementId)))
      .orderBy("end_at", direction)
      .orderBy("settlement_id", direction)
      .limit(1)
      .executeTakeFirst();
    return row?.settlement_id ?? null;
  };
  return { before: await next("<", "desc"), after: await next(">", "asc") };
}
