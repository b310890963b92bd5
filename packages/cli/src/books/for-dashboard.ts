import {
  closeMonth,
  explainException,
  reopenException,
  ViewError,
  type BooksContext,
  type Ledger,
} from "@amazon-pay-kit/ledger";
import type { Books } from "@amazon-pay-kit/dashboard";
import { fileLines } from "./file-lines.ts";

/** What the dashboard asks of the ledger. */
export function dashboardBooks(ledger: Ledger, books: BooksContext): Books {
  return {
    explain: (accountId, exceptionId, note, who) => explainException({ ...books, accountId, who }, exceptionId, note),
    reopen: (accountId, exceptionId, note, who) => reopenException({ ...books, accountId, who }, exceptionId, note),
    checkClose: (accountId, month, timeZone) =>
      closeMonth(
        {
          store: books.store,
          clock: books.clock,
          ...(books.who === undefined ? {} : { who: books.who }),
          ...(accountId === undefined ? {} : { accountId }),
        },
        { month, timeZone, dryRun: true },
      ),
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
