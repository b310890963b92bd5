import { Buffer } from "node:buffer";
import fc from "fast-check";
import { LAYOUTS } from "../layouts/index.ts";
import type { Column, Layout } from "../layouts/layout.ts";
import { recogniseLayout } from "../layouts/recognise.ts";

/** A cell as it stands in a file: one character per byte, and whether quotes stand around it. */
export interface WrittenCell {
  readonly content: string;
  readonly quoted: boolean;
}

/** A file of one kind with its columns in any order, whose rows resemble each other as those of real files do. */
export interface WrittenRows {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly WrittenCell[])[];
  readonly lineEnd: "\n" | "\r\n" | "\r";
}

/**
 * Changes to a good cell that a reader with a memory may not notice: bytes that are nothing, all bits, the bits turned
 * round, a digit more, a character that other readers take for a blank.
 */
type Change =
  | { readonly kind: "byte"; readonly at: number; readonly byte: number }
  | { readonly kind: "invert"; readonly at: number; readonly count: number }
  | { readonly kind: "fill"; readonly at: number; readonly count: number; readonly byte: number }
  | { readonly kind: "insert"; readonly at: number; readonly byte: number }
  | { readonly kind: "delete"; readonly at: number };

const place = fc.nat({ max: 26 });
const byte = fc.oneof(
  fc.constantFrom(0x00, 0x01, 0x09, 0x1b, 0x20, 0x2b, 0x2c, 0x2d, 0x2e, 0x30, 0x35, 0x39, 0x3a, 0x7f, 0x80, 0xa0, 0xff),
  fc.nat({ max: 255 }),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("byte" as const), at: place, byte }),
  fc.record({ kind: fc.constant("invert" as const), at: place, count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant("fill" as const), at: place, count: fc.integer({ min: 1, max: 4 }), byte }),
  fc.record({ kind: fc.constant("insert" as const), at: place, byte }),
  fc.record({ kind: fc.constant("delete" as const), at: place }),
);

function changed(content: string, change: Change): string {
  const bytes = [...Buffer.from(content, "latin1")];
  const at = Math.min(change.at, bytes.length);
  if (change.kind === "insert") bytes.splice(at, 0, change.byte);
  else if (change.kind === "delete") bytes.splice(at, 1);
  else if (change.kind === "byte") bytes[Math.min(at, Math.max(0, bytes.length - 1))] = change.byte;
  else {
    for (let index = at; index < Math.min(bytes.length, at + change.count); index++)
      bytes[index] = change.kind === "fill" ? change.byte : ~(bytes[index] ?? 0) & 0xff;
  }
  return Buffer.from(bytes).toString("latin1");
}

const utf8 = (text: string): string => Buffer.from(text).toString("latin1");

const DAYS = ["2015-10-01", "2015-10-02", "2016-02-29", "2015-02-28", "1970-01-01", "2099-12-31"];
const TIMES = ["00:00:00", "07:06:47", "23:59:59"];
const ZONES = [" -0700", " +0700", " +0000", " -0000", "-0800", " +0530", "  +1400"];
const AMOUNTS = [
  "0",
  "-0",
  "10.00",
  "-0.29",
  "1,234.50",
  "1,234",
  "5.5",
  "+3.00",
  "1234.0",
  "9007199254740993",
  "12345678901.23",
];
const TEXTS = [
  "Capture",
  "Refund",
  "Closed",
  "a,b",
  "a",
  "5984862222",
  "3f2a-9c",
  "#1001",
  "P01-1-1-C1",
  "Court, Inc.",
  "Caf\u00e9",
  "裁判",
];

function goodContent(column: Column): fc.Arbitrary<string> {
  if (column.type === "instant") {
    return fc
      .tuple(fc.constantFrom(...DAYS), fc.constantFrom(...TIMES), fc.constantFrom(...ZONES))
      .map(([day, time, zone]) => `${day}T${time}${zone}`);
  }
  if (column.type === "amount") return fc.constantFrom(...AMOUNTS);
  if (column.type === "currency") return fc.constantFrom("USD", "EUR", "JPY", "USE", "GBP");
  return fc.constantFrom(...TEXTS).map(utf8);
}

function writtenCell(column: Column): fc.Arbitrary<WrittenCell> {
  const content = fc
    .tuple(
      fc.oneof({ weight: 30, arbitrary: goodContent(column) }, { weight: 1, arbitrary: fc.constant("") }),
      fc.oneof(
        { weight: 24, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(change, { maxLength: 2 }) },
      ),
    )
    .map(([good, changes]) => changes.reduce<string>(changed, good).replaceAll(/[\r\n"]/g, "x"));
  return fc.record({ content, quoted: fc.boolean() });
}

/** Any order in which the columns still tell their layout: some first columns tell another one. */
function columnOrders(layout: Layout): fc.Arbitrary<readonly Column[]> {
  const inOrder = fc.constant<readonly Column[]>(layout.columns);
  const shuffled = fc
    .shuffledSubarray<Column>([...layout.columns], { minLength: layout.columns.length })
    .filter((columns) => recogniseLayout(columns.map((column) => column.name)) === layout);
  return fc.oneof(inOrder, shuffled);
}

/** Rows of every known layout. No cell has a line end or a quote in it, so that a line is a row. */
export const writtenRows: fc.Arbitrary<WrittenRows> = fc
  .constantFrom(...LAYOUTS)
  .chain(columnOrders)
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.tuple(...columns.map(writtenCell)), { minLength: 1, maxLength: 7 }),
      lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
    }),
  );

/** The file; a comma in a cell without quotes makes two cells of it. */
export function writtenBytes({ columns, rows, lineEnd }: WrittenRows): Buffer {
  const names = columns.map((column) => column.name).join(",");
  const lines = rows.map((row) => row.map(({ content, quoted }) => (quoted ? `"${content}"` : content)).join(","));
  return Buffer.from([names, ...lines].map((line) => line + lineEnd).join(""), "latin1");
}

/** The cells of a written row as a reader must find them. */
export function cellsOf(row: readonly WrittenCell[]): string[] {
  return row.flatMap(({ content, quoted }) => (quoted ? [content] : content.split(",")));
}
