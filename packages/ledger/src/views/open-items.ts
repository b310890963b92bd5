import { sql, type SqlBool } from "kysely";
import { inChunks } from "../store/chunks.ts";
import { AGE_GROUPS, ageBounds } from "./ageing.ts";
import { amountsIn } from "./amount-text.ts";
import {
  anyContains,
  behindCursor,
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
  type ViewContext,
} from "./view.ts";

/** A charge or refund that is in no settlement yet. */
export interface OpenItemView {
  readonly accountId: string;
  /** `charge` or `refund`. */
  readonly kind: string;
  /** Who says so: `record` (the merchant's own) or `transaction-report`. */
  readonly counterpart: string;
  readonly counterpartId: string;
  readonly transactionId: string | null;
  /** The merchant's own order number and reference; `null` where only a report tells of it. */
  readonly orderId: string | null;
  readonly referenceId: string | null;
  /** File and line of the own record. */
  readonly file: string | null;
  readonly line: number | null;
  /** Positive for both kinds. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly occurredAt: number;
}

/** Which open items to list. */
export interface OpenItemFilter extends AccountFilter {
  readonly kind?: string | undefined;
  readonly currency?: string | undefined;
  readonly transactionId?: string | undefined;
  /** Name of one of {@link AGE_GROUPS}; needs {@link now}. */
  readonly group?: string | undefined;
  /** Words of an order number, reference or id, or an amount; upper and lower case are the same. */
  readonly text?: string | undefined;
  /** The moment by which the age is reckoned. */
  readonly now: number;
}

/** What open items of one currency and kind add up to. */
export interface OpenItemSums {
  readonly currency: string;
  readonly items: number;
  /** Charges less refunds: what is still to come. */
  readonly amountMinor: bigint;
}

interface SortedItem {
  readonly occurred_at: number;
  readonly amount_minor: bigint;
  readonly kind: string;
}

/** What open items can be sorted by. */
const ORDERS: Readonly<Record<string, ListOrder<SortedItem>>> = {
  __proto__: null as never,
  when: { value: sql`occurred_at`, of: (row) => row.occurred_at, type: "number" },
  amount: { value: sql`amount_minor`, of: (row) => Number(row.amount_minor), type: "number" },
  kind: { value: sql`kind`, of: (row) => row.kind, type: "string" },
};

/** The items that a filter chooses. @throws ViewError `view.query` for an age group that there is not */
function chosen({ store }: ViewContext, filter: OpenItemFilter, scope: Scope) {
  let query = store.db.selectFrom("open_item").where(scope.of());
  if (filter.kind !== undefined) query = query.where("kind", "=", filter.kind);
  if (filter.currency !== undefined) query = query.where("currency", "=", filter.currency);
  if (filter.transactionId !== undefined) query = query.where("transaction_id", "=", filter.transactionId);
  if (filter.group !== undefined) {
    const group = AGE_GROUPS.find(({ name }) => name === filter.group);
    if (group === undefined)
      throw new ViewError(
        "view.query",
        `there is no age group ${filter.group}: use one of ${AGE_GROUPS.map(({ name }) => name).join(", ")}`,
      );
    const { upTo, after } = ageBounds(group, filter.now);
    if (upTo !== undefined) query = query.where("occurred_at", "<=", upTo);
    if (after !== undefined) query = query.where("occurred_at", ">", after);
  }
  const text = filter.text?.trim() ?? "";
  if (text !== "") {
    const amounts = amountsIn(text).map(({ minor }) => minor);
    query = query.where((eb) =>
      eb.or([
        anyContains(["transaction_id"], text),
        sql<SqlBool>`(counterpart = 'record' and exists (select 1 from record c where c.account_id = open_item.account_id
          and c.record_id = cast(open_item.counterpart_id as bigint) and ${anyContains(["c.order_id", "c.reference_id"], text)}))`,
        ...(amounts.length === 0 ? [] : [eb("amount_minor", "in", amounts)]),
      ]),
    );
  }
  return query;
}

/** What the items of a list add up to, by currency. @throws ViewError as {@link listOpenItems} */
export async function sumOpenItems(context: ViewContext, filter: OpenItemFilter): Promise<readonly OpenItemSums[]> {
  const rows = await chosen(context, filter, await scopeOf(context, filter))
    .select(({ fn }) => ["currency", fn.countAll<number>().as("items")])
    .select(sql<bigint | string>`sum(case when kind = 'refund' then -amount_minor else amount_minor end)`.as("amount"))
    .groupBy("currency")
    .orderBy("currency")
    .execute();
  return rows.map(({ currency, items, amount }) => ({
    currency,
    items: Number(items),
    amountMinor: BigInt(amount),
  }));
}

const NO_RECORD = { orderId: null, referenceId: null, file: null, line: null };

type OwnRecord = Pick<OpenItemView, "orderId" | "referenceId" | "file" | "line">;

async function ownRecords({ store }: ViewContext, ids: readonly number[]): Promise<ReadonlyMap<number, OwnRecord>> {
  const rows = await inChunks(ids, (some) =>
    store.db
      .selectFrom("record as c")
      .leftJoin("import as i", (join) =>
        join.onRef("i.account_id", "=", "c.account_id").onRef("i.import_id", "=", "c.import_id"),
      )
      .select(["c.record_id", "c.order_id", "c.reference_id", "c.line", "i.file_name"])
      .where("c.record_id", "in", [...some])
      .execute(),
  );
  return new Map(
    rows.map((row) => [
      row.record_id,
      { orderId: row.order_id, referenceId: row.reference_id, file: row.file_name, line: row.line },
    ]),
  );
}

/**
 * The items behind {@link ageing}, oldest first, or in another order.
 *
 * @throws ViewError `view.query` for an age group or an order that there is not
 */
export async function listOpenItems(
  context: ViewContext,
  request: OpenItemFilter & PageRequest & { readonly sort?: string | undefined },
): Promise<Page<OpenItemView>> {
  const limit = limitOf(request);
  const { value, of, type, direction } = orderAsked(request.sort ?? "when", ORDERS, "open items");
  const cursor = readCursor(request, [type, "string", "string", "string"]);
  const scope = await scopeOf(context, request);
  let query = chosen(context, request, scope).selectAll();
  if (cursor !== null)
    query = query.where(behindCursor(cursor, value, ["account_id", "counterpart", "counterpart_id"], direction));
  const rows = await query
    .orderBy(scope.sorted(value), direction)
    .orderBy("account_id", direction)
    .orderBy("counterpart", direction)
    .orderBy("counterpart_id", direction)
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => [of(row), row.account_id, row.counterpart, row.counterpart_id]);
  const records = await ownRecords(
    context,
    page.items
      .filter((row) => row.counterpart === "record")
      .map((row) => Number(row.counterpart_id))
      .filter(Number.isSafeInteger),
  );
  const items = page.items.map((row) => ({
    ...(records.get(row.counterpart === "record" ? Number(row.counterpart_id) : -1) ?? NO_RECORD),
    accountId: row.account_id,
    kind: row.kind,
    counterpart: row.counterpart,
    counterpartId: row.counterpart_id,
    transactionId: row.transaction_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    occurredAt: row.occurred_at,
  }));
  return { items, next: page.next };
}
