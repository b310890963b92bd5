import { formatAmount } from "@amazon-pay-kit/money";
import { csvLine } from "../../views/csv-text.ts";
import type { ExportFormat } from "../format.ts";
import { accountMap, accountName, NAMED_ACCOUNTS } from "../journal/accounts.ts";
import { journalEntries, onlyCurrency } from "../journal/entries.ts";
import { linesOf } from "./plain-text.ts";

/**
 * Manual journals for Xero's import: amounts above zero are debits. Xero has no column for the currency and reads every
 * amount in that of the organisation, so a file has one.
 */
export const xeroFormat: ExportFormat = {
  name: "xero",
  title: "manual journals for Xero",
  extension: "csv",
  carries: ["journal"],
  async *stream(job) {
    const accounts = accountMap(NAMED_ACCOUNTS, job.settings.accounts ?? {}, {
      pattern: /\S/,
      words: "an account code",
    });
    await onlyCurrency(job.books, "Xero");
    const taxRate = job.settings.xero?.taxRate ?? "Tax Exempt";
    yield csvLine(["*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount"]);
    let count = 0;
    for await (const entry of journalEntries(job.books, job.detail)) {
      const [year = "", month = "", day = ""] = entry.day.split("-");
      const narration = `${entry.description} ${entry.accountId} ${entry.currency}`;
      const place = `settlement ${entry.settlementId}, report ${entry.fileHash.slice(0, 12)}, lines ${linesOf(entry)}`;
      for (const { role, minor } of entry.postings) {
        const account = accountName(accounts, role, entry.accountId);
        const amount = formatAmount(minor, entry.currency);
        yield csvLine([narration, `${day}/${month}/${year}`, place, account, taxRate, amount]);
      }
      job.onProgress((count += 1));
    }
  },
};
