import { currencyDigits, formatAmount } from "@amazon-pay-kit/money";
import type { ExportFormat } from "../format.ts";
import { TEXT_ACCOUNTS } from "../journal/accounts.ts";
import { Chart, type ChartLine } from "../journal/chart.ts";
import { journalEntries } from "../journal/entries.ts";
import type { JournalEntry } from "../journal/entry.ts";
import { hashesOf, linesOf, settlementsOf } from "../journal/sources.ts";
import { accountPart, oneLine } from "./plain-text.ts";

const ACCOUNT = { pattern: /^\S+(?: \S+)*$/, words: "a name without two blanks in a row" };

/** Tags end at a comma. */
function tag(text: string): string {
  return oneLine(text).replaceAll(/[,;]/g, " ");
}

/** What is to be known of a line, as tags; nothing where there is nothing. */
function tagsOf({ taxCode, costCentre, costUnit }: Pick<ChartLine, "taxCode" | "costCentre" | "costUnit">): string {
  const tags = Object.entries({ "tax-code": taxCode, "cost-centre": costCentre, "cost-unit": costUnit });
  const given = tags.flatMap(([name, value]) => (value === null ? [] : [`${name}:${tag(value)}`]));
  return given.length === 0 ? "" : `  ; ${given.join(", ")}`;
}

/**
 * A journal for hledger and ledger. The amount on the clearing account asserts what is left with Amazon Pay, unless the
 * export begins in the middle.
 */
export const hledgerFormat: ExportFormat = {
  name: "hledger",
  title: "hledger journal",
  extension: "journal",
  carries: ["journal"],
  async *stream(job) {
    const { scope } = job.books;
    const partial = scope.from !== undefined || scope.settlementId !== undefined;
    const chart = new Chart(TEXT_ACCOUNTS, job.settings, "hledger", ACCOUNT, accountPart);
    yield "; Amazon Pay settlements. Made by Amazon Pay Kit.\n";
    let count = 0;
    let waiting: JournalEntry | null = null;
    const declared = new Set<string>();
    /** Lines that make a name known when it comes for the first time: `check --strict` wants them. */
    const declare = (line: string): string => {
      if (declared.has(line)) return "";
      declared.add(line);
      return line;
    };
    const write = (entry: JournalEntry, asserted: boolean): string => {
      const { currency } = entry;
      const own = chart.lines(entry);
      const balanced = own.some(({ role }) => role === "clearing");
      // A settlement that pays out all it brought moves nothing on the clearing account; what is left is asserted all the same.
      const nothing = balanced || !asserted || entry.clearingAfter === null;
      const clearing = {
        ...chart.placeOf({ role: "clearing" }, entry.accountId),
        role: "clearing" as const,
        minor: 0n,
      };
      const postings = nothing ? own : [clearing, ...own];
      const lines = postings.map(({ role, account, minor, ...known }) => {
        const after = entry.clearingAfter;
        const left =
          role === "clearing" && asserted && after !== null ? `  = ${formatAmount(after, currency)} ${currency}` : "";
        return `    ${account.padEnd(48)}  ${formatAmount(minor, currency)} ${currency}${left}${tagsOf(known)}\n`;
      });
      const known = [
        // The sign after the digits says which one is the decimal sign, for currencies without decimals too.
        declare(
          `commodity ${formatAmount(1000n * 10n ** BigInt(currencyDigits(currency)), currency)}${currencyDigits(currency) === 0 ? "." : ""} ${currency}\n`,
        ),
        ...postings.map(({ account }) => declare(`account ${account}\n`)),
      ].join("");
      const tags =
        entry.sources.length === 0
          ? [`number:${tag(entry.number)}`]
          : [
              `settlement:${tag(settlementsOf(entry))}`,
              `report-sha256:${tag(hashesOf(entry))}`,
              `report-lines:${linesOf(entry)}`,
            ];
      if (entry.transactionId !== null) tags.push(`transaction:${tag(entry.transactionId)}`);
      return `${known}\n${entry.day} * Amazon Pay | ${tag(entry.description)}\n    ; ${tags.join(", ")}\n${lines.join("")}`;
    };
    for await (const entry of journalEntries(job.books, job.journal)) {
      job.onProgress((count += 1));
      // Of several settlements that end on one day, the last says what is left: it is sorted by day, not by time.
      if (waiting !== null) yield write(waiting, !partial && !sameDay(waiting, entry));
      waiting = entry;
    }
    if (waiting !== null) yield write(waiting, !partial);
  },
};

function sameDay(one: JournalEntry, other: JournalEntry): boolean {
  return one.accountId === other.accountId && one.currency === other.currency && one.day === other.day;
}
