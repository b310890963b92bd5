import {
  acceptSettlement,
  type BooksContext,
  closeMonth,
  type CloseMonthOptions,
  closePack,
  exportBooks,
  type ImportStatementOptions,
  importStatement,
  reopenMonth,
  unlinkDeposit,
  withdrawStatement,
} from "@amazon-pay-kit/ledger";
import type { BankBooks, Books, ClosingBooks, GivenStatement } from "@amazon-pay-kit/dashboard";
import { afterPendingEvents } from "@amazon-pay-kit/sdk/clock";
import { dashboardBooks } from "../books/for-dashboard.ts";
import { matchDeposit } from "../books/match-deposit.ts";
import type { OpenBooks } from "../books/open.ts";
import { feeTaxSettings } from "../books/settings.ts";
import { statementSettings } from "../books/statement-options.ts";
import type { Context } from "../program/context.ts";
import { firstRun } from "./first-run.ts";
import { importAccount } from "../service/import-account.ts";

/** Some hundred lines: what one piece takes to read is not noticed on another page. */
const PIECE = 16 * 1024;

/** The bytes in pieces, between which others have their turn: a year of a large shop takes seconds to read. */
async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield bytes.subarray(at, at + PIECE);
    await new Promise<void>((resolve) => afterPendingEvents(resolve));
  }
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

/** Closing a month as `apay close` does. */
function closingBooks(context: Context, { books }: OpenBooks): ClosingBooks {
  const looked = (accountId: string | undefined, options: CloseMonthOptions, who?: string) =>
    closeMonth(
      {
        ...books,
        random: context.random,
        ...(who === undefined ? {} : { who }),
        ...(accountId === undefined ? {} : { accountId }),
      },
      { timeZone: context.config().timeZone, feeTax: feeTaxSettings(context.config()), ...options },
    );
  return {
    check: (accountId, month) => looked(accountId, { month, dryRun: true }),
    close: (accountId, month, note, who) => looked(accountId, { month, note }, who),
    async reopen(accountId, month, note, who) {
      const own = { ...books, random: context.random, who, ...(accountId === undefined ? {} : { accountId }) };
      await reopenMonth(own, { month, note });
    },
    pack: async (accountId, month) => closePack(await looked(accountId, { month, dryRun: true })),
  };
}

/** What the dashboard shows, and what of the work of the commands is done there, by the same settings. */
export function workingBooks(context: Context, open: OpenBooks): Books {
  return {
    ...dashboardBooks(open.ledger, open.books),
    bank: bankBooks(context, open),
    closing: closingBooks(context, open),
    firstRun: firstRun(context, open),
    async accept(accountId, settlementId, version, who) {
      const { changed } = await acceptSettlement({ ...open.books, accountId, who }, { settlementId, version });
      if (changed) await open.reconcile();
    },
    async journal(accountId, settlementId) {
      const { timeZone } = context.config();
      const pieces: Uint8Array[] = [];
      const options = { format: "csv", what: "journal", settlementId, timeZone } as const;
      for await (const piece of exportBooks({ ...open.books, accountId }, options)) pieces.push(piece);
      return Buffer.concat(pieces);
    },
  };
}
