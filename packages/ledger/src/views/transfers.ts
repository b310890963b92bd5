import { sql, type SqlBool } from "kysely";
import {
  behindCursor,
  scopeOf,
  limitOf,
  type ListOrder,
  orderAsked,
  pageOf,
  readCursor,
  type AccountFilter,
  type Page,
  type PageRequest,
  type PeriodFilter,
  type ViewContext,
} from "./view.ts";

/** A transfer of a settlement and the deposit that it became: the last one where it arrived in parts. */
export interface TransferView {
  readonly accountId: string;
  readonly settlementId: string;
  readonly currency: string;
  readonly fileId: number;
  readonly line: number;
  readonly transferredAt: number;
  /** Positive: what should arrive. */
  readonly amountMinor: bigint;
  readonly disbursementReferenceId: string | null;
  /** How it was matched; null while no deposit is known. */
  readonly rule: string | null;
  readonly depositAt: number | null;
  /** What arrived of it, in all, in the deposit's currency. */
  readonly depositMinor: bigint | null;
  readonly depositCurrency: string | null;
  readonly depositText: string | null;
}

/** Which transfers. */
export interface TransferFilter extends AccountFilter, PeriodFilter {
  readonly currency?: string | undefined;
  readonly settlementId?: string | undefined;
  /** Whether a deposit was found for it. Default: both. */
  readonly matched?: boolean | undefined;
}

/** What transfers can be sorted by. */
const ORDERS: Readonly<Record<string, ListOrder<{ readonly posted_at: number; readonly net_minor: bigint }>>> = {
  __proto__: null as never,
  transferred: { value: sql`r.posted_at`, of: (row) => row.posted_at, type: "number" },
  amount: { value: sql`(-r.net_minor)`, of: (row) => -Number(row.net_minor), type: "number" },
};

/**
 * Transfers, newest first, or in another order, each with its deposit where one was found.
 *
 * @throws ViewError `view.query` for an order that there is not
 */
export async function listTransfers(
  context: ViewContext,
  request: TransferFilter & PageRequest & { readonly sort?: string | undefined } = {},
): Promise<Page<TransferView>> {
  const { value, of, type, direction } = orderAsked(request.sort ?? "-transferred", ORDERS, "payouts");
  const limit = limitOf(request);
  const cursor = readCursor(request, [type, "string", "number", "number"]);
  const scope = await scopeOf(context, request);
  let query = context.store.db
    .selectFrom("settlement_row as r")
    // SQLite keeps the order of a cross join: from the few transfers, which have an index of their own, to their settlements.
    .crossJoin("settlement as s")
    .whereRef("s.account_id", "=", "r.account_id")
    .whereRef("s.settlement_id", "=", "r.settlement_id")
    .whereRef("s.currency", "=", "r.currency")
    // As a literal: an index of some rows is no way to those that a parameter names.
    .where("r.type_key", "=", sql.lit("transfer"))
    .select(["s.account_id", "s.settlement_id", "s.currency", "r.file_id", "r.line", "r.posted_at", "r.net_minor"])
    .select(({ selectFrom }) =>
      selectFrom("disbursement as d")
        .select(({ fn }) => fn.min("d.disbursement_reference_id").as("reference"))
        .whereRef("d.account_id", "=", "s.account_id")
        .whereRef("d.settlement_id", "=", "s.settlement_id")
        .whereRef("d.currency", "=", "s.currency")
        .as("disbursement_reference_id"),
    )
    .where(scope.of("r.account_id"));
  if (request.settlementId !== undefined) query = query.where("r.settlement_id", "=", request.settlementId);
  if (request.currency !== undefined) query = query.where("r.currency", "=", request.currency);
  if (request.matched !== undefined) {
    const match = sql<SqlBool>`exists (select 1 from row_match m where m.account_id = r.account_id and m.file_id = r.file_id
      and m.line = r.line and m.counterpart = 'bank')`;
    query = query.where((eb) => (request.matched === true ? match : eb.not(match)));
  }
  if (request.from !== undefined) query = query.where("r.posted_at", ">=", request.from);
  if (request.until !== undefined) query = query.where("r.posted_at", "<", request.until);
  if (cursor !== null)
    query = query.where(behindCursor(cursor, value, ["r.account_id", "r.file_id", "r.line"], direction));
  const rows = await query
    .orderBy(scope.sorted(value), direction)
    .orderBy("r.account_id", direction)
    .orderBy("r.file_id", direction)
    .orderBy("r.line", direction)
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => [of(row), row.account_id, row.file_id, row.line]);
  const shares = await depositShares(context, page.items);
  return {
    next: page.next,
    items: page.items.map((row) => {
      const own = shares.filter(
        (share) => share.account_id === row.account_id && share.file_id === row.file_id && share.line === row.line,
      );
      const deposit = own.at(-1);
      return {
        accountId: row.account_id,
        settlementId: row.settlement_id,
        currency: row.currency,
        fileId: row.file_id,
        line: row.line,
        transferredAt: row.posted_at,
        amountMinor: -row.net_minor,
        disbursementReferenceId: row.disbursement_reference_id,
        rule: deposit?.rule ?? null,
        depositAt: deposit?.booked_at ?? null,
        depositMinor: deposit === undefined ? null : own.reduce((sum, share) => sum + share.amount_minor, 0n),
        depositCurrency: deposit?.currency ?? null,
        depositText: deposit === undefined ? null : (deposit.reference ?? deposit.text),
      };
    }),
  };
}

type Place = { readonly account_id: string; readonly file_id: number; readonly line: number };

/** Which deposits the rows of a page became, oldest first. A transfer may arrive in several, and one may hold several. */
async function depositShares({ store: { db } }: ViewContext, page: readonly Place[]) {
  if (page.length === 0) return [];
  const places = new Set(page.map((row) => `${row.account_id} ${row.file_id} ${row.line}`));
  const matches = await db
    .selectFrom("row_match")
    .select(["account_id", "file_id", "line", "rule", "counterpart_id", "amount_minor"])
    .where("account_id", "in", [...new Set(page.map((row) => row.account_id))])
    .where("file_id", "in", [...new Set(page.map((row) => row.file_id))])
    .where("counterpart", "=", "bank")
    .execute();
  const own = matches.filter((match) => places.has(`${match.account_id} ${match.file_id} ${match.line}`));
  if (own.length === 0) return [];
  const lines = await db
    .selectFrom("bank_line")
    .select(["account_id", "bank_line_id", "booked_at", "currency", "reference", "text"])
    .where("account_id", "in", [...new Set(own.map((match) => match.account_id))])
    .where("bank_line_id", "in", [...new Set(own.map((match) => Number(match.counterpart_id)))])
    .execute();
  const byId = new Map(lines.map((line) => [`${line.account_id} ${line.bank_line_id}`, line]));
  return own
    .flatMap((match) => {
      const line = byId.get(`${match.account_id} ${match.counterpart_id}`);
      return line === undefined ? [] : [{ ...match, ...line }];
    })
    .sort((left, right) => left.booked_at - right.booked_at || left.bank_line_id - right.bank_line_id);
}
