import { appendAudit } from "../../audit/index.ts";
import { type Kysely, sql } from "kysely";
import { accountsOf, type BooksContext } from "../../books/context.ts";
import { BooksError } from "../../books/errors.ts";
import { fileNames } from "../../reconcile/versions/file-names.ts";
import type { Schema } from "../../store/schema/index.ts";
import { letCount, markReworked, versionsOf } from "../../store/rows/versions.ts";
import { sumFees } from "../../store/rows/fee-sums.ts";
import { WITHDRAWN } from "../../store/rows/withdrawn.ts";
import { moveReportsOfFile } from "./load/report-state.ts";

/** Result of withdrawing a report file. */
export interface ReportWithdrawn {
  readonly accountId: string;
  /** Name of the file, or id of the report that delivered it. */
  readonly file: string;
  /** SHA-256 of its bytes, which stay in the archive. */
  readonly hash: string;
  readonly path: string;
  /** Rows that are no longer in the books. */
  readonly rows: number;
  /** Rows that another file has too, and that count as its rows now. */
  readonly handedOver: number;
}

/** A report file that was loaded, and what it is called. */
interface Candidate {
  readonly accountId: string;
  readonly fileId: number;
  readonly name: string;
  readonly hash: string;
  readonly path: string;
  readonly loaded: boolean;
  readonly code: string | null;
  readonly message: string | null;
}

const TABLES = ["settlement_row", "superseded_row", "transaction_row"] as const;

async function candidates(db: Kysely<Schema>, accountId: string, wanted: string): Promise<Candidate[]> {
  const files = await db
    .selectFrom("file")
    .select(["file_id", "content_hash", "archive_path", "loaded_at", "quarantine_code", "quarantine_message"])
    .where("account_id", "=", accountId)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        ...(/^[0-9a-f]{8,64}$/i.test(wanted) ? [eb("content_hash", "like", `${wanted.toLowerCase()}%`)] : []),
        eb("archive_path", "=", wanted),
        exists(
          selectFrom("report_file")
            .select("report_file.file_id")
            .whereRef("report_file.account_id", "=", "file.account_id")
            .whereRef("report_file.file_id", "=", "file.file_id")
            .where(({ or: any, eb: is }) =>
              any([
                is("report_file.report_id", "=", wanted),
                // A folder's reports are named by their file, with what tells two of one name apart behind it.
                is("report_file.report_id", "like", `${wanted.replaceAll(/[\\%_]/g, "\\$&")}@%`),
              ]),
            ),
        ),
      ]),
    )
    .execute();
  const names = await fileNames(
    db,
    accountId,
    files.map((file) => file.file_id),
  );
  return files.map((file) => ({
    accountId,
    fileId: file.file_id,
    name: names.get(file.file_id)?.name ?? file.archive_path,
    hash: file.content_hash,
    path: file.archive_path,
    loaded: file.loaded_at !== null,
    code: file.quarantine_code,
    message: file.quarantine_message,
  }));
}

async function oneFile(db: Kysely<Schema>, accounts: readonly string[], wanted: string): Promise<Candidate> {
  const found: Candidate[] = [];
  for (const accountId of accounts) found.push(...(await candidates(db, accountId, wanted)));
  const loaded = found.filter((file) => file.loaded);
  const [only, ...others] = loaded;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    const list = loaded.map(({ name, hash }) => `${hash.slice(0, 12)} (${name})`).join(", ");
    throw new BooksError(
      "books.not-found",
      `${JSON.stringify(wanted)} could be several files: name one by its hash, ${list}`,
    );
  }
  const withdrawn = found.find(({ code }) => code === WITHDRAWN);
  if (withdrawn !== undefined) throw new BooksError("books.not-found", `${withdrawn.name}: ${withdrawn.message ?? ""}`);
  throw new BooksError(
    "books.not-found",
    `no report file ${JSON.stringify(wanted)} is in the books: give the name of the file, the id of the report or the beginning of its SHA-256`,
  );
}

/**
 * Withdraws a report file that does not belong into the books. Its rows count nowhere any more; a row that another file has too
 * counts as that file's, and of several versions of a settlement the newest other one counts. The bytes stay in the archive, with
 * who withdrew it, when and why. Loading the file by hand takes it in again. Run reconcile afterwards.
 *
 * @param wanted name of the file, id of the report, or the beginning of the SHA-256
 * @param note why; must not be empty
 * @throws BooksError `books.not-found` for a file that is not in the books, or a name that several have; `books.bad-option`
 * without a reason
 *
 * @example
 * await withdrawReport({ store, clock, accountId: "shop", who: "mara" }, "october-copy.csv", "saved again by a spreadsheet");
 */
export async function withdrawReport(context: BooksContext, wanted: string, note: string): Promise<ReportWithdrawn> {
  if (note.trim() === "")
    throw new BooksError("books.bad-option", "say why the report is withdrawn: nothing was changed");
  const accounts = await accountsOf(context);
  return context.store.transaction(async (db) => {
    const { accountId, fileId, name, hash, path } = await oneFile(db, accounts, wanted);
    await db
      .selectFrom("account")
      .select("account_id")
      .where("account_id", "=", accountId)
      // No file may be loaded meanwhile: it would take the rows for repeats.
      .$if(context.store.dialect === "postgres", (query) => query.forNoKeyUpdate())
      .execute();
    await leaveVersions(db, accountId, fileId);
    const handedOver = await handOver(db, accountId, fileId);
    const rows = await deleteRows(db, accountId, fileId);
    const now = context.clock.now();
    const who = context.who ?? "unknown";
    const message = `withdrawn on ${new Date(now).toISOString().slice(0, 10)} by ${who}: ${note.trim()}`;
    await db
      .updateTable("file")
      .set({ loaded_at: null, quarantine_code: WITHDRAWN, quarantine_message: message })
      .where("account_id", "=", accountId)
      .where("file_id", "=", fileId)
      .execute();
    await moveReportsOfFile(db, { accountId, fileId }, ["loaded", "linked", "archived"], "withdrawn", message);
    await db
      .insertInto("report_withdrawal")
      .values({ account_id: accountId, file_id: fileId, withdrawn_at: now, who, note: note.trim(), row_count: rows })
      .execute();
    await markReworked(db, accountId);
    const was = { file: name, rows };
    await appendAudit(context, db, { accountId, what: "report.withdrawn", subject: hash, note: note.trim(), was });
    return { accountId, file: name, hash, path, rows, handedOver };
  });
}

/** Of a settlement with several versions, the newest other one counts; a single one that is left is no version any more. */
async function leaveVersions(db: Kysely<Schema>, accountId: string, fileId: number): Promise<void> {
  const own = await db
    .selectFrom("settlement_version")
    .select("settlement_id")
    .where("account_id", "=", accountId)
    .where("file_id", "=", fileId)
    .execute();
  for (const { settlement_id: settlementId } of own) {
    const versions = await versionsOf(db, accountId, settlementId);
    const leaving = versions.find((version) => version.fileId === fileId);
    const others = versions.filter((version) => version.fileId !== fileId);
    const next = others.at(-1);
    if (leaving?.counts === true && next !== undefined) await letCount(db, accountId, leaving, next);
    await db
      .deleteFrom("settlement_version")
      .where("account_id", "=", accountId)
      .where("settlement_id", "=", settlementId)
      .where(({ or, eb }) =>
        or([eb("file_id", "=", fileId), ...(others.length === 1 ? [eb("file_id", "!=", fileId)] : [])]),
      )
      .execute();
  }
}

interface Heir {
  readonly line: number;
  readonly toFile: number;
  readonly toLine: number;
}

/** Rows that other files have too become theirs: of each, the first that has it. */
async function handOver(db: Kysely<Schema>, accountId: string, fileId: number): Promise<number> {
  const { rows: heirs } = await sql<Heir>`
    select first_line as line, file_id as "toFile", min(line) as "toLine" from row_repeat p
    where account_id = ${accountId} and first_file_id = ${fileId} and file_id = (
      select min(q.file_id) from row_repeat q
      where q.account_id = p.account_id and q.first_file_id = p.first_file_id and q.first_line = p.first_line)
    group by first_line, file_id
  `.execute(db);
  for (const { line, toFile, toLine } of heirs) {
    for (const table of [...TABLES, "row_match"] as const) {
      await db
        .updateTable(table)
        .set({ file_id: toFile, line: toLine })
        .where("account_id", "=", accountId)
        .where("file_id", "=", fileId)
        .where("line", "=", line)
        .execute();
    }
    await db
      .deleteFrom("row_repeat")
      .where("account_id", "=", accountId)
      .where("file_id", "=", toFile)
      .where("line", "=", toLine)
      .execute();
    await db
      .updateTable("row_repeat")
      .set({ first_file_id: toFile, first_line: toLine })
      .where("account_id", "=", accountId)
      .where("first_file_id", "=", fileId)
      .where("first_line", "=", line)
      .execute();
  }
  await sumFees(
    db,
    accountId,
    heirs.map(({ toFile }) => toFile),
  );
  return heirs.length;
}

/** Takes away the rows of a file and what was worked out from them. */
async function deleteRows(db: Kysely<Schema>, accountId: string, fileId: number): Promise<number> {
  let rows = 0;
  for (const table of [...TABLES, "row_error", "row_repeat", "schema_drift", "row_match", "settlement_file"] as const) {
    const { numDeletedRows } = await db
      .deleteFrom(table)
      .where("account_id", "=", accountId)
      .where("file_id", "=", fileId)
      .executeTakeFirst();
    if ((TABLES as readonly string[]).includes(table)) rows += Number(numDeletedRows);
  }
  await sumFees(db, accountId, [fileId]);
  await db
    .deleteFrom("reconcile_mark")
    .where("account_id", "=", accountId)
    .where("subject", "=", `file:${fileId}`)
    .execute();
  return rows;
}
