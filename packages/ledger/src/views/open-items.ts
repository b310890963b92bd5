import { inChunks } from "../store/chunks.ts";
import { AGE_GROUPS, ageBounds } from "./ageing.ts";
import {
  accountIds,
  limitOf,
  pageOf,
  readCursor,
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
  /** The moment by which the age is reckoned. */
  readonly now: number;
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
 * The items behind {@link ageing}, oldest first.
 *
 * @throws ViewError `view.query` for an age group that there is not
 */
export async function listOpenItems(
  context: ViewContext,
  request: OpenItemFilter & PageRequest,
): Promise<Page<OpenItemView>> {
  const limit = limitOf(request);
  const cursor = readCursor(request, ["number", "string", "string", "string"]);
  let query = context.store.db
    .selectFrom("open_item")
    .selectAll()
    .where("account_id", "in", await accountIds(context, request));
  if (request.kind !== undefined) query = query.where("kind", "=", request.kind);
  if (request.currency !== undefined) query = query.where("currency", "=", request.currency);
  if (request.transactionId !== undefined) query = query.where("transaction_id", "=", request.transactionId);
  if (request.group !== undefined) {
    const group = AGE_GROUPS.find(({ name }) => name === request.group);
    if (group === undefined)
      throw new ViewError(
        "view.query",
        `there is no age group ${request.group}: use one of ${AGE_GROUPS.map(({ name }) => name).join(", ")}`,
      );
    const { upTo, after } = ageBounds(group, request.now);
    if (upTo !== undefined) query = query.where("occurred_at", "<=", upTo);
    if (after !== undefined) query = query.where("occurred_at", ">", after);
  }
  if (cursor !== null) {
    const [occurredAt, accountId, counterpart, counterpartId] = cursor as [number, string, string, string];
    query = query.where((eb) =>
      eb(
        eb.refTuple("occurred_at", "account_id", "counterpart", "counterpart_id"),
        ">",
        eb.tuple(occurredAt, accountId, counterpart, counterpartId),
      ),
    );
  }
  const rows = await query
    .orderBy("occurred_at")
    .orderBy("account_id")
    .orderBy("counterpart")
    .orderBy("counterpart_id")
    .limit(limit + 1)
    .execute();
  const records = await ownRecords(
    context,
    rows
      .filter((row) => row.counterpart === "record")
      .map((row) => Number(row.counterpart_id))
      .filter(Number.isSafeInteger),
  );
  const items = rows.map((row) => ({
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
  return pageOf(items, limit, (item) => [item.occurredAt, item.accountId, item.counterpart, item.counterpartId]);
}
