import {
  assignException,
  type BooksContext,
  explainException,
  type Ledger,
  noteException,
  reopenException,
  ViewError,
} from "@amazon-pay-kit/ledger";
import type { Books } from "@amazon-pay-kit/dashboard";
import { fileLines } from "./file-lines.ts";

/** What the dashboard asks of the ledger to show the books, and to write down what was found out. */
export function dashboardBooks(ledger: Ledger, books: BooksContext): Books {
  return {
    explain: (accountId, exceptionId, note, who, reason, mayApprove) =>
      explainException({ ...books, accountId, who, mayApprove }, exceptionId, note, reason),
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
