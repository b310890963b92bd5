import { plainName, plainNames, type TableRow } from "@amazon-pay-kit/tabular";
import type { BankLayout } from "./layout.ts";
import {
  ACCOUNT_AMOUNTS,
  ACCOUNT_CURRENCY_NAMES,
  ACCOUNT_OF_EITHER,
  COLUMN_NAMES,
  type ColumnName,
  columnName,
  COUNTERPARTY_ACCOUNT,
  CSV_MEMBERS,
  type CsvMember,
  isBalance,
  LAST_AMOUNT_NAMES,
  VALUTA_IS_CURRENCY,
} from "./members.ts";

/** Which columns hold what: numbers from 0. */
export interface StatementColumns {
  readonly places: ReadonlyMap<CsvMember, readonly number[]>;
  /** Columns that go into the text, in the order of the file. */
  readonly text: readonly number[];
  /** Currency that the name of the amount's column says. */
  readonly currency: string | null;
  /** Column of the balance after each entry, where there is one. */
  readonly balance: number | null;
  /** Column of fees that the amount does not have in it. */
  readonly fee: number | null;
  /** Column of the parts that a row above is made of. */
  readonly parts: number | null;
  readonly count: number;
  /** Of them up to the last that has a name: further ones hold something only in rows that have all of them. */
  readonly named: number;
  /** Columns of which each could be the same member, so that one has to be named; null where it is clear. */
  readonly rivals: Rivals | null;
}

/** Columns that have the same name, of which one counts. */
export interface Rivals {
  readonly member: CsvMember;
  readonly places: readonly number[];
}

/** Members of which every column counts. */
const MANY: ReadonlySet<CsvMember> = new Set(["reference", "text", "balance", "status"]);

/** Members that say which way money went, and how much: mapping one of them replaces those that were recognised. */
const AMOUNTS: readonly (readonly CsvMember[])[] = [["amount"], ["credit", "debit"]];

type Places = Map<CsvMember, readonly number[]>;

function placesOf(names: readonly ColumnName[], wanted: readonly string[], many: boolean): readonly number[] {
  const plain = plainNames(wanted);
  const called = new Set(names.flatMap((column) => [column.plain, column.base]));
  const there = plain.filter((name) => called.has(name));
  const found = there.flatMap((name) => names.flatMap((column, at) => (column.plain === name ? [at] : [])));
  const byBase = there.flatMap((name) => names.flatMap((column, at) => (column.base === name ? [at] : [])));
  const all = [...new Set([...found, ...byBase])];
  return many ? all.toSorted((left, right) => left - right) : all.slice(0, 1);
}

const VALUTA = "valuta";

/** Names of a member, by what the other names say of the header's language. */
function namesOf(member: CsvMember, names: readonly ColumnName[]): readonly string[] {
  if (member !== "valueAt" || placesOf(names, VALUTA_IS_CURRENCY, false).length === 0) return COLUMN_NAMES[member];
  return COLUMN_NAMES.valueAt.filter((name) => plainName(name) !== VALUTA);
}

/**
 * The column of the amount's currency. Where several are called the same, each stands beside the amount that it belongs to; where
 * the amount is in the account's currency, so is the column that names the account.
 */
function currencyPlace(names: readonly ColumnName[], first: number, amount: number | undefined): number {
  if (amount === undefined) return first;
  const accounts = plainNames(COLUMN_NAMES.amount.slice(0, ACCOUNT_AMOUNTS));
  if (accounts.includes(names[amount]?.plain ?? "")) {
    const own = placesOf(names, ACCOUNT_CURRENCY_NAMES, false)[0];
    if (own !== undefined) return own;
  }
  const plain = names[first]?.plain;
  return [amount + 1, amount - 1].find((at) => names[at]?.plain === plain) ?? first;
}

/** Columns by the names that banks give them. */
function byName(names: readonly ColumnName[], taken: ReadonlySet<number>): Places {
  const places: Places = new Map();
  const used = new Set(taken);
  const free = () => names.map((name, at) => (used.has(at) ? { plain: "", base: "", currency: null } : name));
  const set = (member: CsvMember, found: readonly number[]): void => {
    if (found.length === 0) return;
    const [first = 0] = found;
    const kept = member === "currency" ? [currencyPlace(free(), first, places.get("amount")?.[0])] : found;
    places.set(member, kept);
    for (const at of kept) used.add(at);
  };
  for (const member of CSV_MEMBERS) {
    if (member === "text" || member === "balance") continue;
    set(member, placesOf(free(), namesOf(member, names), MANY.has(member)));
  }
  if (!AMOUNTS.flat().some((member) => places.has(member))) set("amount", placesOf(free(), LAST_AMOUNT_NAMES, false));
  return places;
}

/** Members of which one column counts, and which decide what an entry is. */
const DECIDING = ["bookedAt", "amount", "credit", "debit", "direction"] as const;

/**
 * Columns that are called as the one that was found is: `Date` and `Date`; of amounts also but for the currency behind it, `Amount
 * (EUR)` and `Amount (USD)`.
 */
function rivalsOf(
  names: readonly ColumnName[],
  places: Places,
  mapped: ReadonlyMap<CsvMember, unknown>,
): Rivals | null {
  for (const member of DECIDING) {
    const [found, more] = places.get(member) ?? [];
    if (found === undefined || more !== undefined || mapped.has(member)) continue;
    const { plain, base } = names[found] ?? {};
    const same = names.flatMap((name, at) =>
      plain !== undefined && (name.plain === plain || (member === "amount" && name.base === base)) ? [at] : [],
    );
    if (same.length > 1) return { member, places: same };
  }
  return null;
}

/**
 * Whose account a bare `IBAN` or `Kontonummer` is: the payer's where the header names a counterparty and has no other column for
 * its account. That is never left to the values.
 */
function ownAccount(names: readonly ColumnName[], places: Places): number | null {
  const at = placesOf(names, ACCOUNT_OF_EITHER, false)[0];
  if (at === undefined || places.has("bankAccount")) return null;
  const counterparty = places.has("counterparty") || places.has("payer") || places.has("payee");
  const itsAccount = names.some(({ plain }, place) => place !== at && COUNTERPARTY_ACCOUNT.test(plain));
  return counterparty && !itsAccount ? null : at;
}

function byLayout(names: readonly ColumnName[], layout: BankLayout): Map<CsvMember, readonly number[] | null> {
  const places = new Map<CsvMember, readonly number[] | null>();
  for (const [member, columns] of Object.entries(layout.columns ?? {}) as [CsvMember, string | string[] | null][]) {
    if (columns === null) places.set(member, null);
    else {
      const wanted = typeof columns === "string" ? [columns] : columns;
      const numbered = wanted.map((at) => Number(at.replace("#", "")) - 1);
      const byNumber = layout.header.length === 0 || wanted[0]?.startsWith("#") === true;
      const found = byNumber ? numbered : placesOf(names, wanted, true);
      // A version of the export may lack one; what is then missing is said as for any other file.
      if (found.length > 0) places.set(member, found);
    }
  }
  return places;
}

/** What is missing to read entries, as the option that says it; null where nothing is. */
export function missingColumn(places: ReadonlyMap<CsvMember, readonly number[]>): string | null {
  if (!places.has("bookedAt")) return "date (--map bookedAt=COLUMN)";
  if (places.has("amount") || places.has("credit") || places.has("debit")) return null;
  return "amount (--map amount=COLUMN, or credit and debit)";
}

/**
 * The columns of a statement, by the layout that was recognised, by their names, and by what was mapped, the last first.
 *
 * @param mapped places that the person named, by member
 */
export function statementColumns(
  header: TableRow,
  layout: BankLayout | null,
  mapped: ReadonlyMap<CsvMember, readonly number[]>,
): StatementColumns {
  const headerless = layout?.header.length === 0 || header.cells.every((cell) => cell === "");
  const names = headerless ? [] : header.cells.map(columnName);
  const own = layout === null ? new Map<CsvMember, readonly number[] | null>() : byLayout(names, layout);
  const taken = new Set([...own.values(), ...mapped.values()].flatMap((places) => places ?? []));
  const places = byName(names, taken);
  for (const [member, found] of own) {
    if (found === null) places.delete(member);
    else places.set(member, found);
  }
  for (const group of AMOUNTS) {
    const others = AMOUNTS.filter((other) => other !== group).flat();
    if (group.some((member) => mapped.has(member))) for (const member of others) places.delete(member);
  }
  for (const [member, found] of mapped) places.set(member, found);
  const account = own.has("bankAccount") ? null : ownAccount(names, places);
  if (account !== null && !taken.has(account)) places.set("bankAccount", [account]);
  const value = places.get("valueAt");
  if (!places.has("bookedAt") && value !== undefined) {
    places.set("bookedAt", value);
    places.delete("valueAt");
  }
  const amount = (places.get("amount") ?? places.get("credit") ?? places.get("debit") ?? [])[0];
  // A blank name at the end is a separator too many, unless the layout has a column there; several are columns without a name.
  const last = header.cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  const all = header.cells.length - last > 1 ? header.cells.length : last;
  const used = Math.max(0, ...[...places.values()].flat().map((place) => place + 1));
  const count = headerless ? 0 : Math.max(all, used);
  return {
    places,
    rivals: layout === null ? rivalsOf(names, places, mapped) : null,
    text: textPlaces(names, header.cells.length, places, layout),
    currency: amount === undefined ? null : (names[amount]?.currency ?? null),
    balance: balancePlace(names, places),
    fee: layout?.fee === undefined ? null : (placesOf(names, [layout.fee], false)[0] ?? null),
    parts: layout?.parts === undefined ? null : (placesOf(names, [layout.parts], false)[0] ?? null),
    count,
    named: headerless ? 0 : Math.max(last, used),
  };
}

/** What an account holds beside what is booked. */
const NOT_BOOKED = /avail|verfugbar|dispon|initial|start|begin|open|vor/;

function balancePlace(names: readonly ColumnName[], places: ReadonlyMap<CsvMember, readonly number[]>): number | null {
  const taken = new Set([...places.values()].flat());
  const found = names.flatMap((name, at) =>
    !taken.has(at) && isBalance(name) && !NOT_BOOKED.test(name.plain) ? [at] : [],
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Members whose cells are read into a line's own members and add nothing to its text. */
const READ: readonly CsvMember[] = [
  "bookedAt",
  "valueAt",
  "amount",
  "credit",
  "debit",
  "direction",
  "currency",
  "bankAccount",
  "balance",
];

function textPlaces(
  names: readonly ColumnName[],
  cells: number,
  places: ReadonlyMap<CsvMember, readonly number[]>,
  layout: BankLayout | null,
): readonly number[] {
  const read = new Set(READ.flatMap((member) => places.get(member) ?? []));
  const own = new Set(plainNames(layout?.own ?? []));
  return Array.from({ length: cells }, (_, at) => at).filter((at) => {
    const name = names[at];
    return !read.has(at) && (name === undefined || (!own.has(name.plain) && !isBalance(name)));
  });
}
