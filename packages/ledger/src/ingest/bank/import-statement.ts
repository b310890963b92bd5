import { appendAudit } from "../../audit/index.ts";
import { createHash, type Hash } from "node:crypto";
import { groupBy } from "@amazon-pay-kit/backports";
import type { StatementOptions } from "@amazon-pay-kit/statements";
import type { Kysely } from "kysely";
import { type BooksContext, oneAccountOf } from "../../books/context.ts";
import { chunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";
import { lockImports } from "../imports/lock-imports.ts";
import { chooseAccount, type ChosenLines } from "./choose-account.ts";
import { BankError } from "./errors.ts";
import { type AcceptedDifference, type FileLines, linesOfFile } from "./lines-of-file.ts";
import { type KeptLine, sameAccount } from "./statement-line.ts";

/** How a bank statement is imported. */
export interface ImportStatementOptions extends StatementOptions {
  /** Name of the file, for messages and provenance. */
  readonly fileName?: string;
  /** IBAN or account number that is meant. Default: that of the file or, where it has several, that of the statements before. */
  readonly bankAccount?: string;
  /**
   * Takes a statement in although its own balances do not agree with its entries: why, in words that stay on record. Some banks
   * state wrong balances, or give a page without the one before. Default: such a statement is refused.
   */
  readonly acceptBalanceDifference?: string;
  /** Check everything and keep nothing. Default `false`. */
  readonly dryRun?: boolean;
}

/** What the lines of one currency come to. */
export interface StatementSums {
  readonly currency: string;
  readonly lines: number;
  /** Money that came in: zero or above. */
  readonly inMinor: bigint;
  /** Money that went out: zero or below. */
  readonly outMinor: bigint;
}

/** Result of importing a bank statement. */
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
  /** Lines of other bank accounts in the file, which were left out, by account. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** What of the file is no booked entry: how often each reason came. */
  readonly skippedBecause: Readonly<Record<string, number>>;
  /** Differences of balances that were accepted. */
  readonly accepted: readonly AcceptedDifference[];
  /** What a person should know all the same: no column holds a text. */
  readonly notes: readonly string[];
  /** What the file was read as: `camt.053`, `csv`; null for one without a statement. */
  readonly format: string | null;
  /** What its lines come to, by currency; those that were there already are among them. */
  readonly sums: readonly StatementSums[];
  /** The first of its lines, as they are kept: enough to see that each column was understood. */
  readonly firstLines: readonly KeptLine[];
}

/** Lines that are shown of a statement before it is kept. */
const MOST_SHOWN = 8;

function sumsOf(lines: readonly KeptLine[]): readonly StatementSums[] {
  return [...groupBy(lines, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    lines: own.length,
    inMinor: own.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n),
    outMinor: own.reduce((sum, { amount }) => (amount < 0n ? sum + amount : sum), 0n),
  }));
}

/** What makes two lines the same; a bank may well book the same thing twice, which is why they are counted. */
function identityOf(line: Pick<KeptLine, "bookedAt" | "amount" | "currency" | "reference" | "text">): string {
  return JSON.stringify([line.bookedAt, String(line.amount), line.currency, line.reference, line.text]);
}

function refuse(problems: ChosenLines["problems"], options: ImportStatementOptions): void {
  if (problems.length === 0) return;
  const where = options.fileName ?? "the statement";
  const many = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const onlyBalances = problems.every(({ code }) => code === "bank.balance");
  throw new BankError("bank.refused", `import of ${where} rejected, nothing was stored: ${many}`, {
    problems: problems.map(({ code, line, message }) => ({ code, line, message })),
    option: onlyBalances ? "--accept-balance-difference" : null,
  });
}

/** The bank accounts of the statements so far. */
async function accountsBefore(db: Kysely<Schema>, accountId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("bank_line")
    .select("bank_account")
    .distinct()
    .where("account_id", "=", accountId)
    .orderBy("bank_account")
    .execute();
  return rows.flatMap(({ bank_account: account }) => (account === null ? [] : [account]));
}

/** Lines that are in the books already: the bank accounts of each, as often as it is there. */
type Known = Map<string, (string | null)[]>;

async function knownLines(
  db: Kysely<Schema>,
  accountId: string,
  span: { readonly from: number; readonly to: number },
): Promise<Known> {
  const rows = await db
    .selectFrom("bank_line")
    .select(["bank_account", "booked_at", "amount_minor", "currency", "reference", "text"])
    .where("account_id", "=", accountId)
    .where("booked_at", ">=", span.from)
    .where("booked_at", "<=", span.to)
    .execute();
  const known: Known = new Map();
  for (const row of rows) {
    const { booked_at: bookedAt, amount_minor: amount, currency, reference, text } = row;
    const identity = identityOf({ bookedAt, amount, currency, reference, text });
    const accounts = known.get(identity);
    if (accounts === undefined) known.set(identity, [row.bank_account]);
    else accounts.push(row.bank_account);
  }
  return known;
}

/** Lines that are not in the books yet: where the file has one more often than they do, the rest of them. */
function freshOnes(lines: readonly KeptLine[], bankAccount: string | null, known: Known): KeptLine[] {
  return lines.filter((line) => {
    const account = line.bankAccount ?? bankAccount;
    const accounts = known.get(identityOf(line)) ?? [];
    const place = accounts.findIndex((other) => other === null || account === null || sameAccount(other, account));
    if (place >= 0) accounts.splice(place, 1);
    return place < 0;
  });
}

/** Passes bytes on, and keeps their hash. */
async function* hashed(source: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    hash.update(piece);
    yield piece;
  }
}

/** The file's own hash, or, where the same bytes have been taken in before and read in another way, one made of it. */
async function hashOfImport(db: Kysely<Schema>, accountId: string, fileHash: string): Promise<string> {
  let hash = fileHash;
  for (;;) {
    const before = await db
      .selectFrom("import")
      .select("import_id")
      .where("account_id", "=", accountId)
      .where("what", "=", "bank")
      .where("content_hash", "=", hash)
      .executeTakeFirst();
    if (before === undefined) return hash;
    hash = createHash("sha256").update(`${hash} after ${before.import_id}`).digest("hex");
  }
}

/**
 * Imports a bank statement: all of it or, if any line has an error, nothing. What is kept is what `readStatement` of
 * `@amazon-pay-kit/statements` reads. Statements may overlap: a line that is there already is recognised. Run reconcile afterwards to
 * match transfers with deposits.
 *
 * MT940, camt.052, camt.053, camt.054, OFX, BAI2, QIF, workbooks and the CSV of banks are recognised by their content, packed or not.
 *
 * @example
 * await importStatement(context, createReadStream("statement.xml"), { bankAccount: "DE02120300000000202051" });
 *
 * @throws BankError `bank.refused` with every problem and its line, `bank.other-account`, `bank.several-accounts`,
 * `bank.unusable-file`, `bank.mapping`, `bank.note`
 */
export async function importStatement(
  context: BooksContext,
  source: AsyncIterable<Uint8Array>,
  options: ImportStatementOptions = {},
): Promise<StatementImported> {
  const accepts = options.acceptBalanceDifference !== undefined;
  if (accepts && options.acceptBalanceDifference?.trim() === "")
    throw new BankError("bank.note", "say why the difference of balances is accepted: nothing was taken in");
  const accountId = await oneAccountOf(context);
  const hash = createHash("sha256");
  const file = await linesOfFile(hashed(source, hash), options, accepts);
  const fileHash = hash.digest("hex");
  return context.store.transaction(async (db) => {
    await lockImports(db, context.store.dialect, accountId);
    return keep(context, db, { accountId, file, fileHash, options });
  });
}

interface Statement {
  readonly accountId: string;
  readonly file: FileLines;
  /** SHA-256 of the statement's bytes. */
  readonly fileHash: string;
  readonly options: ImportStatementOptions;
}

/** What stays on record of differences that were accepted; null where none was. */
function noteOf({ accepted }: ChosenLines, note: string | undefined): string | null {
  if (note === undefined || accepted.length === 0) return null;
  const found = accepted.map(({ difference, message }) => (difference === null ? message : `difference ${difference}`));
  return `${note.trim()} (${found.join("; ")})`;
}

async function keep(context: BooksContext, db: Kysely<Schema>, statement: Statement): Promise<StatementImported> {
  const { accountId, file, fileHash, options } = statement;
  const before = await accountsBefore(db, accountId);
  const chosen = chooseAccount(file, options.bankAccount, before);
  refuse(chosen.problems, options);
  const { lines, bankAccount, leftOut, skippedBecause, notes } = chosen;
  const other = bankAccount !== null && before.length > 0 && !before.some((known) => sameAccount(known, bankAccount));
  if (options.bankAccount === undefined && other) {
    throw new BankError(
      "bank.other-account",
      `the statement is of the account ${bankAccount}, but ${accountId} is paid to ${before.join(", ")}: nothing was taken in; name the bank account if it has changed`,
      { option: "--bank-account", choices: [bankAccount] },
    );
  }
  const days = lines.map((line) => line.bookedAt);
  const span = {
    from: days.reduce((low, day) => Math.min(low, day), Number.MAX_SAFE_INTEGER),
    to: days.reduce((high, day) => Math.max(high, day), Number.MIN_SAFE_INTEGER),
  };
  const known: Known = lines.length === 0 ? new Map() : await knownLines(db, accountId, span);
  const fresh = freshOnes(lines, bankAccount, known);
  const result = {
    accountId,
    importId: null,
    added: fresh.length,
    repeated: lines.length - fresh.length,
    bankAccount,
    from: lines.length === 0 ? null : span.from,
    to: lines.length === 0 ? null : span.to,
    leftOut,
    skippedBecause,
    accepted: chosen.accepted.map(({ line, message, difference }) => ({ line, message, difference })),
    notes,
    format: file.format,
    sums: sumsOf(lines),
    firstLines: lines.slice(0, MOST_SHOWN),
  };
  if (options.dryRun === true || fresh.length === 0) return result;
  const { import_id: importId } = await db
    .insertInto("import")
    .values({
      account_id: accountId,
      what: "bank",
      file_name: options.fileName ?? null,
      content_hash: await hashOfImport(db, accountId, fileHash),
      row_count: lines.length,
      imported_at: context.clock.now(),
      note: noteOf(chosen, options.acceptBalanceDifference),
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
      counterparty: line.counterparty,
      text: line.text,
    }));
    await db.insertInto("bank_line").values(values).execute();
  }
  await appendAudit(context, db, {
    accountId,
    what: "bank.imported",
    subject: String(importId),
    note: noteOf(chosen, options.acceptBalanceDifference),
    became: { file: options.fileName ?? null, contentHash: fileHash, lines: lines.length, added: fresh.length },
  });
  return { ...result, importId };
}
