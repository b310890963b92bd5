import { formatAmount } from "@amazon-pay-kit/money";
import { csvLine } from "../../views/csv-text.ts";
import type { ExportFormat } from "../format.ts";
import { accountMap, accountName, NAMED_ACCOUNTS } from "../journal/accounts.ts";
import { journalEntries, onlyCurrency } from "../journal/entries.ts";
import { hashesOf, placeOf, settlementsOf } from "../journal/sources.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `05 Jun 2026`: Xero reads digits alone by the region of the organisation, a month's name in every region alike. */
function dayInWords(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return `${date} ${MONTHS[Number(month) - 1]} ${year}`;
}

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
    const accounts = accountMap(NAMED_ACCOUNTS, job.settings, {
      pattern: /\S/,
      words: "an account code",
    });
    await onlyCurrency(job.books, "Xero");
    const taxRate = job.settings.xero?.taxRate ?? "Tax Exempt";
    yield csvLine(["*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount"]);
    let count = 0;
    for await (const entry of journalEntries(job.books, job.detail)) {
      const narration = `${entry.description} ${entry.accountId} ${entry.currency}`;
      const place = `settlement ${settlementsOf(entry)}, report ${hashesOf(entry, 12)}, ${placeOf(entry)}`;
      for (const { role, minor } of entry.postings) {
        const account = accountName(accounts, role, entry.accountId);
        const amount = formatAmount(minor, entry.currency);
        yield csvLine([narration, dayInWords(entry.day), place, account, taxRate, amount]);
      }
      job.onProgress((count += 1));
    }
  },
};
