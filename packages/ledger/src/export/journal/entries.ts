import { adjustments } from "./adjustments.ts";
import { type BookedSettlement, settlementsNow, settlementThen } from "./booked-settlement.ts";
import { byMonth } from "./by-month.ts";
import { type ClosedBooks, closedBooks } from "./closed-books.ts";
import type { JournalEntry } from "./entry.ts";
import { rowByRow } from "./row-by-row.ts";
import { explainedEntries } from "./explained.ts";
import { conversionEntries } from "./conversions.ts";
import { accruals } from "./accruals.ts";
import type { FeeTax } from "../../fee-tax/fee-tax.ts";
import { FeeTaxSplit } from "./fee-tax-split.ts";
import { Together } from "./together.ts";
import { ExportError } from "../errors.ts";
import { type ScopedBooks, within } from "../scope.ts";

/**
 * How finely a journal is written. `settlement`: an entry a settlement, split where a month ends within it, so that a month has
 * the rows that were posted in it; `day` and `month`: an entry for all settlements of a day or a month; `row`: an entry a row.
 */
export const JOURNAL_DETAILS = ["settlement", "day", "month", "row"] as const;

/** One of {@link JOURNAL_DETAILS}. */
export type JournalDetail = (typeof JOURNAL_DETAILS)[number];

/** What a journal is to have. */
export interface JournalOptions {
  readonly detail: JournalDetail;
  /** Accrue what is unsettled at each month's end. Default `false`. */
  readonly accrual?: boolean;
  /** Value added tax that is in the fees. Default: none. */
  readonly feeTax?: readonly FeeTax[];
}

/** The currencies of the entries that there will be, in the order of their codes. */
async function journalCurrencies(books: ScopedBooks, journal: JournalOptions): Promise<readonly string[]> {
  const currencies = new Set<string>();
  for await (const { currency, postings } of journalEntries(books, { ...journal, detail: "settlement" }))
    if (postings.length > 0) currencies.add(currency);
  return [...currencies].sort();
}

/**
 * The currency of every entry, for programs that take one a file: they would read 12,000 JPY as 12,000 EUR.
 *
 * @returns null where there are no entries
 * @throws ExportError `export.several-currencies`
 */
export async function onlyCurrency(
  books: ScopedBooks,
  program: string,
  journal: JournalOptions,
): Promise<string | null> {
  const [currency = null, ...others] = await journalCurrencies(books, journal);
  if (currency === null || others.length === 0) return currency;
  throw new ExportError(
    "export.several-currencies",
    `the entries are in ${[currency, ...others].join(", ")}, and a file for ${program} has one currency: export each with a currency (--currency ${currency})`,
  );
}

/**
 * Journal entries in the order of account, currency and time: every settlement comes after the one it follows. An entry is within
 * the scope when its day is; the postings of all entries of a month are those of the rows posted in it. After the settlements of
 * an account come differences that were explained, conversions and accruals, each an entry of its own in every detail.
 *
 * A closed month has the entries that it had when it was closed. What has come since, changed or gone is an entry on the first day
 * of the first open month.
 */
export async function* journalEntries(
  books: ScopedBooks,
  given: JournalDetail | JournalOptions,
): AsyncGenerator<JournalEntry> {
  const {
    detail,
    accrual = false,
    feeTax = [],
  }: JournalOptions = typeof given === "string" ? { detail: given } : given;
  const fine = detail === "row" || detail === "day";
  for (const account of books.accounts) {
    const closed = await closedBooks(books, account);
    const split = new FeeTaxSplit(feeTax, closed);
    let together: Together | undefined;
    const late = await adjustments(books, closed);
    for (const { settlement, months } of await partsToBook(books, account, closed)) {
      if (!wanted(books, settlement)) continue;
      if (together !== undefined && together.currency !== settlement.currency) {
        yield* together.entries();
        together = undefined;
      }
      for await (const found of fine ? rowByRow(books, settlement) : byMonth(books, settlement)) {
        if (!months(found.day.slice(0, 7)) || !within(books.scope, books.calendar.startOf(found.day))) continue;
        // Before anything else of their month: a balance that is asserted later has them.
        for (const entry of late.take(found.currency, found.day)) yield split.of(entry);
        const entry = split.of(found);
        if (detail === "settlement" || detail === "row") yield entry;
        else (together ??= new Together(entry.currency, detail === "day" ? 10 : 7)).add(entry);
      }
    }
    if (together !== undefined) yield* together.entries();
    for (const entry of late.rest()) yield split.of(entry);
    for (const entry of await explainedEntries(books, account)) yield split.of(entry);
    yield* await conversionEntries(books, account, closed);
    if (accrual) yield* accruals(books, account, { closed, each: detail === "row" });
  }
}

/** A settlement, and of which months its entries are wanted. */
interface PartToBook {
  readonly settlement: BookedSettlement;
  readonly months: (month: string) => boolean;
  /** Of the parts of one settlement: those before the closed months, in them, and after them. */
  readonly order: number;
}

/** Settlements as they were when their months were closed, and as they are now for the open ones, in the order of the journal. */
async function partsToBook(
  books: ScopedBooks,
  account: string,
  closed: ClosedBooks | null,
): Promise<readonly PartToBook[]> {
  const now = await settlementsNow(books, account);
  if (closed === null) return now.map((settlement) => ({ settlement, months: () => true, order: 0 }));
  const parts: PartToBook[] = now.flatMap((settlement) => [
    { settlement, months: (month) => month < closed.first, order: 0 },
    { settlement, months: (month) => month > closed.last, order: 2 },
  ]);
  for (const { month, document } of closed.months) {
    if (!reaches(books, month)) continue;
    for (const then of document.settlements) {
      parts.push({
        settlement: await settlementThen(books, account, month, then),
        months: (one) => one === month,
        order: 1,
      });
    }
  }
  const key = ({ settlement }: PartToBook): string =>
    `${settlement.currency} ${String(settlement.endAt).padStart(15, "0")}`;
  return parts.toSorted((left, right) => {
    const [one, other] = [key(left), key(right)];
    if (one !== other) return one < other ? -1 : 1;
    const [id, otherId] = [left.settlement.settlementId, right.settlement.settlementId];
    return id === otherId ? left.order - right.order : id < otherId ? -1 : 1;
  });
}

/** Whether a scope that begins within a month may have days of it. */
function reaches({ scope, calendar }: ScopedBooks, month: string): boolean {
  const from = scope.from === undefined ? "" : calendar.dayOf(scope.from).slice(0, 7);
  const until = scope.until === undefined ? "9999-12" : calendar.dayOf(scope.until - 1).slice(0, 7);
  return month >= from && month <= until;
}

function wanted({ scope }: ScopedBooks, settlement: BookedSettlement): boolean {
  if (scope.settlementId !== undefined && scope.settlementId !== settlement.settlementId) return false;
  return scope.currency === undefined || scope.currency === settlement.currency;
}
