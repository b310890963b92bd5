import { sql, type SqlBool } from "kysely";
import { amountsIn } from "./amount-text.ts";
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

/** A line of a bank statement, and the settlements whose payouts it is. */
export interface BankLineView {
  readonly accountId: string;
  readonly bankLineId: number;
  /** The import that brought it. */
  readonly importId: number;
  /** Midnight (UTC) of the day on which the bank booked it. */
  readonly bookedAt: number;
  /** Positive for money that came in. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly bankAccount: string | null;
  readonly counterparty: string | null;
  /** References and everything that the bank wrote. */
  readonly text: string | null;
  readonly fileName: string | null;
  readonly line: number | null;
  /** Settlements whose payouts it is; empty where it belongs to none. */
  readonly settlements: readonly string[];
  /** How it was matched; null where it belongs to no payout. */
  readonly rule: string | null;
}

/** Which lines. */
export interface BankLineFilter extends AccountFilter, PeriodFilter {
  readonly currency?: string | undefined;
  /** Whether a payout was found for it. Default: both. */
  readonly matched?: boolean | undefined;
  /** Words of its text, or an amount; upper and lower case are the same. Of very many accounts words are sought in the newest lines. */
  readonly text?: string | undefined;
  /** Only lines that this import brought. */
  readonly importId?: number | undefined;
  /** Only lines that this rule has matched: `manual`. */
  readonly rule?: string | undefined;
  /** Only lines that were matched with the payout of this settlement. */
  readonly settlementId?: string | undefined;
  /** Only lines of exactly this amount, with its sign. */
  readonly amountMinor?: bigint | undefined;
  /** Only money that came in. Default: both ways. */
  readonly credits?: boolean | undefined;
}

/** Words are looked for in so many of the newest lines of all accounts: no index has them. Of one account all its lines are read. */
export const WORDS_AMONG = 20_000;

/** When the last of the newest lines of all accounts was booked; null where there are no more than are read. */
export async function dayOfNewest({ store }: ViewContext): Promise<number | null> {
  const row = await store.db
    .selectFrom("bank_line")
    .select("booked_at")
    .orderBy("booked_at", "desc")
    .limit(1)
    .offset(WORDS_AMONG)
    .executeTakeFirst();
  return row?.booked_at ?? null;
}

/** What lines can be sorted by. Amounts are compared with their sign: what came in is above what went out. */
const ORDERS: Readonly<Record<string, ListOrder<{ readonly booked_at: number; readonly amount_minor: bigint }>>> = {
  __proto__: null as never,
  booked: { value: sql`b.booked_at`, of: (row) => row.booked_at, type: "number" },
  amount: { value: sql`b.amount_minor`, of: (row) => Number(row.amount_minor), type: "number" },
};

/**
 * Lines of bank statements, newest first, or in another order. Withdrawn statements are left out.
 *
 * @throws ViewError `view.query` for an order that there is not
 */
export async function listBankLines(
  context: ViewContext,
  request: BankLineFilter & PageRequest & { readonly sort?: string | undefined } = {},
): Promise<Page<BankLineView>> {
  const { value, of, type, direction } = orderAsked(request.sort ?? "-booked", ORDERS, "bank lines");
  const { db } = context.store;
  const limit = limitOf(request);
  const cursor = readCursor(request, [type, "string", "number"]);
  const scope = await scopeOf(context, request);
  let query = db
    .selectFrom("bank_line as b")
    .leftJoin("import as i", (join) =>
      join.onRef("i.account_id", "=", "b.account_id").onRef("i.import_id", "=", "b.import_id"),
    )
    .select(["b.account_id", "b.bank_line_id", "b.booked_at", "b.amount_minor", "b.currency", "b.bank_account"])
    .select(["b.counterparty", "b.reference", "b.text", "b.line", "b.import_id", "i.file_name"])
    .where(scope.of("b.account_id"));
  if (request.currency !== undefined) query = query.where("b.currency", "=", request.currency);
  if (request.from !== undefined) query = query.where("b.booked_at", ">=", request.from);
  if (request.until !== undefined) query = query.where("b.booked_at", "<", request.until);
  if (request.importId !== undefined) query = query.where("b.import_id", "=", request.importId);
  if (request.rule !== undefined) {
    query = query.where(
      // From the matches to their lines: there are fewer of them. As a literal: an index has those that people made.
      sql<SqlBool>`(b.account_id, b.bank_line_id) in (select m.account_id, cast(m.counterpart_id as bigint) from row_match m
        where ${scope.of("m.account_id")} and m.counterpart = 'bank' and m.rule = ${sql.lit(request.rule)})`,
    );
  }
  if (request.settlementId !== undefined) {
    query = query.where(
      sql<SqlBool>`(b.account_id, b.bank_line_id) in (select m.account_id, cast(m.counterpart_id as bigint) from row_match m
        where ${
          scope.all
            ? sql`m.account_id in (select s.account_id from settlement s where s.settlement_id = ${request.settlementId})`
            : scope.of("m.account_id")
        } and m.counterpart = 'bank' and m.match_group = ${request.settlementId})`,
    );
  }
  if (request.amountMinor !== undefined) query = query.where("b.amount_minor", "=", request.amountMinor);
  // With a sign the column is no way into its index, which has half of the lines of all accounts.
  if (request.credits === true) query = query.where(sql`+b.amount_minor`, ">", 0n);
  if (request.matched !== undefined) {
    const match = sql<SqlBool>`exists (select 1 from row_match m where m.account_id = b.account_id and m.counterpart = 'bank'
      and m.counterpart_id = cast(b.bank_line_id as text))`;
    query = query.where((eb) => (request.matched === true ? match : eb.not(match)));
  }
  const text = request.text?.trim() ?? "";
  if (text !== "") {
    const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    const amounts = amountsIn(text).flatMap(({ minor }) => [minor, -minor]);
    const late = scope.many ? await dayOfNewest(context) : null;
    if (late !== null && amounts.length === 0) query = query.where("b.booked_at", ">=", late);
    query = query.where((eb) =>
      eb.or([
        // Over very many accounts what reads as an amount is looked for as one alone.
        ...(scope.many && amounts.length > 0
          ? []
          : [
              sql<SqlBool>`lower(coalesce(b.reference, '') || ' ' || coalesce(b.counterparty, '') || ' ' || coalesce(b.text, ''))
          like ${pattern} escape ${"\\"}`,
            ]),
        ...(amounts.length === 0 ? [] : [eb("b.amount_minor", "in", amounts)]),
      ]),
    );
  }
  if (cursor !== null) query = query.where(behindCursor(cursor, value, ["b.account_id", "b.bank_line_id"], direction));
  const rows = await query
    .orderBy(scope.sorted(value), direction)
    .orderBy("b.account_id", direction)
    .orderBy("b.bank_line_id", direction)
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => [of(row), row.account_id, row.bank_line_id]);
  const matches =
    page.items.length === 0
      ? []
      : await db
          .selectFrom("row_match")
          .select(["account_id", "counterpart_id", "match_group", "rule"])
          .where("account_id", "in", [...new Set(page.items.map((row) => row.account_id))])
          .where("counterpart", "=", "bank")
          .where(
            "counterpart_id",
            "in",
            page.items.map((row) => String(row.bank_line_id)),
          )
          .execute();
  return {
    next: page.next,
    items: page.items.map((row) => {
      const own = matches.filter(
        (one) => one.account_id === row.account_id && one.counterpart_id === String(row.bank_line_id),
      );
      return {
        accountId: row.account_id,
        bankLineId: row.bank_line_id,
        importId: row.import_id,
        bookedAt: row.booked_at,
        amountMinor: row.amount_minor,
        currency: row.currency,
        bankAccount: row.bank_account,
        counterparty: row.counterparty,
        // Most banks repeat the references in the text.
        text:
          [row.reference !== null && row.text?.includes(row.reference) === true ? null : row.reference, row.text]
            .filter((part) => part !== null)
            .join(" ") || null,
        fileName: row.file_name,
        line: row.line,
        settlements: [...new Set(own.flatMap((one) => one.match_group ?? []))],
        rule: own[0]?.rule ?? null,
      };
    }),
  };
}
