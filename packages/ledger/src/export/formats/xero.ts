import { formatAmount } from "@amazon-pay-kit/money";
import { csvLine } from "../../views/csv-text.ts";
import { ExportError } from "../errors.ts";
import { type ExportFormat, type FormatSettings, NEXT_FILE } from "../format.ts";
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
 * The tracking categories that cost centres and cost units are options of, as their columns: the first and the second one.
 *
 * @throws ExportError `export.setting` where an option has no category to be in
 */
function trackingOf(
  chart: Chart,
  { xero = {} }: FormatSettings,
): readonly (readonly [name: string, "costCentre" | "costUnit"])[] {
  const [first, second] = xero.tracking ?? [];
  if (chart.hasCostCentres && first === undefined) throw noCategory("costCentre", 0);
  if (chart.hasCostUnits && second === undefined) throw noCategory("costUnit", 1);
  return [
    ...(first !== undefined && (chart.hasCostCentres || chart.hasCostUnits) ? [[first, "costCentre"] as const] : []),
    ...(second !== undefined && chart.hasCostUnits ? [[second, "costUnit"] as const] : []),
  ];
}

function noCategory(member: string, index: number): ExportError {
  return new ExportError(
    "export.setting",
    `export.xero.tracking[${index}]: a rule has a ${member}, and Xero has those as options of a tracking category: name it, as in "tracking": ["Cost centre", "Cost unit"], or say it in the rules of another format only`,
  );
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
    const tracking = trackingOf(chart, job.settings);
    const columns = tracking.flatMap((_one, index) => [`TrackingName${index + 1}`, `TrackingOption${index + 1}`]);
    const headings = csvLine([...HEADINGS, ...columns]);
    yield headings;
    let count = 0;
    for await (const entry of splitFiles(job, limit)) {
      if (entry === NEXT_FILE) {
        yield NEXT_FILE;
        yield headings;
        continue;
      }
      // Lines of one narration and day become one journal: what tells entries apart must be in it.
      const narration = `${entry.description} ${entry.accountId} ${entry.currency}${entry.transactionId === null ? "" : ` ${entry.number}`}`;
      const place = originOf(entry);
      for (const { account, taxCode, minor, ...costs } of chart.lines(entry)) {
        const amount = formatAmount(minor, entry.currency);
        const options = tracking.flatMap(([name, member]) => {
          const option = costs[member];
          return option === null ? ["", ""] : [name, option];
        });
        yield csvLine([narration, dayInWords(entry.day), place, account, taxCode ?? usual, amount, ...options]);
      }
      job.onProgress((count += 1));
    }
  },
};
