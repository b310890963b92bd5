import type { Selectable } from "kysely";
import type { SettlementTable } from "../../store/schema/verdicts.ts";
import { ExportError } from "../errors.ts";
import { AT_A_TIME } from "../export-table.ts";
import { type ScopedBooks, within } from "../scope.ts";
import { bookRow, merged } from "./book-row.ts";
import type { JournalEntry, Posting } from "./entry.ts";

/** How finely a journal is written: an entry a settlement, or one a row. */
export type JournalDetail = "settlement" | "row";

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
  for (const account of books.accounts) {
    for (const settlement of await settlementsOf(books, account)) {
      if (wanted(books, settlement)) currencies.add(settlement.currency);
    }
  }
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

/** Journal entries in the order of account, currency and time: every settlement comes after the one it follows. */
export async function* journalEntries(books: ScopedBooks, detail: JournalDetail): AsyncGenerator<JournalEntry> {
  for (const account of books.accounts) {
    const left = new Map<string, Left>();
    for (const settlement of await settlementsOf(books, account)) {
      const before = left.get(settlement.currency);
      left.set(settlement.currency, leftBy(settlement));
      if (!wanted(books, settlement)) continue;
      if (detail === "settlement") yield await whole(books, settlement, before);
      else yield* rowByRow(books, settlement, before);
    }
  }
}

function leftBy(settlement: Settlement): Left {
  const held = -settlement.reserve_minor;
  return { held, carried: settlement.closing_minor - held, paid: -settlement.payout_minor };
}

function wanted({ scope }: ScopedBooks, settlement: Settlement): boolean {
  if (scope.settlementId !== undefined && scope.settlementId !== settlement.settlement_id) return false;
  if (scope.currency !== undefined && scope.currency !== settlement.currency) return false;
  return within(scope, settlement.end_at);
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

async function whole(books: ScopedBooks, settlement: Settlement, before: Left | undefined): Promise<JournalEntry> {
  const parts = await books.context.store.db
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
    .groupBy(["type_key", "debit"])
    .execute();
  const postings = parts.flatMap((part) =>
    bookRow({ typeKey: part.type_key, amount: BigInt(part.amount), net: BigInt(part.net) }),
  );
  return {
    accountId: settlement.account_id,
    settlementId: settlement.settlement_id,
    currency: settlement.currency,
    day: books.calendar.dayOf(endOf(settlement)),
    description: `Amazon Pay settlement ${settlement.settlement_id}`,
    transactionId: null,
    orderId: null,
    postings: merged([...broughtIn(settlement, before), ...postings]),
    fileHash: settlement.content_hash,
    lines: [Math.min(...parts.map((part) => Number(part.first))), Math.max(...parts.map((part) => Number(part.last)))],
    clearingAfter: leftBy(settlement).carried,
  };
}

async function* rowByRow(
  books: ScopedBooks,
  settlement: Settlement,
  before: Left | undefined,
): AsyncGenerator<JournalEntry> {
  const base = {
    accountId: settlement.account_id,
    settlementId: settlement.settlement_id,
    currency: settlement.currency,
    clearingAfter: null,
  };
  const opening = broughtIn(settlement, before);
  if (opening.length > 0) {
    yield {
      ...base,
      day: books.calendar.dayOf(settlement.start_at ?? endOf(settlement)),
      description: `Balance brought into settlement ${settlement.settlement_id}`,
      transactionId: null,
      orderId: null,
      postings: opening,
      fileHash: settlement.content_hash,
      lines: [1, 1],
    };
  }
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
  for await (const row of rows.stream(AT_A_TIME)) {
    const postings = bookRow({ typeKey: row.type_key, amount: row.amount_minor, net: row.net_minor });
    if (postings.length === 0) continue;
    const names = [row.type, row.order_id ?? row.reference_id, row.description].filter((name) => name !== null);
    yield {
      ...base,
      day: books.calendar.dayOf(row.posted_at),
      description: names.join(" "),
      transactionId: row.transaction_id,
      orderId: row.order_id,
      postings,
      fileHash: row.content_hash,
      lines: [row.line, row.line],
    };
  }
}
