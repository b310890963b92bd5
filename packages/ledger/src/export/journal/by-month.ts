import { dayAfter } from "@amazon-pay-kit/money";
import type { ScopedBooks } from "../scope.ts";
import { bookRow, merged } from "./book-row.ts";
import { type BookedSettlement, broughtIn, rowsOf } from "./booked-settlement.ts";
import type { JournalEntry, Posting } from "./entry.ts";

/** A settlement's rows that were posted from one moment until another. */
interface Part {
  readonly month: string;
  readonly from: number;
  readonly until: number;
}

/** The months, on the calendar of the export, in which a settlement has rows. */
async function monthsOf(books: ScopedBooks, settlement: BookedSettlement): Promise<readonly Part[]> {
  const { calendar } = books;
  const { first, last } = await books.context.store.db
    .selectFrom(rowsOf(books.context.store.db, settlement))
    .select(({ fn }) => [fn.min<number>("r.posted_at").as("first"), fn.max<number>("r.posted_at").as("last")])
    .executeTakeFirstOrThrow();
  if (first === null || last === null) return [];
  const parts: Part[] = [];
  const lastMonth = calendar.dayOf(Number(last)).slice(0, 7);
  for (let month = calendar.dayOf(Number(first)).slice(0, 7); month <= lastMonth;) {
    const following = dayAfter(`${month}-01`, 31).slice(0, 7);
    parts.push({ month, from: calendar.startOf(`${month}-01`), until: calendar.startOf(`${following}-01`) });
    month = following;
  }
  return parts;
}

/** Entries of a settlement: one for each month in which it has rows. */
export async function* byMonth(books: ScopedBooks, settlement: BookedSettlement): AsyncGenerator<JournalEntry> {
  const months = await monthsOf(books, settlement);
  const endDay = books.calendar.dayOf(settlement.endAt);
  let opening = broughtIn(settlement);
  const made: JournalEntry[] = [];
  for (const part of months) {
    const parts = await partsOf(books, settlement, part);
    if (parts.length === 0) continue;
    const lines = [
      Math.min(...parts.map(({ first }) => Number(first))),
      Math.max(...parts.map(({ last }) => Number(last))),
    ];
    const rows = parts.flatMap((sum) =>
      bookRow({ typeKey: sum.type_key, store: sum.store_name, amount: BigInt(sum.amount), net: BigInt(sum.net) }),
    );
    const postings = merged([...opening, ...rows]);
    opening = [];
    // The settlement's own end where it is in that month; else the month's last day.
    const lastDay = dayAfter(books.calendar.dayOf(part.until), -1);
    const day = endDay.startsWith(part.month) ? endDay : lastDay;
    made.push(entryOf(settlement, day, [lines[0] ?? 1, lines[1] ?? 1], postings));
  }
  if (made.length === 0 && opening.length > 0) made.push(entryOf(settlement, endDay, [1, 1], opening));
  for (const [index, entry] of made.entries()) {
    const last = index === made.length - 1;
    const several = made.length > 1;
    yield {
      ...entry,
      number: several ? `${entry.number}-${index + 1}` : entry.number,
      description: several ? `${entry.description}, ${entry.day.slice(0, 7)}` : entry.description,
      clearingAfter: last ? settlement.left.carried : null,
    };
  }
}

function entryOf(
  settlement: BookedSettlement,
  day: string,
  lines: readonly [number, number],
  postings: readonly Posting[],
): JournalEntry {
  const { accountId, settlementId, fileHash, currency } = settlement;
  return {
    accountId,
    number: settlementId,
    sources: [{ settlementId, fileHash, lines }],
    currency,
    day,
    description: `Amazon Pay settlement ${settlementId}`,
    transactionId: null,
    orderId: null,
    postings,
    clearingAfter: null,
  };
}

function partsOf(books: ScopedBooks, settlement: BookedSettlement, { from, until }: Part) {
  return books.context.store.db
    .selectFrom(rowsOf(books.context.store.db, settlement))
    .select(({ fn, eb }) => [
      "r.type_key",
      "r.store_name",
      eb(eb.ref("r.net_minor"), "<", 0n).as("debit"),
      fn.sum<bigint | string>("r.amount_minor").as("amount"),
      fn.sum<bigint | string>("r.net_minor").as("net"),
      fn.min<number>("r.line").as("first"),
      fn.max<number>("r.line").as("last"),
    ])
    .where("r.posted_at", ">=", from)
    .where("r.posted_at", "<", until)
    .groupBy(["r.type_key", "r.store_name", "debit"])
    .execute();
}
