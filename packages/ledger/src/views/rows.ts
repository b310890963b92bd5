import { type Selectable, sql, type SqlBool } from "kysely";
import { amountsIn } from "./amount-text.ts";
import type { SettlementRowTable } from "../store/schema/reports.ts";
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

/** A settlement row with the place that it comes from. */
export interface SettlementRowView {
  readonly accountId: string;
  readonly fileId: number;
  readonly line: number;
  readonly settlementId: string;
  readonly postedAt: number;
  readonly type: string;
  readonly typeKey: string;
  readonly transactionId: string | null;
  readonly referenceId: string | null;
  readonly permissionId: string | null;
  readonly orderId: string | null;
  readonly storeName: string | null;
  readonly currency: string;
  readonly description: string | null;
  readonly amountMinor: bigint;
  readonly percentageFeeMinor: bigint;
  readonly fixedFeeMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  readonly extra: Readonly<Record<string, string | null>> | null;
}

/** The row as a view shows it. */
export function rowOf(row: Selectable<SettlementRowTable>): SettlementRowView {
  return {
    accountId: row.account_id,
    fileId: row.file_id,
    line: row.line,
    settlementId: row.settlement_id,
    postedAt: row.posted_at,
    type: row.type,
    typeKey: row.type_key,
    transactionId: row.transaction_id,
    referenceId: row.reference_id,
    permissionId: row.permission_id,
    orderId: row.order_id,
    storeName: row.store_name,
    currency: row.currency,
    description: row.description,
    amountMinor: row.amount_minor,
    percentageFeeMinor: row.percentage_fee_minor,
    fixedFeeMinor: row.fixed_fee_minor,
    feeMinor: row.total_fee_minor,
    netMinor: row.net_minor,
    extra: row.extra === null ? null : (JSON.parse(row.extra) as Record<string, string | null>),
  };
}

/** What of a row is searched for words. */
const TEXT_COLUMNS = ["transaction_id", "reference_id", "permission_id", "order_id", "description", "type"] as const;

/** Rows of one settlement in the order in which they were posted. */
export async function listSettlementRows(
  context: ViewContext,
  request: AccountFilter & {
    readonly settlementId: string;
    readonly currency?: string | undefined;
    readonly typeKey?: string | undefined;
    /** Words of an id, order, reference or description, or an amount. */
    readonly text?: string | undefined;
  } & PageRequest,
): Promise<Page<SettlementRowView>> {
  const limit = limitOf(request);
  const cursor = readCursor(request, ["number", "number", "number"]);
  let query = context.store.db
    .selectFrom("settlement_row")
    .selectAll()
    .where("account_id", "in", await accountIds(context, request))
    .where("settlement_id", "=", request.settlementId);
  if (request.currency !== undefined) query = query.where("currency", "=", request.currency);
  if (request.typeKey !== undefined) query = query.where("type_key", "=", request.typeKey);
  const text = request.text?.trim() ?? "";
  if (text !== "") {
    const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    const amounts = amountsIn(text).flatMap(({ minor }) => [minor, -minor]);
    query = query.where((eb) =>
      eb.or([
        ...TEXT_COLUMNS.map((column) => sql<SqlBool>`lower(${sql.ref(column)}) like ${pattern} escape ${"\\"}`),
        ...(amounts.length === 0 ? [] : [eb("amount_minor", "in", amounts), eb("net_minor", "in", amounts)]),
      ]),
    );
  }
  if (cursor !== null) {
    const [postedAt, fileId, line] = cursor as [number, number, number];
    query = query.where((eb) => eb(eb.refTuple("posted_at", "file_id", "line"), ">", eb.tuple(postedAt, fileId, line)));
  }
  const rows = await query
    .orderBy("posted_at")
    .orderBy("file_id")
    .orderBy("line")
    .limit(limit + 1)
    .execute();
  return pageOf(rows.map(rowOf), limit, (item) => [item.postedAt, item.fileId, item.line]);
}
