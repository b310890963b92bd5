import type { Kysely } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";
import { rowOf, type SettlementRowView } from "../rows.ts";
import type { ViewContext } from "../view.ts";
import { exceptionsAbout } from "./exceptions-about.ts";
import type {
  ExplainedMatch,
  ExplainedRecord,
  ExplainedReportRow,
  ExplainedRow,
  ExplainedTransaction,
} from "./explanation.ts";
import { fileSources } from "./sources.ts";

/** Ids by which rows, records and report rows are found: of one order, or of one transaction. */
export interface TransactionKeys {
  readonly accountId: string;
  /** Charge, refund or dispute ids. */
  readonly transactionIds: readonly string[];
  /** Charge permissions: everything of the order is shown. */
  readonly permissionIds: readonly string[];
  readonly recordIds: readonly number[];
  /** Rows that belong to no order, by their place. */
  readonly places: readonly { readonly fileId: number; readonly line: number }[];
}

const MOST = 500;

/** Everything of one order, or of one transaction, from every file that speaks of it. */
export async function explainTransaction(context: ViewContext, keys: TransactionKeys): Promise<ExplainedTransaction> {
  const { db } = context.store;
  const { accountId } = keys;
  const found = await rowsOf(db, keys);
  const ids = unique([...keys.transactionIds, ...found.map((row) => row.transactionId)]);
  const files = await fileSources(
    db,
    accountId,
    found.map((row) => row.fileId),
  );
  const matches = await matchesOf(db, accountId, found);
  const rows = found.map((row): ExplainedRow => {
    const file = files.get(row.fileId);
    const own = matches.filter((match) => match.fileId === row.fileId && match.line === row.line);
    return {
      ...row,
      contentHash: file?.contentHash ?? "",
      archivePath: file?.archivePath ?? "",
      matches: own.map(({ fileId: _file, line: _line, ...match }): ExplainedMatch => match),
    };
  });
  const matched = matches.filter((match) => match.counterpart === "record").map((match) => Number(match.counterpartId));
  const own = await recordsOf(db, { ...keys, transactionIds: ids, recordIds: [...keys.recordIds, ...matched] });
  const settled = new Set(matched);
  const records = own.map((record) => ({ ...record, settled: settled.has(record.recordId) }));
  const reported = await reportedOf(db, {
    ...keys,
    transactionIds: unique([...ids, ...records.map((one) => one.transactionId)]),
  });
  const exceptions = await exceptionsAbout(context, accountId, {
    transactionIds: ids,
    recordIds: records.map(({ recordId }) => recordId),
    places: rows.map(({ fileId, line }) => ({ fileId, line })),
  });
  const sums = new Map<string, bigint>();
  for (const row of rows) sums.set(row.currency, (sums.get(row.currency) ?? 0n) + row.netMinor);
  const net = [...sums]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, amountMinor]) => ({ currency, amountMinor }));
  return { accountId, rows, records, reported, exceptions, net };
}

function unique(values: Iterable<string | null>): string[] {
  return [...new Set([...values].filter((value): value is string => value !== null))];
}

async function rowsOf(db: Kysely<Schema>, keys: TransactionKeys): Promise<readonly SettlementRowView[]> {
  const ofAccount = db.selectFrom("settlement_row").selectAll().where("account_id", "=", keys.accountId);
  // One look-up a key, so that each is answered from its own index.
  const rows = [
    ...(await inChunks(keys.permissionIds, (some) =>
      ofAccount
        .where("permission_id", "in", [...some])
        .limit(MOST)
        .execute(),
    )),
    ...(await inChunks(keys.transactionIds, (some) =>
      ofAccount
        .where("transaction_id", "in", [...some])
        .limit(MOST)
        .execute(),
    )),
  ];
  for (const { fileId, line } of keys.places.slice(0, MOST)) {
    rows.push(...(await ofAccount.where("file_id", "=", fileId).where("line", "=", line).execute()));
  }
  const distinct = new Map(rows.map((row) => [`${row.file_id}:${row.line}`, row]));
  return [...distinct.values()]
    .map(rowOf)
    .sort(
      (left, right) =>
        left.postedAt - right.postedAt || byText(left.settlementId, right.settlementId) || left.line - right.line,
    );
}

/** Numbers of files are given out as they come, which is not the same in every store: what they hold is. */
function byText(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

async function matchesOf(
  db: Kysely<Schema>,
  accountId: string,
  rows: readonly SettlementRowView[],
): Promise<readonly (ExplainedMatch & { readonly fileId: number; readonly line: number })[]> {
  const places = new Set(rows.map((row) => `${row.fileId}:${row.line}`));
  const matches = await inChunks(new Set(rows.map((row) => row.line)), (lines) =>
    db
      .selectFrom("row_match")
      .select(["file_id as fileId", "line", "counterpart", "counterpart_id as counterpartId", "rule"])
      .select("amount_minor as amountMinor")
      .where("account_id", "=", accountId)
      .where("file_id", "in", [...new Set(rows.map((row) => row.fileId))])
      .where("line", "in", [...lines])
      .orderBy("counterpart")
      .orderBy("counterpart_id")
      .execute(),
  );
  return matches.filter((match) => places.has(`${match.fileId}:${match.line}`));
}

async function recordsOf(
  db: Kysely<Schema>,
  keys: TransactionKeys,
): Promise<readonly Omit<ExplainedRecord, "settled">[]> {
  const ofAccount = db
    .selectFrom("record as c")
    .innerJoin("import as i", (join) =>
      join.onRef("i.account_id", "=", "c.account_id").onRef("i.import_id", "=", "c.import_id"),
    )
    .select(["c.record_id", "c.kind", "c.transaction_id", "c.order_id", "c.amount_minor", "c.currency"])
    .select(["c.occurred_at", "c.status", "c.source", "c.line", "i.content_hash", "i.file_name"])
    .where("c.account_id", "=", keys.accountId);
  const rows = [
    ...(await inChunks(keys.permissionIds, (some) => ofAccount.where("c.permission_id", "in", [...some]).execute())),
    ...(await inChunks(keys.transactionIds, (some) => ofAccount.where("c.transaction_id", "in", [...some]).execute())),
    ...(await inChunks(new Set(keys.recordIds), (some) => ofAccount.where("c.record_id", "in", [...some]).execute())),
  ];
  const distinct = new Map(rows.map((row) => [row.record_id, row]));
  return [...distinct.values()]
    .map((row) => ({
      recordId: row.record_id,
      kind: row.kind,
      transactionId: row.transaction_id,
      orderId: row.order_id,
      amountMinor: row.amount_minor,
      currency: row.currency,
      occurredAt: row.occurred_at,
      status: row.status,
      origin: row.source,
      source: { contentHash: row.content_hash, line: row.line ?? 0, fileName: row.file_name },
    }))
    .sort((left, right) => left.occurredAt - right.occurredAt || left.recordId - right.recordId);
}

async function reportedOf(db: Kysely<Schema>, keys: TransactionKeys): Promise<readonly ExplainedReportRow[]> {
  const ofAccount = db
    .selectFrom("transaction_row as t")
    .innerJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "t.account_id").onRef("f.file_id", "=", "t.file_id"),
    )
    .select(["t.kind", "t.object_id", "t.amount_minor", "t.currency", "t.status", "t.updated_at"])
    .select(["t.file_id", "t.line", "f.content_hash"])
    .where("t.account_id", "=", keys.accountId);
  const rows = [
    ...(await inChunks(keys.permissionIds, (some) =>
      ofAccount
        .where("t.permission_id", "in", [...some])
        .limit(MOST)
        .execute(),
    )),
    ...(await inChunks(keys.transactionIds, (some) =>
      ofAccount
        .where("t.object_id", "in", [...some])
        .limit(MOST)
        .execute(),
    )),
  ];
  const distinct = new Map(rows.map((row) => [`${row.file_id}:${row.line}`, row]));
  return [...distinct.values()]
    .map((row) => ({
      kind: row.kind,
      objectId: row.object_id,
      amountMinor: row.amount_minor,
      currency: row.currency,
      status: row.status,
      updatedAt: row.updated_at,
      fileId: row.file_id,
      source: { contentHash: row.content_hash, line: row.line },
    }))
    .sort(
      (left, right) =>
        (left.updatedAt ?? 0) - (right.updatedAt ?? 0) ||
        byText(left.kind, right.kind) ||
        byText(left.source.contentHash, right.source.contentHash) ||
        left.source.line - right.source.line,
    );
}
