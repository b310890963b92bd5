import { dayAfter } from "@amazon-pay-kit/money";
import type { Selectable } from "kysely";
import type { SettlementTable } from "../../store/schema/verdicts.ts";
import { ExportError } from "../errors.ts";
import { AT_A_TIME } from "../export-table.ts";
import { type ScopedBooks, within } from "../scope.ts";
import { bookRow, merged } from "./book-row.ts";
import type { JournalEntry, JournalSource, Posting } from "./entry.ts";

/**
 * How finely a journal is written. `settlement`: an entry a settlement, split where a month ends within it, so that a month has
 * the rows that were posted in it; `day` and `month`: an entry for all settlements of a day or a month; `row`: an entry a row.
 */
export const JOURNAL_DETAILS = ["settlement", "day", "month", "row"] as const;

/** One of {@link JOURNAL_DETAILS}. */
export type JournalDetail = (typeof JOURNAL_DETAILS)[number];

type Settlement = Selectable<SettlementTable> & { readonly content_hash: string };

/** What the settlement before has left, by account and currency. */
interface Left {
  readonly held: bigint;
  readonly carried: bigint;
  /** What it transferred, positive. */
  readonly paid: bigint;
}

/** The currencies of the entries that there will be, in the order of their codes. */
async function journalCurrencies(books: ScopedBooks): Promise<readonly string[]> {
  const currencies = new Set<string>();
  for await (const { currency } of journalEntries(books, "settlement")) currencies.add(currency);
  return [...currencies].sort();
}

/**
 * The currency of every entry, for programs that take one a file: they would read 12,000 JPY as 12,000 EUR.
 *
 * @returns null where there are no entries
 * @throws ExportError `export.several-currencies`
 */
export async function onlyCurrency(books: ScopedBooks, program: string): Promise<string | null> {
  const [currency = null, ...others] = await journalCurrencies(books);
  if (currency === null || others.length === 0) return currency;
  throw new ExportError(
    "export.several-currencies",
    `the entries are in ${[currency, ...others].join(", ")}, and a file for ${program} has one currency: export each with a currency (--currency ${currency})`,
  );
}

/**
 * Journal entries in the order of account, currency and time: every settlement comes after the one it follows. An entry is within
 * the scope when its day is; the postings of all entries of a month are those of the rows posted in it.
 */
export async function* journalEntries(books: ScopedBooks, detail: JournalDetail): AsyncGenerator<JournalEntry> {
  for (const account of books.accounts) {
    const left = new Map<string, Left>();
    let together: Together | undefined;
    for (const settlement of await settlementsOf(books, account)) {
      const before = left.get(settlement.currency);
      left.set(settlement.currency, leftBy(settlement));
      if (!wanted(books, settlement)) continue;
      if (together !== undefined && together.currency !== settlement.currency) {
        yield* together.entries();
        together = undefined;
      }
      const entries =
        detail === "row" || detail === "day" ? rowByRow(books, settlement, before) : byMonth(books, settlement, before);
      for await (const entry of entries) {
        if (!within(books.scope, books.calendar.startOf(entry.day))) continue;
        if (detail === "settlement" || detail === "row") yield entry;
        else (together ??= new Together(entry.currency, detail === "day" ? 10 : 7)).add(entry);
      }
    }
    if (together !== undefined) yield* together.entries();
  }
}

/** Entries of one account and currency that are put together by day or month. */
class Together {
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

function leftBy(settlement: Settlement): Left {
  const held = -settlement.reserve_minor;
  return { held, carried: settlement.closing_minor - held, paid: -settlement.payout_minor };
}

function wanted({ scope }: ScopedBooks, settlement: Settlement): boolean {
  if (scope.settlementId !== undefined && scope.settlementId !== settlement.settlement_id) return false;
  return scope.currency === undefined || scope.currency === settlement.currency;
}

async function settlementsOf({ context }: ScopedBooks, account: string): Promise<readonly Settlement[]> {
  return context.store.db
    .selectFrom("settlement as s")
    .innerJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "s.account_id").onRef("f.file_id", "=", "s.file_id"),
    )
    .selectAll("s")
    .select("f.content_hash")
    .where("s.account_id", "=", account)
    .orderBy("s.currency")
    .orderBy("s.end_at", (order) => order.asc().nullsFirst())
    .orderBy("s.settlement_id")
    .execute();
}

/**
 * What a settlement brings in beyond what the one before it left: everything for the first one, nothing where they follow
 * on from each other. Exactly what that one transferred is a transfer that has come back.
 */
function broughtIn(settlement: Settlement, before: Left | undefined): Posting[] {
  const reserve = settlement.released_minor - (before?.held ?? 0n);
  const carried = settlement.opening_minor - settlement.released_minor - (before?.carried ?? 0n);
  const cameBack = before !== undefined && carried > 0n && carried === before.paid;
  return merged([
    { role: "reserve", minor: reserve },
    { role: "clearing", minor: carried },
    { role: cameBack ? "transit" : before === undefined ? "opening" : "differences", minor: -carried },
    { role: before === undefined ? "opening" : "differences", minor: -reserve },
  ]);
}

function endOf(settlement: Settlement): number {
  return settlement.end_at ?? settlement.payout_at ?? settlement.start_at ?? 0;
}

/** A settlement's rows that were posted from one moment until another. */
interface Part {
  readonly month: string;
  readonly from: number;
  readonly until: number;
}

/** The months, on the calendar of the export, in which a settlement has rows. */
async function monthsOf(books: ScopedBooks, settlement: Settlement): Promise<readonly Part[]> {
  const { calendar } = books;
  const { first, last } = await books.context.store.db
    .selectFrom("settlement_row")
    .select(({ fn }) => [fn.min<number>("posted_at").as("first"), fn.max<number>("posted_at").as("last")])
    .where("account_id", "=", settlement.account_id)
    .where("settlement_id", "=", settlement.settlement_id)
    .where("currency", "=", settlement.currency)
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

async function* byMonth(
  books: ScopedBooks,
  settlement: Settlement,
  before: Left | undefined,
): AsyncGenerator<JournalEntry> {
  const months = await monthsOf(books, settlement);
  const endDay = books.calendar.dayOf(endOf(settlement));
  let opening = broughtIn(settlement, before);
  const made: JournalEntry[] = [];
  for (const part of months) {
    const parts = await partsOf(books, settlement, part);
    if (parts.length === 0) continue;
    const lines = [
      Math.min(...parts.map(({ first }) => Number(first))),
      Math.max(...parts.map(({ last }) => Number(last))),
    ];
    const rows = parts.flatMap((sum) =>
      bookRow({ typeKey: sum.type_key, amount: BigInt(sum.amount), net: BigInt(sum.net) }),
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
      clearingAfter: last ? leftBy(settlement).carried : null,
    };
  }
}

function entryOf(
  settlement: Settlement,
  day: string,
  lines: readonly [number, number],
  postings: readonly Posting[],
): JournalEntry {
  const { settlement_id: settlementId, content_hash: fileHash } = settlement;
  return {
    accountId: settlement.account_id,
    number: settlementId,
    sources: [{ settlementId, fileHash, lines }],
    currency: settlement.currency,
    day,
    description: `Amazon Pay settlement ${settlementId}`,
    transactionId: null,
    orderId: null,
    postings,
    clearingAfter: null,
  };
}

function partsOf(books: ScopedBooks, settlement: Settlement, { from, until }: Part) {
  return books.context.store.db
    .selectFrom("settlement_row")
    .select(({ fn, eb }) => [
      "type_key",
      eb(eb.ref("net_minor"), "<", 0n).as("debit"),
      fn.sum<bigint | string>("amount_minor").as("amount"),
      fn.sum<bigint | string>("net_minor").as("net"),
      fn.min<number>("line").as("first"),
      fn.max<number>("line").as("last"),
    ])
    .where("account_id", "=", settlement.account_id)
    .where("settlement_id", "=", settlement.settlement_id)
    .where("currency", "=", settlement.currency)
    .where("posted_at", ">=", from)
    .where("posted_at", "<", until)
    .groupBy(["type_key", "debit"])
    .execute();
}

async function* rowByRow(
  books: ScopedBooks,
  settlement: Settlement,
  before: Left | undefined,
): AsyncGenerator<JournalEntry> {
  const base = { accountId: settlement.account_id, currency: settlement.currency, clearingAfter: null };
  const opening = broughtIn(settlement, before);
  const rows = books.context.store.db
    .selectFrom("settlement_row as r")
    .innerJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "r.account_id").onRef("f.file_id", "=", "r.file_id"),
    )
    .selectAll("r")
    .select("f.content_hash")
    .where("r.account_id", "=", settlement.account_id)
    .where("r.settlement_id", "=", settlement.settlement_id)
    .where("r.currency", "=", settlement.currency)
    .orderBy("r.posted_at")
    .orderBy("r.file_id")
    .orderBy("r.line");
  let first = true;
  for await (const row of rows.stream(AT_A_TIME)) {
    if (first && opening.length > 0) {
      // On the day of the first row, as where the settlement is one entry: months have the same sums either way.
      yield {
        ...base,
        number: `${settlement.settlement_id}-1`,
        sources: [{ settlementId: settlement.settlement_id, fileHash: settlement.content_hash, lines: [1, 1] }],
        day: books.calendar.dayOf(row.posted_at),
        description: `Balance brought into settlement ${settlement.settlement_id}`,
        transactionId: null,
        orderId: null,
        postings: opening,
      };
    }
    first = false;
    const postings = bookRow({ typeKey: row.type_key, amount: row.amount_minor, net: row.net_minor });
    if (postings.length === 0) continue;
    const names = [row.type, row.order_id ?? row.reference_id, row.description].filter((name) => name !== null);
    yield {
      ...base,
      number: `${settlement.settlement_id}-${row.line}`,
      sources: [{ settlementId: settlement.settlement_id, fileHash: row.content_hash, lines: [row.line, row.line] }],
      day: books.calendar.dayOf(row.posted_at),
      description: names.join(" "),
      transactionId: row.transaction_id,
      orderId: row.order_id,
      postings,
    };
  }
}
