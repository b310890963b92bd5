import { type HeaderEvent, type PersonalData, readReportBatches, UnusableReportError } from "@amazon-pay-kit/reports";
import { type Selectable, sql } from "kysely";
import type { LedgerContext } from "../../context.ts";
import { type RowCell, type RowTable, SETTLEMENT_ROWS, TRANSACTION_ROWS } from "../../store/rows/row-tables.ts";
import type { FileTable } from "../../store/schema/reports.ts";
import type { RowPlan } from "./load/row-plan.ts";
import { settlementPlan } from "./load/settlement-columns.ts";
import { transactionPlan } from "./load/transaction-columns.ts";

/** Whose files are read again, and how they were read when they were loaded. */
export interface VerifyRowsOptions {
  /** Default: every account. */
  readonly accountId?: string | undefined;
  readonly personalData?: (accountId: string) => PersonalData | undefined;
  readonly encoding?: (accountId: string) => string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is wrong with a stored row. */
export type RowProblem =
  /** A column says something else than the file. */
  | "row-differs"
  /** The file has the row, the store does not. */
  | "row-missing"
  /** The store has the row, the file does not. */
  | "row-unknown"
  /** The file cannot be read (again). */
  | "file-unreadable";

/** One finding. */
export interface RowFinding {
  /** Place of the file in the archive. */
  readonly path: string;
  readonly problem: RowProblem;
  readonly line: number | null;
  /** Column of the table, where one differs. */
  readonly column: string | null;
  readonly message: string;
}

/** One file whose rows were compared. */
export interface VerifiedRows {
  readonly accountId: string;
  readonly path: string;
  readonly rows: number;
  /** Empty when all is well; at most {@link MOST_FINDINGS}. */
  readonly findings: readonly RowFinding[];
  /** Findings that are not listed. */
  readonly more: number;
}

type FileRow = Selectable<FileTable>;
type StoredRow = Readonly<Record<string, RowCell>>;

/** This many findings of one file are listed; the others are counted. */
const MOST_FINDINGS = 100;

/** Columns that do not come from the line itself: whose it is, and which of identical rows it is. */
const NOT_COMPARED: ReadonlySet<string> = new Set(["account_id", "file_id", "line", "ordinal"]);

class Findings {
  readonly listed: RowFinding[] = [];
  more = 0;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  add(problem: RowProblem, line: number | null, column: string | null, message: string): void {
    if (this.listed.length >= MOST_FINDINGS) this.more += 1;
    else this.listed.push({ path: this.#path, problem, line, column, message: `${this.#path}: ${message}` });
  }
}

interface Stored {
  readonly row: StoredRow;
  /** The columns that count: a row that another file had delivered first is compared in what makes it the same. */
  readonly columns: readonly string[];
}

/** The stored rows of some lines of a file, wherever they lie. */
async function storedBetween(
  { store: { db } }: LedgerContext,
  file: FileRow,
  table: RowTable,
  from: number,
  to: number,
): Promise<ReadonlyMap<number, Stored>> {
  const stored = new Map<number, Stored>();
  const tables = table.name === "settlement_row" ? (["settlement_row", "superseded_row"] as const) : [table.name];
  for (const name of tables) {
    const { rows } = await sql<StoredRow>`select * from ${sql.table(name)} where account_id = ${file.account_id}
      and file_id = ${file.file_id} and line >= ${from} and line <= ${to}`.execute(db);
    const columns = table.columns.filter((column) => !NOT_COMPARED.has(column));
    for (const row of rows) stored.set(Number(row["line"]), { row, columns });
    const { rows: repeats } = await sql<StoredRow & { repeat_line: number }>`
      select k.*, p.line as repeat_line from row_repeat p join ${sql.table(name)} k
        on k.account_id = p.account_id and k.file_id = p.first_file_id and k.line = p.first_line
      where p.account_id = ${file.account_id} and p.file_id = ${file.file_id}
        and p.line >= ${from} and p.line <= ${to}`.execute(db);
    for (const row of repeats) stored.set(Number(row["repeat_line"]), { row, columns: table.identity });
  }
  return stored;
}

function shown(value: RowCell | undefined): string {
  return value === null || value === undefined ? "nothing" : JSON.stringify(String(value));
}

/** The buyer's data may have been emptied since. */
function same(column: string, inFile: RowCell, inStore: RowCell): boolean {
  if (column === "personal" && inStore === null) return true;
  if (inFile === null || inStore === null) return inFile === inStore;
  return String(inFile) === String(inStore);
}

interface Reading {
  readonly table: RowTable;
  readonly plan: RowPlan;
}

function readingOf(file: FileRow, header: HeaderEvent): Reading {
  const start = [file.account_id, file.file_id] as const;
  // Identical rows are not looked for: a small filter does.
  return header.report === "settlement"
    ? { table: SETTLEMENT_ROWS, plan: settlementPlan(header.columns, start, 1) }
    : { table: TRANSACTION_ROWS, plan: transactionPlan(header.report, header.columns, start, 1) };
}

async function verifyFile(context: LedgerContext, file: FileRow, options: VerifyRowsOptions): Promise<VerifiedRows> {
  const findings = new Findings(file.archive_path);
  const personalData = options.personalData?.(file.account_id);
  const encoding = options.encoding?.(file.account_id);
  const { signal } = options;
  let rows = 0;
  let last = 0;
  let reading: Reading | undefined;
  const unknown = (stored: ReadonlyMap<number, Stored>, known: ReadonlySet<number>): void => {
    for (const line of stored.keys())
      if (!known.has(line))
        findings.add("row-unknown", line, null, `line ${line} is stored, and the file has no row there`);
  };
  try {
    const batches = readReportBatches(context.archive.read(file.archive_path), {
      ...(personalData === undefined ? {} : { personalData }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(signal === undefined ? {} : { signal }),
    });
    for await (const batch of batches) {
      reading ??= readingOf(file, batch.header);
      const { table, plan } = reading;
      const to = Math.max(last, ...batch.lines);
      const stored = await storedBetween(context, file, table, last + 1, to);
      const cells: RowCell[] = Array.from<RowCell>({ length: table.columns.length }).fill(null);
      for (const [index, line] of batch.lines.entries()) {
        rows += 1;
        const known = stored.get(line);
        if (known === undefined) {
          findings.add("row-missing", line, null, `line ${line} is not stored: load the archive into new books`);
          continue;
        }
        plan.fill(batch.rows[index] ?? [], line, cells, 0);
        for (const column of known.columns) {
          const [inFile = null, inStore = null] = [cells[table.columns.indexOf(column)], known.row[column]];
          if (same(column, inFile, inStore)) continue;
          const message = `line ${line}, ${column}: the file has ${shown(inFile)}, the store ${shown(inStore)}`;
          findings.add("row-differs", line, column, message);
        }
      }
      unknown(stored, new Set(batch.lines));
      last = to;
    }
  } catch (error) {
    signal?.throwIfAborted();
    const unusable = error instanceof UnusableReportError;
    const why = error instanceof Error ? error.message : String(error);
    findings.add(
      "file-unreadable",
      null,
      null,
      unusable
        ? `cannot be read any more: ${why}`
        : `cannot be read (${why}): apay archive verify says what is wrong with it`,
    );
  }
  if (reading !== undefined && findings.listed.every(({ problem }) => problem !== "file-unreadable")) {
    unknown(await storedBetween(context, file, reading.table, last + 1, LAST_LINE), new Set());
  }
  return {
    accountId: file.account_id,
    path: file.archive_path,
    rows,
    findings: findings.listed,
    more: findings.more,
  };
}

/** The largest line that the tables hold. */
const LAST_LINE = 2_147_483_647;

const FILES_AT_ONCE = 200;

/**
 * Reads every loaded file of the archive again and compares every stored row with it, column by column: the proof of books
 * after bit rot, or hands in the database. Memory stays flat however large the files are.
 *
 * @example
 * for await (const { findings } of verifyRows(ledger)) for (const { message } of findings) console.error(message);
 */
export async function* verifyRows(
  context: LedgerContext,
  options: VerifyRowsOptions = {},
): AsyncGenerator<VerifiedRows> {
  let after = 0;
  for (;;) {
    let query = context.store.db
      .selectFrom("file")
      .selectAll()
      .where("loaded_at", "is not", null)
      .where("file_id", ">", after);
    if (options.accountId !== undefined) query = query.where("account_id", "=", options.accountId);
    const files = await query.orderBy("file_id").limit(FILES_AT_ONCE).execute();
    for (const file of files) {
      options.signal?.throwIfAborted();
      yield await verifyFile(context, file, options);
      after = file.file_id;
    }
    if (files.length < FILES_AT_ONCE) return;
  }
}
