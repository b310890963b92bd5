import { groupBy } from "@amazon-pay-kit/backports";
import { canonicalText, type PeriodSettlement } from "../../reconcile/periods/document.ts";
import { spanOf } from "../../reconcile/periods/freeze.ts";
import { settlementsBehind } from "../../reconcile/periods/settlements-behind.ts";
import { type ScopedBooks, within } from "../scope.ts";
import { type BookedSettlement, settlementsNow, settlementThen } from "./booked-settlement.ts";
import { byMonth } from "./by-month.ts";
import type { ClosedBooks } from "./closed-books.ts";
import type { JournalEntry } from "./entry.ts";
import { frozenEntries, remaining, reversed } from "./frozen-entries.ts";

/** Entries that book what has changed in closed months: those that later closed months had, and those of the first open one. */
export class Adjustments {
  readonly #byCurrency: Map<string, JournalEntry[]>;

  /** @param entries in the order of their days */
  constructor(entries: readonly JournalEntry[]) {
    this.#byCurrency = groupBy(entries, ({ currency }) => currency) as Map<string, JournalEntry[]>;
  }

  /** Those of a currency up to a day, once. */
  take(currency: string, day: string): readonly JournalEntry[] {
    const entries = this.#byCurrency.get(currency) ?? [];
    const due = entries.filter((entry) => entry.day <= day);
    this.#byCurrency.set(
      currency,
      entries.filter((entry) => entry.day > day),
    );
    return due;
  }

  /** Those that have not been taken. */
  rest(): readonly JournalEntry[] {
    return [...this.#byCurrency.values()].flat();
  }
}

interface Changed {
  readonly month: string;
  readonly settlementId: string;
  readonly currency: string;
  readonly frozen: PeriodSettlement | undefined;
  readonly isThere: boolean;
}

async function changedSettlements(books: ScopedBooks, closed: ClosedBooks): Promise<readonly Changed[]> {
  const { settlementId, currency } = books.scope;
  const changed: Changed[] = [];
  for (const month of closed.months) {
    const now = await settlementsBehind(books.context.store.db, spanOf(closed.accountId, month));
    const key = (one: PeriodSettlement): string => `${one.currency} ${one.settlementId}`;
    const before = new Map(month.document.settlements.map((one) => [key(one), one]));
    const after = new Map(now.map((one) => [key(one), one]));
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [frozen, is] = [before.get(name), after.get(name)];
      const one = is ?? frozen;
      if (
        one === undefined ||
        (frozen !== undefined && is !== undefined && canonicalText(frozen) === canonicalText(is))
      )
        continue;
      if (settlementId !== undefined && settlementId !== one.settlementId) continue;
      if (currency !== undefined && currency !== one.currency) continue;
      const { settlementId: id, currency: of } = one;
      changed.push({ month: month.month, settlementId: id, currency: of, frozen, isThere: is !== undefined });
    }
  }
  return changed;
}

async function entryIn(books: ScopedBooks, settlement: BookedSettlement | undefined, month: string) {
  if (settlement === undefined) return undefined;
  for await (const entry of byMonth(books, settlement)) if (entry.day.startsWith(month)) return entry;
  return undefined;
}

function descriptionOf({ month, settlementId, frozen, isThere }: Changed): string {
  const what =
    frozen === undefined ? "came after that month was closed" : isThere ? "has changed since" : "is no longer there";
  return `Amazon Pay adjustment of the closed month ${month}: settlement ${settlementId} ${what}`;
}

/** Whether an entry is of the settlement and currency that a journal is about. */
function isWanted({ scope, calendar }: ScopedBooks, { currency, day, sources }: JournalEntry): boolean {
  if (scope.settlementId !== undefined && sources.every(({ settlementId }) => settlementId !== scope.settlementId)) {
    return false;
  }
  return (scope.currency === undefined || scope.currency === currency) && within(scope, calendar.startOf(day));
}

/**
 * What has changed in the closed months of an account, as entries on the first day of the first open one: for each settlement the
 * difference between what its rows there are now and what has been booked of them, so that all months together have the sums of
 * all rows. A closed month keeps the adjustments that it had: what they booked is not booked again.
 */
export async function adjustments(books: ScopedBooks, closed: ClosedBooks | null): Promise<Adjustments> {
  const frozen = frozenEntries(closed, "adjustment");
  const before = frozen.filter((entry) => isWanted(books, entry));
  if (closed === null || !within(books.scope, books.calendar.startOf(closed.openDay))) return new Adjustments(before);
  return new Adjustments([...before, ...(await openAdjustments(books, closed, frozen))]);
}

async function openAdjustments(
  books: ScopedBooks,
  closed: ClosedBooks,
  frozen: readonly JournalEntry[],
): Promise<readonly JournalEntry[]> {
  const changed = await changedSettlements(books, closed);
  if (changed.length === 0) return [];
  const now = new Map(
    (await settlementsNow(books, closed.accountId)).map((one) => [`${one.currency} ${one.settlementId}`, one]),
  );
  const entries: JournalEntry[] = [];
  const booked = groupBy(frozen, ({ currency, sources }) => `${currency} ${sources[0]?.settlementId ?? ""}`);
  const numbers = new Map([...booked].map(([key, own]) => [key, own.length]));
  for (const one of changed) {
    const { month, settlementId, currency, frozen: then, isThere } = one;
    const key = `${currency} ${settlementId}`;
    const was =
      then === undefined
        ? undefined
        : await entryIn(books, await settlementThen(books, closed.accountId, month, then), month);
    const is = isThere ? await entryIn(books, now.get(key), month) : undefined;
    const postings = remaining(
      [...(is?.postings ?? []), ...reversed(was?.postings ?? [])],
      (booked.get(key) ?? []).filter(({ adjusts }) => adjusts === month),
    );
    const source = is ?? was;
    if (postings.length === 0 || source === undefined) continue;
    const number = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, number);
    entries.push({
      ...source,
      number: `${settlementId}-A${number === 1 ? "" : number}`,
      day: closed.openDay,
      description: descriptionOf(one),
      postings,
      clearingAfter: null,
      adjusts: month,
    });
  }
  return entries;
}
