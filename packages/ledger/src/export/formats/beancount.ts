import { dayAfter, formatAmount } from "@amazon-pay-kit/money";
import type { ExportFormat, ExportJob } from "../format.ts";
import { TEXT_ACCOUNTS } from "../journal/accounts.ts";
import { Chart } from "../journal/chart.ts";
import { journalEntries } from "../journal/entries.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { hashesOf, linesOf, settlementsOf } from "../journal/sources.ts";
import { accountPart, oneLine } from "./plain-text.ts";

const ACCOUNT = {
  pattern: /^(Assets|Liabilities|Equity|Income|Expenses)(:[A-Z0-9][A-Za-z0-9-]*)+$/,
  words: "a name such as Assets:AmazonPay:Clearing",
};

class Journal {
  readonly #chart: Chart;
  readonly #opened = new Set<string>();
  /** Balance to be asserted when the next entry of the account and currency is of a later day. */
  readonly #balances = new Map<string, { readonly day: string; readonly text: string }>();

  constructor(job: ExportJob) {
    this.#chart = new Chart(TEXT_ACCOUNTS, job.settings, "beancount", ACCOUNT, accountPart);
  }

  *write(entry: JournalEntry): Generator<string> {
    const { day } = entry;
    const clearing = this.#chart.placeOf({ role: "clearing" }, entry.accountId).account;
    const lines = this.#chart.lines(entry);
    const key = `${clearing} ${entry.currency}`;
    const balance = this.#balances.get(key);
    if (balance !== undefined && balance.day < day) yield balance.text;
    for (const name of [clearing, ...lines.map(({ account }) => account)]) {
      if (this.#opened.has(name)) continue;
      this.#opened.add(name);
      // Long before anything: entries come account by account, and the text is sorted by day only when it is read.
      yield `1970-01-01 open ${name}\n`;
    }
    yield `\n${day} * "Amazon Pay" "${oneLine(entry.description)}"\n`;
    if (entry.sources.length > 0) yield `  settlement: "${oneLine(settlementsOf(entry))}"\n`;
    if (entry.transactionId !== null) yield `  transaction: "${oneLine(entry.transactionId)}"\n`;
    if (entry.sources.length > 0) yield `  report-sha256: "${hashesOf(entry)}"\n  report-lines: "${linesOf(entry)}"\n`;
    for (const { account, taxCode, costCentre, costUnit, minor } of lines) {
      yield `  ${account.padEnd(48)}  ${formatAmount(minor, entry.currency)} ${entry.currency}\n`;
      if (taxCode !== null) yield `    tax-code: "${oneLine(taxCode)}"\n`;
      if (costCentre !== null) yield `    cost-centre: "${oneLine(costCentre)}"\n`;
      if (costUnit !== null) yield `    cost-unit: "${oneLine(costUnit)}"\n`;
    }
    if (entry.clearingAfter === null) {
      // What the entry before left is no longer there at the end of its day.
      if (balance !== undefined && balance.day >= day) this.#balances.delete(key);
      return;
    }
    const amount = `${formatAmount(entry.clearingAfter, entry.currency)} ${entry.currency}`;
    this.#balances.set(key, { day, text: `\n${dayAfter(day)} balance ${clearing}  ${amount}\n` });
  }

  *end(): Generator<string> {
    for (const { text } of this.#balances.values()) yield text;
  }
}

/**
 * A beancount journal. Settlement by settlement it asserts what is left with Amazon Pay, so that `bean-check` proves the
 * roll-forward once more. An export that begins in the middle asserts nothing: its balance before is not in the file.
 */
export const beancountFormat: ExportFormat = {
  name: "beancount",
  title: "beancount journal",
  extension: "beancount",
  carries: ["journal"],
  async *stream(job) {
    const { scope } = job.books;
    const partial = scope.from !== undefined || scope.settlementId !== undefined;
    const journal = new Journal(job);
    yield "; Amazon Pay settlements. Made by Amazon Pay Kit.\n";
    let count = 0;
    for await (const entry of journalEntries(job.books, job.journal)) {
      yield* journal.write(partial ? { ...entry, clearingAfter: null } : entry);
      job.onProgress((count += 1));
    }
    yield* journal.end();
  },
};
