import {
  columnList,
  type Columns,
  findColumns,
  findHeader,
  isBlankRow,
  numberedPlace,
  plainName,
  rowFault,
  separatorWords,
  type Table,
  type TableRow,
  widestRow,
} from "@amazon-pay-kit/tabular";
import { OrdersError } from "./errors.ts";
import { isAmazonPay } from "./means-of-payment.ts";
import type { CheckedOptions, OrdersOptions } from "./options.ts";
import { ORDER_PROFILES, recognise } from "./profiles/index.ts";
import type { OrderProfile } from "./profiles/profile.ts";
import { RECORD_MEMBERS, type RecordMember } from "./record.ts";
import { ID_MEMBERS, readRow, shortenedId, type RowReading, type RowRules, type RowTexts } from "./read-row.ts";
import { Statuses } from "./statuses.ts";

/** A row of a table, read. */
export interface RowRead {
  readonly line: number;
  readonly reading: RowReading;
  /** The export tells of a refund of this order, but not when. */
  readonly undatedRefund: boolean;
}

/** A table whose columns are known. */
export interface OrderTable {
  readonly profile: OrderProfile;
  /** As many rows at a time as a piece of the file has. */
  readonly rows: AsyncGenerator<readonly TableRow[]>;
  readonly reader: RowReader;
}

/** Columns that name a means of payment and nothing else, in any shop: `Payment` alone may be an amount, or a number. */
const MEANS_OF_PAYMENT =
  "paymentmethod,paymentmethodname,paymentmethodtitle,paymentname,paymentgateway,paymentprovider,paymenttype,methodofpayment," +
  "zahlungsmethode,zahlungsart,zahlungsweise,zahlart,modedepaiement,moyendepaiement,metododepago,formadepago,metododipagamento," +
  "betaalmethode,betaalwijze,お支払方法,支払方法,決済方法";

/** A file that only a mapping explains. */
const MAPPED: OrderProfile = {
  name: "mapped",
  title: "a file with a mapping",
  source: "",
  signature: [],
  columns: {},
  paidWith: MEANS_OF_PAYMENT.split(","),
};

function wantedProfile(name: string | undefined): OrderProfile | null {
  if (name === undefined) return null;
  const profile = ORDER_PROFILES.find((one) => one.name === name);
  if (profile !== undefined) return profile;
  const known = ORDER_PROFILES.map((one) => one.name).join(", ");
  throw new OrdersError(
    "records.mapping",
    `there is no format ${JSON.stringify(name)}: --format takes ${known}`,
    "format",
  );
}

/** Which profile a row of column names has; `null` for a row that is no header. */
function profileOf(row: TableRow, wanted: OrderProfile | null, map: Readonly<Partial<Record<string, string>>>) {
  const names = new Set(row.cells.map(plainName));
  const mapped = Object.values(map).flatMap((column) =>
    numberedPlace(column ?? "") === null ? plainName(column ?? "") : [],
  );
  if (!mapped.every((name) => names.has(name))) return null;
  if (wanted !== null) {
    const amount =
      map["amount"] !== undefined || (wanted.columns.amount ?? []).some((name) => names.has(plainName(name)));
    return amount ? wanted : null;
  }
  return recognise(names) ?? (mapped.length > 0 ? MAPPED : null);
}

async function unknownColumns(table: Table, options: OrdersOptions): Promise<OrdersError> {
  const widest = await widestRow(table);
  if (widest === null)
    return new OrdersError("records.unusable-file", "the file is empty: it has no line of column names");
  const { row, separator } = widest;
  const where = `line ${row.line}`;
  if (row.cells.length > 1 && options.separator !== undefined && separator !== table.separator) {
    const message = `${where}: ${JSON.stringify(options.separator)} does not divide the column names: say ${separatorWords(separator)}`;
    return new OrdersError("records.separator", message, "separator");
  }
  const mapping = Object.entries(options.map ?? {}).find(
    ([, column]) => numberedPlace(column ?? "") === null && !row.cells.map(plainName).includes(plainName(column ?? "")),
  );
  if (mapping !== undefined) {
    const message = `${where}: --map ${mapping[0]}=${JSON.stringify(mapping[1])}: the file has no such column; it has ${columnList(row)}`;
    return new OrdersError("records.mapping", message, "map");
  }
  const titles = ORDER_PROFILES.filter(({ name }) => name !== "kit").map(({ title }) => title);
  return new OrdersError(
    "records.unusable-file",
    `${where}: the columns are of no export that is known (${titles.join(", ")}); say which column holds what, for example --map amount=Total --map orderId=Number --map occurredAt=Date. The file has: ${columnList(row)}`,
    "map",
  );
}

/** The places of a profile's columns and of what the person says. */
class Places {
  readonly members: ReadonlyMap<RecordMember, readonly number[]>;
  readonly paidWith: readonly number[];
  readonly refunded: number;
  readonly timeOfDay: number;
  /** By the word as it is written: a file has a handful of them, on every row. */
  readonly #means = new Map<string, boolean>();
  /** Cells without which a row is cut off. */
  readonly needed: number;

  constructor(header: TableRow, profile: OrderProfile, map: OrdersOptions["map"]) {
    const names = header.cells.map(plainName);
    const placesOf = (wanted: readonly string[] = []): number[] =>
      wanted.map((name) => names.indexOf(plainName(name))).filter((place) => place >= 0);
    const statuses: Columns<RecordMember> = findColumns<RecordMember>(header, { names: {}, map: map ?? {} });
    this.members = new Map(
      RECORD_MEMBERS.map(
        (member) => [member, statuses.get(member) ?? placesOf(profile.columns[member])] as const,
      ).filter(([, places]) => places.length > 0),
    );
    const mapped = new Set([...statuses.values()].flat());
    this.paidWith = placesOf(profile.paidWith).filter((place) => !mapped.has(place));
    this.refunded = placesOf(profile.undatedRefunds)[0] ?? -1;
    this.timeOfDay = placesOf(profile.timeOfDay)[0] ?? -1;
    const firsts = (["amount", "currency", "occurredAt", "status"] as const).map(
      (member) => this.members.get(member)?.[0] ?? -1,
    );
    this.needed = Math.max(...firsts) + 1;
  }

  isAmazonPay(text: string): boolean {
    let known = this.#means.get(text);
    if (known === undefined) {
      known = isAmazonPay(text);
      if (this.#means.size < MOST_MEANS) this.#means.set(text, known);
    }
    return known;
  }
}

/** A column that decides and is there twice: which one counts is not said. */
function nameTwice({ line, cells }: TableRow, places: Places, map: OrdersOptions["map"]): OrdersError | null {
  const names = cells.map(plainName);
  for (const member of ["amount", "currency", "occurredAt"] as const) {
    const [place] = map?.[member] === undefined ? (places.members.get(member) ?? []) : [];
    const same = names.flatMap((name, at) => (place !== undefined && name === names[place] ? [`#${at + 1}`] : []));
    if (same.length < 2) continue;
    const name = cells[place ?? 0]?.trim();
    const message = `line ${line}: ${same.length} columns are called ${name} (${same.join(", ")}): say which holds the ${member} with --map ${member}=${same[0]}`;
    return new OrdersError("records.mapping", message, "map");
  }
  return null;
}

/** More words than these are no means of payment. */
const MOST_MEANS = 200;

function textAt(cells: readonly string[], places: readonly number[]): string | null {
  for (const place of places) {
    const text = (cells[place] ?? "").trim();
    if (text !== "" && !(text.startsWith("0000") && /^0000[-/.]00[-/.]00/.test(text))) return text;
  }
  return null;
}

/**
 * Opens a table of orders: its header tells the export, or the mapping says what the columns hold.
 *
 * @throws OrdersError `records.unusable-file`, `records.mapping`, `records.separator`; TableError of the table
 */
export async function openOrderTable(
  table: Table,
  options: OrdersOptions,
  checked: CheckedOptions,
): Promise<OrderTable> {
  const wanted = wantedProfile(options.format);
  const header = await findHeader(table, (row) =>
    row.line > (options.skipLines ?? 0) ? profileOf(row, wanted, options.map ?? {}) : null,
  );
  if (header === null) {
    const error = await unknownColumns(table, options);
    await table.close();
    throw error;
  }
  const profile = header.found;
  const places = new Places(header.row, profile, options.map);
  const twice = nameTwice(header.row, places, options.map);
  if (twice !== null) {
    await table.close();
    throw twice;
  }
  if (!places.members.has("amount")) {
    const message = `line ${header.row.line}: no column holds the amount; name one with --map amount=COLUMN. The file has: ${columnList(header.row)}`;
    throw new OrdersError("records.unusable-file", message, "map");
  }
  const rules: RowRules = {
    options: checked,
    statuses: new Statuses(profile.statuses, checked.statuses),
    signed: checked.signed || profile.signed === true,
    namesCurrency: places.members.has("currency"),
  };
  return { profile, rows: table.batches(header.layout), reader: new RowReader(header.row, profile, places, rules) };
}

/** Reads the rows below a header, one after the other. */
export class RowReader {
  readonly #header: TableRow;
  readonly #profile: OrderProfile;
  readonly #places: Places;
  readonly #rules: RowRules;
  readonly #texts: RowTexts;
  #cells: readonly string[] = [];
  #above: readonly string[] = [];

  constructor(header: TableRow, profile: OrderProfile, places: Places, rules: RowRules) {
    this.#header = header;
    this.#profile = profile;
    this.#places = places;
    this.#rules = rules;
    const at = Object.fromEntries(places.members) as Partial<Record<RecordMember, readonly number[]>>;
    const { timeOfDay } = places;
    this.#texts = (member) => {
      const text = textAt(this.#cells, at[member] ?? NOWHERE);
      if (member !== "occurredAt" || timeOfDay < 0 || text === null || text.includes(":")) return text;
      return `${text} ${this.#cells[timeOfDay] ?? ""}`.trim();
    };
  }

  /** @returns `null` for a row that is not below the header, or blank */
  read(row: TableRow): RowRead | null {
    if (row.line <= this.#header.line || isBlankRow(row)) return null;
    const { line, cells } = row;
    const columns = this.#header.cells.length;
    const places = this.#places;
    const fault = rowFault(row, columns) ?? cutOff(cells, columns, places.needed);
    if (fault !== null) {
      return { line, reading: { faults: [{ code: "record.unreadable", message: fault }] }, undatedRefund: false };
    }
    this.#cells = cells;
    const shortened = this.#shortened(row);
    const reading =
      shortened ??
      furtherItem(cells, this.#above, this.#profile, places) ??
      paidOtherwise(cells, places) ??
      readRow(line, this.#texts, this.#rules);
    this.#above = cells;
    const refunded = places.refunded >= 0 && "record" in reading && /[1-9]/.test(cells[places.refunded] ?? "");
    return { line, reading, undatedRefund: refunded };
  }

  /** A spreadsheet keeps fifteen digits: a longer number is no id any more. */
  #shortened({ cells, shortened }: TableRow): RowReading | null {
    if (shortened === undefined || paidOtherwise(cells, this.#places) !== null) return null;
    const member = ID_MEMBERS.find((id) => this.#places.members.get(id)?.some((place) => shortened.includes(place)));
    return member === undefined ? null : { faults: [shortenedId(member, this.#texts(member) ?? "")] };
  }
}

const NOWHERE: readonly number[] = [];

function cutOff(cells: readonly string[], columns: number, needed: number): string | null {
  if (cells.length >= needed) return null;
  return `the line has ${cells.length} cells where the header names ${columns} columns: it is cut off`;
}

/** Exports with a row for each item repeat the order's cells, or leave them empty. */
function furtherItem(
  cells: readonly string[],
  above: readonly string[],
  profile: OrderProfile,
  places: Places,
): RowReading | null {
  if (profile.itemsBelow !== true) return null;
  const same = (member: RecordMember): boolean => {
    const at = places.members.get(member) ?? [];
    return textAt(cells, at) === textAt(above, at);
  };
  const order = textAt(cells, places.members.get("orderId") ?? []);
  const empty = textAt(cells, places.members.get("amount") ?? []) === null;
  if (
    !empty &&
    (order === null || !(["orderId", "amount", "occurredAt", "status", "transactionId"] as const).every(same))
  ) {
    return null;
  }
  return { skipped: "further-item", message: `a further item of the order ${order ?? "above"}` };
}

function paidOtherwise(cells: readonly string[], places: Places): RowReading | null {
  if (places.paidWith.length === 0) return null;
  const named = places.paidWith.map((place) => (cells[place] ?? "").trim()).filter((text) => text !== "");
  if (named.some((text) => places.isAmazonPay(text))) return null;
  const message = named.length === 0 ? "no means of payment is named" : `paid with ${JSON.stringify(named.join(", "))}`;
  return { skipped: "paid-otherwise", message };
}
