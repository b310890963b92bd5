import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { Schema } from "../store/schema/index.ts";
import { amountsIn } from "./amount-text.ts";
import { rowOf, type SettlementRowView } from "./rows.ts";
import {
  accountIds,
  limitOf,
  pageOf,
  readCursor,
  type AccountFilter,
  type Page,
  type PageRequest,
  type ViewContext,
} from "./view.ts";

const ID_COLUMNS = ["transaction_id", "reference_id", "permission_id", "order_id", "settlement_id"] as const;

/**
 * Rows by any id (charge, refund, charge permission, order, reference, settlement) or by amount; newest first.
 *
 * Ids are compared exactly, amounts with and without their sign, so each look-up uses an index whatever the size of the ledger.
 * An empty text lists everything.
 */
export async function searchRows(
  context: ViewContext,
  request: AccountFilter & {
    readonly text?: string | undefined;
    readonly typeKey?: string | undefined;
    readonly currency?: string | undefined;
  } & PageRequest,
): Promise<Page<SettlementRowView>> {
  const limit = limitOf(request);
  const cursor = readCursor(request, ["number", "string", "number", "number"]);
  const text = (request.text ?? "").trim();
  const accounts = await accountIds(context, request);
  const parts = text === "" ? [null] : conditions(text);
  const before = cursor === null ? null : Number(cursor[0]);
  const everything = text === "" && request.typeKey === undefined && request.currency === undefined;
  const since = everything ? await timeOfLast(context, { accounts, before, count: limit + 1 }) : null;
  const found = new Map<string, SettlementRowView>();
  for (const part of parts) {
    let query = context.store.db.selectFrom("settlement_row").selectAll().where("account_id", "in", accounts);
    if (part !== null) query = query.where(part);
    if (request.typeKey !== undefined) query = query.where("type_key", "=", request.typeKey);
    if (request.currency !== undefined) query = query.where("currency", "=", request.currency);
    if (since !== null) query = query.where("posted_at", ">=", since);
    if (cursor !== null) {
      const [postedAt, accountId, fileId, line] = cursor as [number, string, number, number];
      query = query
        .where("posted_at", "<=", postedAt)
        .where((eb) =>
          eb.or([
            eb("posted_at", "<", postedAt),
            eb.and([
              eb("posted_at", "=", postedAt),
              eb(eb.refTuple("account_id", "file_id", "line"), ">", eb.tuple(accountId, fileId, line)),
            ]),
          ]),
        );
    }
    const rows = await query
      .orderBy("posted_at", "desc")
      .orderBy("account_id")
      .orderBy("file_id")
      .orderBy("line")
      .limit(limit + 1)
      .execute();
    for (const row of rows) found.set(`${row.account_id} ${row.file_id} ${row.line}`, rowOf(row));
  }
  const items = Array.from(found.values()).sort(newestFirst);
  return pageOf(items.slice(0, limit + 1), limit, (item) => [item.postedAt, item.accountId, item.fileId, item.line]);
}

/**
 * When the last of so many newest rows was posted; `null` where there are fewer. The index by time answers that alone, and tells
 * the database where to stop: left to itself it sorts every row of the ledger for the first fifty.
 */
async function timeOfLast(
  context: ViewContext,
  wanted: { readonly accounts: readonly string[]; readonly before: number | null; readonly count: number },
): Promise<number | null> {
  let query = context.store.db
    .selectFrom("settlement_row")
    .select("posted_at")
    .where("account_id", "in", [...wanted.accounts]);
  if (wanted.before !== null) query = query.where("posted_at", "<", wanted.before);
  const last = await query
    .orderBy("posted_at", "desc")
    .limit(1)
    .offset(wanted.count - 1)
    .executeTakeFirst();
  return last?.posted_at ?? null;
}

type Condition = (eb: ExpressionBuilder<Schema, "settlement_row">) => Expression<SqlBool>;

/** One look-up a column: the database answers each from its own index. */
function conditions(text: string): readonly Condition[] {
  const ids: Condition[] = ID_COLUMNS.map((column) => (eb) => eb(column, "=", text));
  const amounts: Condition[] = amountsIn(text).map(
    ({ minor, fits }) =>
      (eb) =>
        eb.and([
          eb("amount_minor", "in", [minor, -minor]),
          fits("JPY") ? eb("currency", "=", "JPY") : eb("currency", "!=", "JPY"),
        ]),
  );
  return [...ids, ...amounts];
}

function newestFirst(left: SettlementRowView, right: SettlementRowView): number {
  if (left.postedAt !== right.postedAt) return right.postedAt - left.postedAt;
  if (left.accountId !== right.accountId) return left.accountId < right.accountId ? -1 : 1;
  return left.fileId - right.fileId || left.line - right.line;
}
