import {
  assignException,
  type BooksContext,
  closeMonth,
  explainException,
  type ImportStatementOptions,
  importStatement,
  type Ledger,
  noteException,
  reopenException,
  unlinkDeposit,
  ViewError,
  withdrawStatement,
} from "@amazon-pay-kit/ledger";
import type { BankBooks, Books, GivenStatement } from "@amazon-pay-kit/dashboard";
import type { Context } from "../program/context.ts";
import { importAccount } from "../service/import-account.ts";
import { fileLines } from "./file-lines.ts";
import { matchDeposit } from "./match-deposit.ts";
import type { OpenBooks } from "./open.ts";
import { feeTaxSettings } from "./settings.ts";
import { statementSettings } from "./statement-options.ts";

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A statement as `apay bank import` reads it: the settings of the account, and over them what a person has answered. */
function bankBooks(context: Context, open: OpenBooks): BankBooks {
  const accountOf = async (accountId: string | undefined): Promise<BooksContext> =>
    accountId === undefined ? importAccount(context, open) : { ...open.books, accountId };
  const read = async ({ accountId, fileName, bytes, options }: GivenStatement, dryRun: boolean, who?: string) => {
    const books = await accountOf(accountId);
    const { bankAccount, settings } = statementSettings(context.config(), books.accountId);
    const given = Object.entries({ ...settings, bankAccount, ...options, fileName, dryRun }).filter(
      ([, value]) => value !== undefined,
    );
    const own = { ...books, ...(who === undefined ? {} : { who }) };
    return importStatement(own, piecesOf(bytes), Object.fromEntries(given) as ImportStatementOptions);
  };
  return {
    preview: (statement) => read(statement, true),
    async import(statement, who) {
      const imported = await read(statement, false, who);
      await open.reconcile();
      return imported;
    },
    async withdraw(accountId, importId, note, who) {
      await withdrawStatement({ ...open.books, accountId, who }, importId, note);
      await open.reconcile();
    },
    async match(accountId, request, who) {
      const { differences } = await matchDeposit(open, { ...open.books, accountId, who }, request);
      return request.reason === undefined ? differences : [];
    },
    async unmatch(accountId, bankLineId, who) {
      await unlinkDeposit({ ...open.books, accountId, who }, bankLineId);
      await open.reconcile();
    },
  };
}

/** What the dashboard asks of the ledger to show the books, and to write down what was found out. */
export function dashboardBooks(ledger: Ledger, books: BooksContext): Books {
  return {
    explain: (accountId, exceptionId, note, who, reason) =>
      explainException({ ...books, accountId, who }, exceptionId, note, reason),
    reopen: (accountId, exceptionId, note, who) => reopenException({ ...books, accountId, who }, exceptionId, note),
    assign: (accountId, exceptionId, owner, who) => assignException({ ...books, accountId, who }, exceptionId, owner),
    note: (accountId, exceptionId, note, who) => noteException({ ...books, accountId, who }, exceptionId, note),
    async fileLines(accountId, fileId, line) {
      let query = ledger.store.db
        .selectFrom("file")
        .select(["content_hash", "archive_path"])
        .where("file_id", "=", fileId);
      if (accountId !== undefined) query = query.where("account_id", "=", accountId);
      const file = await query.executeTakeFirst();
      if (file === undefined) throw new ViewError("view.not-found", `there is no file ${fileId} in the ledger`);
      return {
        contentHash: file.content_hash,
        archivePath: file.archive_path,
        lines: await fileLines(ledger.archive, file.archive_path, line),
      };
    },
  };
}

/** … and what of the work of the commands is done in the browser, by the same settings. */
export function workingBooks(context: Context, open: OpenBooks): Books {
  const { ledger, books } = open;
  return {
    ...dashboardBooks(ledger, books),
    bank: bankBooks(context, open),
    checkClose: (accountId, month, timeZone) =>
      closeMonth(
        { ...books, ...(accountId === undefined ? {} : { accountId }) },
        { month, timeZone, dryRun: true, feeTax: feeTaxSettings(context.config()) },
      ),
  };
}
