import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import { type BooksContext, oneAccountOf } from "../books/context.ts";
import { chunks } from "../books/chunks.ts";
import { lockImports } from "../records/keep-records.ts";
import type { Schema } from "../store/schema/index.ts";
import { BankError, type BankProblem } from "./errors.ts";
import { readStatement, type StatementReading } from "./read-statement.ts";
import { plainAccount, type StatementLine } from "./statement-line.ts";

/** How a bank statement is taken in. */
export interface ImportStatementOptions extends StatementReading {
  /** Name of the file, for messages and provenance. */
  readonly fileName?: string;
  /** IBAN or account number that the statement must be of. Default: that of the statements before it. */
  readonly bankAccount?: string;
  /** Check everything and keep nothing. Default `false`. */
  readonly dryRun?: boolean;
}

/** What came of a bank statement. */
export interface StatementImported {
  readonly accountId: string;
  /** Null when every line was there already. */
  readonly importId: number | null;
  readonly added: number;
  /** Lines that an earlier statement had brought. */
  readonly repeated: number;
  readonly bankAccount: string | null;
  /** First and last day of the lines, as starts of days in UTC; null for a statement without lines. */
  readonly from: number | null;
  readonly to: number | null;
}

const MOST_PROBLEMS = 1000;

class Rehearsed extends Error {
  readonly imported: StatementImported;

  constructor(imported: StatementImported) {
    super("rehearsed");
    this.imported = imported;
  }
}

/** What makes two lines the same; a bank may well book the same thing twice, which is why they are counted. */
function identityOf(line: Omit<StatementLine, "line" | "bankAccount">): string {
  return JSON.stringify([line.bookedAt, String(line.amount), line.currency, line.reference, line.text]);
}

async function linesIn(source: AsyncIterable<Uint8Array>, options: ImportStatementOptions): Promise<StatementLine[]> {
  const lines: StatementLine[] = [];
  const problems: BankProblem[] = [];
  let account = options.bankAccount === undefined ? null : plainAccount(options.bankAccount);
  for await (const given of readStatement(source, options)) {
    if ("problem" in given) problems.push(given.problem);
    else if (given.bankAccount !== null && account !== null && given.bankAccount !== account) {
      const message = `is of the account ${given.bankAccount}, not of ${account}`;
      problems.push({ code: "bank.account", line: given.line, message });
    } else {
      account ??= given.bankAccount;
      lines.push(given);
    }
    if (problems.length >= MOST_PROBLEMS) break;
  }
  if (problems.length === 0) return lines;
  const where = options.fileName ?? "the statement";
  const many = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  throw new BankError("bank.refused", `nothing of ${where} was taken in: ${many}`, problems);
}

/** The bank account of the statements so far, where there was but one. */
async function accountBefore(db: Kysely<Schema>, accountId: string): Promise<string | null> {
  const rows = await db
    .selectFrom("bank_line")
    .select("bank_account")
    .distinct()
    .where("account_id", "=", accountId)
    .where("bank_account", "is not", null)
    .limit(2)
    .execute();
  return rows.length === 1 ? (rows[0]?.bank_account ?? null) : null;
}

/** How often each line of some days is in the books already. */
async function knownLines(
  db: Kysely<Schema>,
  accountId: string,
  span: { readonly from: number; readonly to: number },
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("bank_line")
    .select(["booked_at", "amount_minor", "currency", "reference", "text"])
    .where("account_id", "=", accountId)
    .where("booked_at", ">=", span.from)
    .where("booked_at", "<=", span.to)
    .execute();
  const counts = new Map<string, number>();
  for (const row of rows) {
    const { booked_at: bookedAt, amount_minor: amount, currency, reference, text } = row;
    const identity = identityOf({ bookedAt, amount, currency, reference, text });
    counts.set(identity, (counts.get(identity) ?? 0) + 1);
  }
  return counts;
}

/** Lines that are not in the books yet: where the file has one more often than they do, the rest of them. */
function freshOnes(lines: readonly StatementLine[], known: Map<string, number>): StatementLine[] {
  return lines.filter((line) => {
    const identity = identityOf(line);
    const left = known.get(identity) ?? 0;
    known.set(identity, left - 1);
    return left <= 0;
  });
}

/**
 * Takes a bank statement into the books: all of it, or, when anything is wrong with any line, nothing. Statements may
 * overlap: a line that is there already is recognised. Run reconcile afterwards to match transfers with deposits.
 *
 * CSV (with a mapping, where the columns have unusual names), camt.053 and MT940 are recognised by their content.
 *
 * @example
 * await importStatement(context, createReadStream("statement.xml"), { bankAccount: "DE02120300000000202051" });
 *
 * @throws BankError `bank.refused` with every problem and its line, `bank.other-account`, `bank.unusable-file`, `bank.mapping`
 */
export async function importStatement(
  context: BooksContext,
  source: AsyncIterable<Uint8Array>,
  options: ImportStatementOptions = {},
): Promise<StatementImported> {
  const accountId = await oneAccountOf(context);
  const lines = await linesIn(source, options);
  try {
    return await context.store.transaction(async (db) => {
      await lockImports(db, context.store.dialect, accountId);
      return keep(context, db, { accountId, lines, options });
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.imported;
    throw error;
  }
}

interface Statement {
  readonly accountId: string;
  readonly lines: readonly StatementLine[];
  readonly options: ImportStatementOptions;
}

async function keep(context: BooksContext, db: Kysely<Schema>, statement: Statement): Promise<StatementImported> {
  const { accountId, lines, options } = statement;
  const bankAccount =
    lines[0]?.bankAccount ?? (options.bankAccount === undefined ? null : plainAccount(options.bankAccount));
  const before = await accountBefore(db, accountId);
  if (options.bankAccount === undefined && before !== null && bankAccount !== null && before !== bankAccount) {
    throw new BankError(
      "bank.other-account",
      `the statement is of the account ${bankAccount}, but ${accountId} is paid to ${before}: nothing was taken in; name the bank account if it has changed`,
    );
  }
  const days = lines.map((line) => line.bookedAt);
  const span = {
    from: days.reduce((low, day) => Math.min(low, day), Number.MAX_SAFE_INTEGER),
    to: days.reduce((high, day) => Math.max(high, day), 0),
  };
  const known = lines.length === 0 ? new Map<string, number>() : await knownLines(db, accountId, span);
  const fresh = freshOnes(lines, known);
  const result = {
    accountId,
    importId: null,
    added: fresh.length,
    repeated: lines.length - fresh.length,
    bankAccount,
    from: lines.length === 0 ? null : span.from,
    to: lines.length === 0 ? null : span.to,
  };
  if (options.dryRun === true) throw new Rehearsed(result);
  if (fresh.length === 0) return result;
  const hash = createHash("sha256").update(`${accountId}\n`);
  for (const line of fresh) hash.update(`${line.line} ${line.bankAccount ?? ""} ${identityOf(line)}\n`);
  const { import_id: importId } = await db
    .insertInto("import")
    .values({
      account_id: accountId,
      what: "bank",
      file_name: options.fileName ?? null,
      content_hash: hash.digest("hex"),
      row_count: lines.length,
      imported_at: context.clock.now(),
    })
    .returning("import_id")
    .executeTakeFirstOrThrow();
  for (const some of chunks(fresh, 500)) {
    const values = some.map((line) => ({
      account_id: accountId,
      import_id: importId,
      line: line.line,
      bank_account: line.bankAccount ?? bankAccount,
      booked_at: line.bookedAt,
      amount_minor: line.amount,
      currency: line.currency,
      reference: line.reference,
      text: line.text,
    }));
    await db.insertInto("bank_line").values(values).execute();
  }
  return { ...result, importId };
}
