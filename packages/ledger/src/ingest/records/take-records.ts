import { appendAudit } from "../../audit/index.ts";
import { createHash } from "node:crypto";
import { KitError } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import { type BooksContext, oneAccountOf } from "../../books/context.ts";
import type { Schema } from "../../store/schema/index.ts";
import { lockImports } from "../imports/lock-imports.ts";
import { checkRecord } from "./check-record.ts";
import { type RecordProblem, RecordsError } from "./errors.ts";
import { type Keeping, type Kept, keepRecords, type OnConflict, WRITTEN_COLUMNS } from "./keep-records.ts";
import { type CheckedRecord, identityOf, type NewRecord } from "./record.ts";

/** A record as a reader gives it: read, or not readable. */
export type GivenRecord =
  | { readonly line: number; readonly record: NewRecord }
  | { readonly line: number; readonly checked: CheckedRecord }
  | { readonly line: number; readonly problem: RecordProblem };

/** Where records come from. */
export interface Origin {
  readonly source: "file" | "library" | "api";
  readonly fileName: string | null;
  readonly onConflict: OnConflict;
}

/** Result of adding records. */
export interface RecordsTaken extends Readonly<Kept> {
  readonly accountId: string;
  /** The import that they are in; `null` when every one was there already. */
  readonly importId: number | null;
}

const MOST_PROBLEMS = 1000;
const AT_ONCE = 1000;

/** The beginning of a JSON array with one text; nearly all ids are letters, digits and dashes, which nothing escapes. */
function jsonText(text: string): string {
  return /^[\w .:#/-]*$/.test(text) ? `["${text}"` : JSON.stringify([text]).slice(0, -1);
}

/** Checks records one after the other and hands on what is right, a given number at a time. */
class RecordBatch {
  readonly problems: RecordProblem[] = [];
  readonly #hash = createHash("sha256");
  #content = "";
  readonly #identities = new Map<string, number>();
  #batch: CheckedRecord[] = [];
  count = 0;

  /** @returns a full batch, to be stored */
  take(given: GivenRecord): readonly CheckedRecord[] | null {
    this.count += 1;
    const checked =
      "problem" in given
        ? { record: null, problems: [given.problem] }
        : "checked" in given
          ? { record: given.checked, problems: null }
          : checkRecord(given.record, given.line);
    if (checked.record === null) {
      this.refuse(checked.problems);
      return null;
    }
    const { record } = checked;
    const identity = identityOf(record);
    const first = this.#identities.get(identity);
    if (first !== undefined) {
      const message = `${identity} is already on line ${first}: each charge and refund comes once`;
      this.refuse([{ code: "record.duplicate", line: record.line, message }]);
      return null;
    }
    this.#identities.set(identity, record.line);
    this.#content += `${jsonText(identity)},"${record.status}","${record.amount}","${record.currency}",${record.occurredAt}]\n`;
    this.#batch.push(record);
    return this.#batch.length >= AT_ONCE ? this.rest() : null;
  }

  refuse(problems: readonly RecordProblem[]): void {
    this.problems.push(...problems.slice(0, MOST_PROBLEMS - this.problems.length));
  }

  rest(): readonly CheckedRecord[] {
    const batch = this.#batch;
    this.#batch = [];
    this.#hash.update(this.#content);
    this.#content = "";
    return batch;
  }

  /** Hash of what all records say, and of what else is given. */
  hashWith(more: string): string {
    return this.#hash.update(this.#content).update(more).digest("hex");
  }
}

/** Thrown to undo what a rehearsal has done. */
class Rehearsed extends KitError {
  readonly code = "records.rehearsed";
  readonly taken: RecordsTaken;

  constructor(taken: RecordsTaken) {
    super("rehearsed");
    this.taken = taken;
  }
}

/**
 * Takes records into the books: all of them, or, when anything is wrong with any, none.
 *
 * @param rehearse check everything, and leave the books as they were. Default `false`
 * @throws RecordsError `records.refused` with every problem and its line
 */
export async function takeRecords(
  context: BooksContext,
  origin: Origin,
  given: AsyncIterable<readonly GivenRecord[]>,
  rehearse = false,
): Promise<RecordsTaken> {
  try {
    return await takeAll(context, origin, given, rehearse);
  } catch (error) {
    if (error instanceof Rehearsed) return error.taken;
    throw error;
  }
}

async function hasRecords(db: Kysely<Schema>, accountId: string): Promise<boolean> {
  const some = await db
    .selectFrom("record")
    .select("record_id")
    .where("account_id", "=", accountId)
    .limit(1)
    .executeTakeFirst();
  return some !== undefined;
}

async function takeAll(
  context: BooksContext,
  origin: Origin,
  given: AsyncIterable<readonly GivenRecord[]>,
  rehearse: boolean,
): Promise<RecordsTaken> {
  const accountId = await oneAccountOf(context);
  return context.store.transaction(async (db) => {
    await lockImports(db, context.store.dialect, accountId);
    const { import_id: importId } = await db
      .insertInto("import")
      .values({
        account_id: accountId,
        what: "records",
        file_name: origin.fileName,
        content_hash: "",
        row_count: 0,
        imported_at: context.clock.now(),
      })
      .returning("import_id")
      .executeTakeFirstOrThrow();
    const anyBefore = await hasRecords(db, accountId);
    const keeping: Keeping = {
      db,
      accountId,
      importId,
      source: origin.source,
      onConflict: origin.onConflict,
      anyBefore,
      inserter: context.store.inserter?.("record", WRITTEN_COLUMNS, !anyBefore),
    };
    const kept: Kept = { added: 0, repeated: 0, revised: 0 };
    const taking = new RecordBatch();
    for await (const some of given) {
      for (const one of some) {
        const batch = taking.take(one);
        if (batch !== null && taking.problems.length === 0) taking.refuse(await keepRecords(keeping, batch, kept));
      }
    }
    taking.refuse(await keepRecords(keeping, taking.rest(), kept));
    if (taking.problems.length > 0) throw refused(origin, taking);
    await keeping.inserter?.end();
    if (rehearse) throw new Rehearsed({ accountId, importId: null, ...kept });
    const ofImport = db.updateTable("import").where("account_id", "=", accountId).where("import_id", "=", importId);
    if (kept.added + kept.revised === 0) {
      await db.deleteFrom("import").where("account_id", "=", accountId).where("import_id", "=", importId).execute();
      return { accountId, importId: null, ...kept };
    }
    const hash = taking.hashWith(`import ${importId}`);
    await ofImport.set({ content_hash: hash, row_count: taking.count }).execute();
    // Programs add records by the thousand; a file is brought by somebody.
    if (origin.source === "file")
      await appendAudit(context, db, {
        accountId,
        what: "records.imported",
        subject: String(importId),
        became: { file: origin.fileName, contentHash: hash, ...kept },
      });
    return { accountId, importId, ...kept };
  });
}

function refused(origin: Origin, batch: RecordBatch): RecordsError {
  const where = origin.fileName === null ? "the records" : origin.fileName;
  const many = batch.problems.length === 1 ? "1 problem" : `${batch.problems.length} problems`;
  const problems = batch.problems.toSorted((left, right) => left.line - right.line);
  return new RecordsError("records.refused", `import of ${where} rejected, nothing was stored: ${many}`, problems);
}
