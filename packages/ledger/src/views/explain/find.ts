import type { Expression, ExpressionBuilder, SqlBool } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import { summaryOf, type SettlementSummary } from "../settlements.ts";
import { accountIds, type Scope, scopeOf, type AccountFilter, type ViewContext } from "../view.ts";
import type { AmountReading } from "../amount-text.ts";
import type { TransactionKeys } from "./transaction.ts";

/** What is looked for, and in which account. */
export interface Wanted extends AccountFilter {
  readonly text: string;
  /** What the text is as an amount; empty where it is none. */
  readonly amounts: readonly AmountReading[];
  readonly currency?: string | undefined;
  readonly limit: number;
  /** The day that the text is, in the time zone of the books; undefined where it is none. */
  readonly day?: { readonly from: number; readonly until: number } | undefined;
}

/** Whether a currency is one that an amount was read for. */
export function readsAs(amounts: readonly AmountReading[], currency: string, minor: bigint): boolean {
  return amounts.some((one) => one.fits(currency) && (one.minor === minor || one.minor === -minor));
}

/** Settlements by their id, or by one of their figures. */
export async function findSettlements(context: ViewContext, wanted: Wanted): Promise<readonly SettlementSummary[]> {
  const minors = wanted.amounts.flatMap(({ minor }) => [minor, -minor]).filter((minor) => minor !== 0n);
  const scope = await scopeOf(context, wanted);
  if (scope.all && wanted.day === undefined) return settlementsOfAll(context, wanted, minors);
  let query = context.store.db
    .selectFrom("settlement")
    .selectAll()
    .where(scope.of())
    .where((where) =>
      where.or([
        where("settlement_id", "=", wanted.text),
        ...(wanted.day === undefined
          ? []
          : [
              where.and([where("end_at", ">=", wanted.day.from), where("end_at", "<", wanted.day.until)]),
              where.and([where("payout_at", ">=", wanted.day.from), where("payout_at", "<", wanted.day.until)]),
            ]),
        ...(minors.length === 0 ? [] : FIGURES.map((column) => where(column, "in", minors))),
      ]),
    );
  if (wanted.currency !== undefined) query = query.where("currency", "=", wanted.currency);
  const rows = await query
    .orderBy("end_at", "desc")
    .orderBy("account_id")
    .orderBy("settlement_id")
    .orderBy("currency")
    .execute();
  return rows
    .filter(
      (row) =>
        row.settlement_id === wanted.text ||
        (wanted.day !== undefined && [row.end_at, row.payout_at].some((at) => isIn(wanted.day, at))) ||
        FIGURES.some((column) => row[column] !== 0n && readsAs(wanted.amounts, row.currency, row[column])),
    )
    .map(summaryOf);
}

/**
 * The settlements of all accounts that have an id or a figure, some of each: a look-up a figure, each answered by its own index, where
 * all that have a common amount would be read and sorted.
 */
async function settlementsOfAll(
  { store }: ViewContext,
  wanted: Wanted,
  minors: readonly bigint[],
): Promise<readonly SettlementSummary[]> {
  const found = new Map<string, SettlementSummary>();
  const look = async (column: "settlement_id" | (typeof FIGURES)[number], value: string | bigint): Promise<void> => {
    let query = store.db.selectFrom("settlement").selectAll().where(column, "=", value);
    if (wanted.currency !== undefined) query = query.where("currency", "=", wanted.currency);
    const rows = await query
      .orderBy("account_id")
      .orderBy("settlement_id")
      .orderBy("currency")
      .limit(MOST_OF_FIGURE)
      .execute();
    for (const row of rows) {
      if (typeof value === "bigint" && !readsAs(wanted.amounts, row.currency, value)) continue;
      found.set(`${row.account_id} ${row.settlement_id} ${row.currency}`, summaryOf(row));
    }
  };
  await look("settlement_id", wanted.text);
  for (const minor of new Set(minors)) for (const column of FIGURES) await look(column, minor);
  return [...found.values()].sort((left, right) => (right.endAt ?? 0) - (left.endAt ?? 0));
}

function isIn(day: Wanted["day"], at: number | null): boolean {
  return day !== undefined && at !== null && at >= day.from && at < day.until;
}

const FIGURES = [
  "transfer_minor",
  "payout_minor",
  "activity_minor",
  "fees_minor",
  "opening_minor",
  "closing_minor",
  "reserve_minor",
] as const;

/** So many settlements of all accounts that share a figure are read. */
const MOST_OF_FIGURE = 60;

type RowCondition = (where: ExpressionBuilder<Schema, "settlement_row">) => Expression<SqlBool>;

/** Orders and transactions by any of their ids, or by the amount of a row or record. */
export async function findTransactions(context: ViewContext, wanted: Wanted): Promise<readonly TransactionKeys[]> {
  const scope = await scopeOf(context, wanted);
  const { db } = context.store;
  const { text, limit } = wanted;
  const found = new Map<string, Building>();
  // One look-up a column: the database answers each from its own index.
  const conditions: RowCondition[] = (["transaction_id", "permission_id", "order_id", "reference_id"] as const).map(
    (column) => (where) => where(column, "=", text),
  );
  // One amount at a time, and the newest rows of each: of several together a database sorts every row first.
  conditions.push(
    ...signed(wanted).map(
      (minor): RowCondition =>
        (where) =>
          where("amount_minor", "=", minor),
    ),
  );
  for (const condition of conditions) {
    const rows = await db
      .selectFrom("settlement_row")
      .select(["account_id", "file_id", "line", "transaction_id", "permission_id", "order_id", "reference_id"])
      .select(["currency", "amount_minor"])
      .where(scope.of())
      .where(condition)
      .orderBy("posted_at", "desc")
      .orderBy("file_id", "desc")
      .orderBy("account_id", "desc")
      .orderBy("line", "desc")
      .limit(limit + 1)
      .execute();
    for (const row of rows) {
      const byId = [row.transaction_id, row.permission_id, row.order_id, row.reference_id].includes(text);
      if (!byId && !readsAs(wanted.amounts, row.currency, row.amount_minor)) continue;
      if (!byId && wanted.currency !== undefined && wanted.currency !== row.currency) continue;
      const order = building(
        found,
        row.account_id,
        row.permission_id ?? row.transaction_id ?? `${row.file_id}:${row.line}`,
      );
      if (row.permission_id !== null) order.permissionIds.add(row.permission_id);
      else if (row.transaction_id !== null) order.transactionIds.add(row.transaction_id);
      else order.places.push({ fileId: row.file_id, line: row.line });
    }
  }
  for (const column of ["transaction_id", "permission_id", "order_id", "reference_id"] as const) {
    const records = await db
      .selectFrom("record")
      .select(["account_id", "record_id", "transaction_id", "permission_id"])
      .where(scope.of())
      .where(column, "=", text)
      .orderBy("record_id")
      .limit(limit + 1)
      .execute();
    for (const record of records) {
      const key = record.permission_id ?? record.transaction_id ?? `record ${record.record_id}`;
      const order = building(found, record.account_id, key);
      order.recordIds.add(record.record_id);
      if (record.permission_id !== null) order.permissionIds.add(record.permission_id);
      if (record.transaction_id !== null) order.transactionIds.add(record.transaction_id);
    }
  }
  for (const record of await recordsOfAmount(context, wanted, scope)) {
    const order = building(found, record.account_id, record.permission_id ?? `record ${record.record_id}`);
    order.recordIds.add(record.record_id);
    if (record.permission_id !== null) order.permissionIds.add(record.permission_id);
    if (record.transaction_id !== null) order.transactionIds.add(record.transaction_id);
  }
  for (const column of ["object_id", "permission_id", "reference_id"] as const) {
    const rows = await db
      .selectFrom("transaction_row")
      .select(["account_id", "object_id", "permission_id"])
      .where(scope.of())
      .where(column, "=", text)
      .orderBy("file_id")
      .orderBy("line")
      .limit(limit + 1)
      .execute();
    for (const row of rows) {
      const order = building(found, row.account_id, row.permission_id ?? row.object_id ?? text);
      if (row.permission_id !== null) order.permissionIds.add(row.permission_id);
      if (row.object_id !== null) order.transactionIds.add(row.object_id);
    }
  }
  return [...found.values()].map((one) => ({
    accountId: one.accountId,
    transactionIds: [...one.transactionIds],
    permissionIds: [...one.permissionIds],
    recordIds: [...one.recordIds],
    places: one.places,
  }));
}

/** The amounts that are looked for, with either sign. */
function signed({ amounts }: Wanted): readonly bigint[] {
  return [...new Set(amounts.flatMap(({ minor }) => [minor, -minor]))];
}

/** The merchant's own records of an amount; newest first. */
async function recordsOfAmount(context: ViewContext, wanted: Wanted, scope: Scope) {
  const minors = new Set(wanted.amounts.map(({ minor }) => minor).filter((minor) => minor !== 0n));
  const rows = await Promise.all(
    [...minors].map((minor) =>
      context.store.db
        .selectFrom("record")
        .select(["account_id", "record_id", "transaction_id", "permission_id", "currency", "amount_minor"])
        .where(scope.of())
        .where("amount_minor", "=", minor)
        .orderBy("occurred_at", "desc")
        .orderBy("record_id", "desc")
        .limit(wanted.limit + 1)
        .execute(),
    ),
  );
  return rows
    .flat()
    .filter((row) => readsAs(wanted.amounts, row.currency, row.amount_minor))
    .filter((row) => wanted.currency === undefined || wanted.currency === row.currency);
}

/** The record, row or transaction that an exception is about. */
export async function keysOfException(
  { store: { db } }: ViewContext,
  { accountId, exceptionId }: { readonly accountId: string; readonly exceptionId: string },
): Promise<readonly TransactionKeys[]> {
  const row = await db
    .selectFrom("exception")
    .select(["transaction_id", "record_id", "file_id", "line", "code"])
    .where("account_id", "=", accountId)
    .where("exception_id", "=", exceptionId)
    .executeTakeFirst();
  if (row === undefined || (row.transaction_id === null && row.record_id === null)) return [];
  return [
    {
      accountId,
      transactionIds: row.transaction_id === null ? [] : [row.transaction_id],
      permissionIds: [],
      recordIds: row.record_id === null ? [] : [row.record_id],
      places: row.file_id === null || row.line === null ? [] : [{ fileId: row.file_id, line: row.line }],
    },
  ];
}

interface Building {
  readonly accountId: string;
  readonly transactionIds: Set<string>;
  readonly permissionIds: Set<string>;
  readonly recordIds: Set<number>;
  readonly places: { readonly fileId: number; readonly line: number }[];
}

function building(found: Map<string, Building>, accountId: string, key: string): Building {
  const name = `${accountId} ${key}`;
  const known = found.get(name) ?? {
    accountId,
    transactionIds: new Set<string>(),
    permissionIds: new Set<string>(),
    recordIds: new Set<number>(),
    places: [],
  };
  found.set(name, known);
  return known;
}

/** Rows whose net amount is so large: asked when nothing else has that amount. */
export async function findByNet(context: ViewContext, wanted: Wanted): Promise<readonly TransactionKeys[]> {
  const scope = await scopeOf(context, wanted);
  const rows = await Promise.all(
    signed(wanted)
      .filter((minor) => minor !== 0n)
      .map((minor) =>
        context.store.db
          .selectFrom("settlement_row")
          .select(["account_id", "file_id", "line", "transaction_id", "permission_id", "currency", "net_minor"])
          .where(scope.of())
          .where("net_minor", "=", minor)
          .orderBy("posted_at", "desc")
          .orderBy("file_id", "desc")
          .orderBy("account_id", "desc")
          .orderBy("line", "desc")
          .limit(wanted.limit + 1)
          .execute(),
      ),
  );
  return rows
    .flat()
    .filter((row) => readsAs(wanted.amounts, row.currency, row.net_minor))
    .filter((row) => wanted.currency === undefined || wanted.currency === row.currency)
    .map((row) => ({
      accountId: row.account_id,
      transactionIds: row.permission_id === null && row.transaction_id !== null ? [row.transaction_id] : [],
      permissionIds: row.permission_id === null ? [] : [row.permission_id],
      recordIds: [],
      places: [{ fileId: row.file_id, line: row.line }],
    }));
}

/** The row on a line of a kept file, named as the explanations name it: beginning of the file's hash, colon, line. */
export async function findLine(context: ViewContext, wanted: Wanted): Promise<readonly TransactionKeys[]> {
  const match = /^([0-9a-f]{8,64}):(\d{1,9})$/.exec(wanted.text);
  if (match === null) return [];
  const [, hash = "", line = ""] = match;
  const rows = await context.store.db
    .selectFrom("file as f")
    .innerJoin("settlement_row as r", (join) =>
      join.onRef("r.account_id", "=", "f.account_id").onRef("r.file_id", "=", "f.file_id"),
    )
    .select(["r.account_id", "r.file_id", "r.line", "r.permission_id"])
    .where("f.account_id", "in", await accountIds(context, wanted))
    .where("f.content_hash", "like", `${hash}%`)
    .where("r.line", "=", Number(line))
    .execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    transactionIds: [],
    permissionIds: row.permission_id === null ? [] : [row.permission_id],
    recordIds: [],
    places: [{ fileId: row.file_id, line: row.line }],
  }));
}
