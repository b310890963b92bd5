import { formatAmount } from "@amazon-pay-kit/money";
import { csvLine } from "../../views/csv-text.ts";
import { type ExportFormat, NEXT_FILE } from "../format.ts";
import { NAMED_ACCOUNTS } from "../journal/accounts.ts";
import { Chart } from "../journal/chart.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { hashesOf, placeOf } from "../journal/sources.ts";
import { splitFiles } from "./split-files.ts";

/** Lines that QuickBooks Online takes in one import. */
const MOST_LINES = 1_000;

const HEADINGS = ["JournalNo", "JournalDate", "Currency", "Memo", "AccountName", "Debits", "Credits", "Description"];

/** Journal entries for QuickBooks Online's import. */
export const quickbooksFormat: ExportFormat = {
  name: "quickbooks",
  title: "journal entries for QuickBooks Online",
  extension: "csv",
  carries: ["journal"],
  async *stream(job) {
    const chart = new Chart(NAMED_ACCOUNTS, job.settings, "quickbooks", {
      pattern: /\S/,
      words: "an account name",
      taxFromCode: true,
    });
    const limit = {
      program: "QuickBooks",
      most: MOST_LINES,
      linesOf: (entry: JournalEntry) => chart.lines(entry).length,
    };
    // Only where it says something: not every country's import has the column.
    const given = [
      ...(chart.hasTaxCodes ? (["TaxCode"] as const) : []),
      ...(chart.hasCostCentres ? (["Class"] as const) : []),
      ...(chart.hasCostUnits ? (["Location"] as const) : []),
    ];
    const headings = csvLine([...HEADINGS, ...given]);
    yield headings;
    let count = 0;
    for await (const entry of splitFiles(job, limit)) {
      if (entry === NEXT_FILE) {
        yield NEXT_FILE;
        yield headings;
        continue;
      }
      const [year = "", month = "", day = ""] = entry.day.split("-");
      const { sources, accountId } = entry;
      const place = sources.length === 0 ? accountId : `${accountId}, report ${hashesOf(entry, 12)}, ${placeOf(entry)}`;
      for (const { account, taxCode, costCentre, costUnit, minor } of chart.lines(entry)) {
        const known = { TaxCode: taxCode, Class: costCentre, Location: costUnit };
        yield csvLine([
          entry.number,
          `${month}/${day}/${year}`,
          entry.currency,
          entry.description,
          account,
          minor > 0n ? formatAmount(minor, entry.currency) : "",
          minor < 0n ? formatAmount(-minor, entry.currency) : "",
          place,
          ...given.map((column) => known[column] ?? ""),
        ]);
      }
      job.onProgress((count += 1));
    }
  },
};
