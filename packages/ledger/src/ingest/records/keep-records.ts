import { type Insertable, type Kysely, sql } from "kysely";
import { chunks, inChunks } from "../../store/chunks.ts";
import type { RowInserter } from "../../store/rows/bulk-load.ts";
import type { RowCell } from "../../store/rows/row-tables.ts";
import type { RecordTable } from "../../store/schema/books.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { RecordProblem } from "./errors.ts";
import { type CheckedRecord, identityOf } from "./record.ts";
import { RECORD_CONTENT, RECORD_CONTENT_COLUMNS } from "./record-content.ts";

/** What to do with a record that is there already with other contents. */
export type OnConflict = "refuse" | "replace";

/** Where records come from, and where they go. */
export interface Keeping {
  readonly db: Kysely<Schema>;
  readonly accountId: string;
  readonly importId: number;
  readonly source: "file" | "library" | "api";
  readonly onConflict: OnConflict;
  /** Whether the account had records before this import: without any there is nothing to recognise. */
  readonly anyBefore: boolean;
  /** The store's faster way into the table, where it has one. */
  readonly inserter: RowInserter | undefined;
}

/** What became of some records. */
export interface Kept {
  added: number;
  /** There already, just the same. */
  repeated: number;
  /** There already, and changed: a new status, an id that was missing, or, where it was allowed, another amount. */
  revised: number;
}

interface Known {
  readonly record_id: number;
  readonly kind: string;
  readonly transaction_id: string | null;
  readonly parent_transaction_id: string | null;
  readonly reference_id: string | null;
  readonly permission_id: string | null;
  readonly order_id: string | null;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly occurred_at: number;
  readonly status: string | null;
}

const COLUMNS = [
  "record_id",
  "kind",
  "transaction_id",
  "parent_transaction_id",
  "reference_id",
  "permission_id",
  "order_id",
  "amount_minor",
  "currency",
  "occurred_at",
  "status",
] as const;

function identityOfKnown(known: Known): string {
  return identityOf({
    line: 0,
    kind: known.kind as "charge" | "refund",
    transactionId: known.transaction_id,
    parentTransactionId: known.parent_transaction_id,
    referenceId: known.reference_id,
    permissionId: known.permission_id,
    orderId: known.order_id,
    amount: known.amount_minor,
    currency: known.currency,
    occurredAt: known.occurred_at,
    status: known.status ?? "",
  });
}

/** The stored records that any of some new ones may be. */
async function knownAmong(
  { db, accountId }: Keeping,
  records: readonly CheckedRecord[],
): Promise<ReadonlyMap<string, Known>> {
  const known = new Map<string, Known>();
  const ask = async (
    column: "transaction_id" | "reference_id" | "order_id" | "permission_id",
    values: (string | null)[],
  ) => {
    const wanted = new Set(values.filter((value) => value !== null));
    const rows = await inChunks(wanted, (some) =>
      db
        .selectFrom("record")
        .select(COLUMNS)
        .where("account_id", "=", accountId)
        .where(column, "in", [...some])
        .execute(),
    );
    for (const row of rows) known.set(identityOfKnown(row), row);
  };
  await ask(
    "transaction_id",
    records.map((record) => record.transactionId),
  );
  const unnamed = records.filter((record) => record.transactionId === null);
  await ask(
    "reference_id",
    unnamed.map((record) => record.referenceId),
  );
  const bare = unnamed.filter((record) => record.referenceId === null);
  await ask(
    "order_id",
    bare.map((record) => record.orderId),
  );
  await ask(
    "permission_id",
    bare.filter((record) => record.orderId === null).map((record) => record.permissionId),
  );
  return known;
}

const MEMBERS = [
  ["parent_transaction_id", "parentTransactionId"],
  ["reference_id", "referenceId"],
  ["permission_id", "permissionId"],
  ["order_id", "orderId"],
] as const;

/** How a record stands to the stored one; `member` is what contradicts. */
interface Comparison {
  readonly what: "same" | "fuller" | "conflict";
  readonly member?: string;
}

/** How a record stands to the stored one: the same, with something added, or contradicting it. */
function compare(known: Known, record: CheckedRecord): Comparison {
  if (known.currency !== record.currency) return { what: "conflict", member: `currency ${known.currency}` };
  if (known.amount_minor !== record.amount) return { what: "conflict", member: "amount" };
  let fuller = known.status !== record.status;
  for (const [column, member] of MEMBERS) {
    if (record[member] === null || known[column] === record[member]) continue;
    if (known[column] !== null) return { what: "conflict", member };
    fuller = true;
  }
  return { what: fuller ? "fuller" : "same" };
}

/**
 * Stores some records, in one transaction with the rest of their import. Records that are there already are recognised.
 *
 * @returns what is wrong with records that contradict stored ones
 */
export async function keepRecords(
  keeping: Keeping,
  records: readonly CheckedRecord[],
  kept: Kept,
): Promise<RecordProblem[]> {
  const known = keeping.anyBefore ? await knownAmong(keeping, records) : new Map<string, Known>();
  const problems: RecordProblem[] = [];
  const fresh: CheckedRecord[] = [];
  for (const record of records) {
    const before = known.get(identityOf(record));
    if (before === undefined) {
      fresh.push(record);
      continue;
    }
    const comparison = compare(before, record);
    if (comparison.what === "same") kept.repeated += 1;
    else if (comparison.what === "fuller" || keeping.onConflict === "replace") {
      await revise(keeping, before, record);
      kept.revised += 1;
    } else {
      problems.push({
        code: "record.conflict",
        line: record.line,
        message: `${identityOf(record)} is in the books with another ${comparison.member}: correct one of them, or import with replacement`,
      });
    }
  }
  await insert(keeping, fresh);
  kept.added += fresh.length;
  return problems;
}

async function revise(keeping: Keeping, known: Known, record: CheckedRecord): Promise<void> {
  // What it said stays, so that the import can be withdrawn.
  await sql`insert into record_revision (account_id, record_id, import_id, ${RECORD_CONTENT})
    select account_id, record_id, ${keeping.importId}, ${RECORD_CONTENT} from record
    where account_id = ${keeping.accountId} and record_id = ${known.record_id}`.execute(keeping.db);
  await keeping.db
    .updateTable("record")
    .set({
      parent_transaction_id: record.parentTransactionId ?? known.parent_transaction_id,
      reference_id: record.referenceId ?? known.reference_id,
      permission_id: record.permissionId ?? known.permission_id,
      order_id: record.orderId ?? known.order_id,
      amount_minor: record.amount,
      currency: record.currency,
      occurred_at: record.occurredAt,
      status: record.status,
      revised_in: keeping.importId,
    })
    .where("account_id", "=", keeping.accountId)
    .where("record_id", "=", known.record_id)
    .execute();
}

/** Columns of a record as {@link insert} writes them. */
export const WRITTEN_COLUMNS = ["account_id", "import_id", ...RECORD_CONTENT_COLUMNS] as const;

type Written = Record<(typeof WRITTEN_COLUMNS)[number], RowCell>;

/** What a record is in each column. */
const CELLS: { readonly [Column in keyof Written]: (record: CheckedRecord, keeping: Keeping) => RowCell } = {
  account_id: (_record, keeping) => keeping.accountId,
  import_id: (_record, keeping) => keeping.importId,
  line: (record) => record.line,
  source: (_record, keeping) => keeping.source,
  kind: (record) => record.kind,
  transaction_id: (record) => record.transactionId,
  parent_transaction_id: (record) => record.parentTransactionId,
  reference_id: (record) => record.referenceId,
  permission_id: (record) => record.permissionId,
  order_id: (record) => record.orderId,
  amount_minor: (record) => record.amount,
  currency: (record) => record.currency,
  occurred_at: (record) => record.occurredAt,
  status: (record) => record.status,
  revised_in: () => null,
};
const IN_ORDER = WRITTEN_COLUMNS.map((column) => CELLS[column]);

function written(keeping: Keeping, record: CheckedRecord): Written {
  return Object.fromEntries(WRITTEN_COLUMNS.map((column) => [column, CELLS[column](record, keeping)])) as Written;
}

async function insert(keeping: Keeping, records: readonly CheckedRecord[]): Promise<void> {
  const { inserter } = keeping;
  if (inserter !== undefined) {
    await inserter.write(records.length, (index, cells, at) => {
      const record = records[index];
      if (record === undefined) return;
      let place = at;
      for (const cell of IN_ORDER) cells[place++] = cell(record, keeping);
    });
    return;
  }
  for (const some of chunks(records, 200)) {
    await keeping.db
      .insertInto("record")
      .values(some.map((record) => written(keeping, record) as Insertable<RecordTable>))
      .execute();
  }
}
