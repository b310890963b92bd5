import { type FeeTax, feeTaxIn, type FeeTaxRate, taxIn } from "../../fee-tax/fee-tax.ts";
import { merged } from "./book-row.ts";
import type { ClosedBooks } from "./closed-books.ts";
import type { JournalEntry, Posting } from "./entry.ts";

/**
 * Parts the fees of an account into what they cost and the tax that is in them. The tax of a month is that of the month's fees
 * together, as on an invoice: each entry has what its fees add to it, so that no cent is lost by rounding entries.
 */
export class FeeTaxSplit {
  readonly #given: readonly FeeTax[];
  readonly #closed: ClosedBooks | null;
  /** Fees so far, by currency and month. */
  readonly #gross = new Map<string, bigint>();

  /** @param closed months keep the rates that they were closed with */
  constructor(given: readonly FeeTax[], closed: ClosedBooks | null) {
    this.#given = given;
    this.#closed = closed;
  }

  #rateOf({ accountId, currency, day }: JournalEntry): FeeTaxRate | null {
    const month = day.slice(0, 7);
    const frozen = this.#closed?.months.find((one) => one.month === month)?.document;
    if (frozen === undefined) return feeTaxIn(this.#given, { accountId, currency, month });
    return frozen.figures.find((figures) => figures.currency === currency)?.feeTax ?? null;
  }

  /** The entry with the tax of its fees apart. */
  of(entry: JournalEntry): JournalEntry {
    if (!entry.postings.some(({ role }) => role === "fees")) return entry;
    const rate = this.#rateOf(entry);
    if (rate === null) return entry;
    const key = `${entry.currency} ${entry.day.slice(0, 7)}`;
    const postings = entry.postings.flatMap((posting): Posting[] => {
      if (posting.role !== "fees") return [posting];
      const before = this.#gross.get(key) ?? 0n;
      const after = before + posting.minor;
      this.#gross.set(key, after);
      const tax = taxIn(after, rate.rate) - taxIn(before, rate.rate);
      const labelled = { ...posting, tax: rate.label };
      return [
        { ...labelled, minor: posting.minor - tax },
        { ...labelled, role: "feeTax", minor: tax },
      ];
    });
    return { ...entry, postings: merged(postings) };
  }
}
