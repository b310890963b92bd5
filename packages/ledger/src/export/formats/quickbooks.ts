import { formatAmount } from "@amazon-pay-kit/money";
import { csvLine } from "../../views/csv-text.ts";
import type { ExportFormat } from "../format.ts";
import { accountMap, accountName, NAMED_ACCOUNTS } from "../journal/accounts.ts";
import { journalEntries } from "../journal/entries.ts";
import { hashesOf, placeOf } from "../journal/sources.ts";

/** Journal entries for QuickBooks Online's import. */
export const quickbooksFormat: ExportFormat = {
  name: "quickbooks",
  title: "journal entries for QuickBooks Online",
  extension: "csv",
  carries: ["journal"],
  async *stream(job) {
    const accounts = accountMap(NAMED_ACCOUNTS, job.settings, {
      pattern: /\S/,
      words: "an account name",
    });
    yield csvLine(["JournalNo", "JournalDate", "Currency", "Memo", "AccountName", "Debits", "Credits", "Description"]);
    let count = 0;
    for await (const entry of journalEntries(job.books, job.detail)) {
      count += 1;
      const [year = "", month = "", day = ""] = entry.day.split("-");
      const place = `${entry.accountId}, report ${hashesOf(entry, 12)}, ${placeOf(entry)}`;
      for (const { role, minor } of entry.postings) {
        yield csvLine([
          entry.number,
          `${month}/${day}/${year}`,
          entry.currency,
          entry.description,
          accountName(accounts, role, entry.accountId),
          minor > 0n ? formatAmount(minor, entry.currency) : "",
          minor < 0n ? formatAmount(-minor, entry.currency) : "",
          place,
        ]);
      }
      job.onProgress(count);
    }
  },
};
