import { AT_A_TIME } from "../export-table.ts";
import { merged } from "./book-row.ts";
import type { JournalEntry, JournalSource } from "./entry.ts";

/** Entries of one account and currency that are put together by day or month. */
export class Together {
  readonly currency: string;
  readonly #letters: number;
  readonly #periods = new Map<string, JournalEntry[]>();

  /** @param letters of the day that name the period: 10 for a day, 7 for a month */
  constructor(currency: string, letters: number) {
    this.currency = currency;
    this.#letters = letters;
  }

  add(entry: JournalEntry): void {
    const period = entry.day.slice(0, this.#letters);
    const entries = this.#periods.get(period);
    if (entries === undefined) this.#periods.set(period, [entry]);
    else entries.push(entry);
    // Rows of a day become one as they come: a day of a large shop has thousands.
    if ((entries?.length ?? 0) > AT_A_TIME) this.#periods.set(period, [this.#entryOf(period, entries ?? [])]);
  }

  *entries(): Generator<JournalEntry> {
    for (const period of [...this.#periods.keys()].sort()) yield this.#entryOf(period, this.#periods.get(period) ?? []);
  }

  #entryOf(period: string, entries: readonly JournalEntry[]): JournalEntry {
    const sources = new Map<string, JournalSource>();
    for (const source of entries.flatMap((entry) => entry.sources)) {
      const key = `${source.fileHash} ${source.settlementId}`;
      const [first, last] = sources.get(key)?.lines ?? source.lines;
      const lines = [Math.min(first, source.lines[0]), Math.max(last, source.lines[1])] as const;
      sources.set(key, { ...source, lines });
    }
    const [entry] = entries;
    return {
      accountId: entry?.accountId ?? "",
      number: `${period} ${this.currency}`,
      sources: [...sources.values()],
      currency: this.currency,
      day: entries.reduce((latest, { day }) => (day > latest ? day : latest), ""),
      description: `Amazon Pay ${period}`,
      transactionId: null,
      orderId: null,
      postings: merged(entries.flatMap(({ postings }) => postings)),
      clearingAfter: null,
    };
  }
}
