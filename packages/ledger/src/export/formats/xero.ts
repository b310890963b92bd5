import { formatAmount } from "@amazon-pay-kit/money";
import { csvLine } from "../../views/csv-text.ts";
import { type ExportFormat, NEXT_FILE } from "../format.ts";
import { NAMED_ACCOUNTS } from "../journal/accounts.ts";
import { Chart } from "../journal/chart.ts";
import { onlyCurrency } from "../journal/entries.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { originOf } from "../journal/sources.ts";
import { splitFiles } from "./split-files.ts";

/** Lines that Xero takes in one template file. Source: help.xero.com, "Enter multiple manual journals using an import template". */
const MOST_LINES = 300;

const HEADINGS = ["*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount"];

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
    const chart = new Chart(NAMED_ACCOUNTS, job.settings, "xero", {
      pattern: /\S/,
      words: "an account code",
      taxFromCode: true,
    });
    await onlyCurrency(job.books, "Xero", job.journal);
    const usual = job.settings.xero?.taxRate ?? "Tax Exempt";
    const limit = {
      program: "Xero",
      most: MOST_LINES,
      linesOf: (entry: JournalEntry) => chart.lines(entry).length,
    };
    yield csvLine(HEADINGS);
    let count = 0;
    for await (const entry of splitFiles(job, limit)) {
      if (entry === NEXT_FILE) {
        yield NEXT_FILE;
        yield csvLine(HEADINGS);
        continue;
      }
      // Lines of one narration and day become one journal: what tells entries apart must be in it.
      const narration = `${entry.description} ${entry.accountId} ${entry.currency}${entry.transactionId === null ? "" : ` ${entry.number}`}`;
      const place = originOf(entry);
      for (const { account, taxCode, minor } of chart.lines(entry)) {
        const amount = formatAmount(minor, entry.currency);
        yield csvLine([narration, dayInWords(entry.day), place, account, taxCode ?? usual, amount]);
      }
      job.onProgress((count += 1));
    }
  },
};
