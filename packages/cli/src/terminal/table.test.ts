import { describe, expect, it } from "vitest";
import { paintFor } from "./paint.ts";
import { table } from "./table.ts";
import { fit, printable, widthOf } from "./width.ts";

const plain = paintFor({ write: () => undefined, drained: () => Promise.resolve(), isTTY: false, columns: 80 }, {});
const rows = [
  { id: "5984862222", note: "a very long note that will not fit anywhere at all", amount: "-25.54" },
  { id: "1", note: "決済", amount: "1,234,567.00" },
];
const shape = [
  { title: "Settlement", value: (row: (typeof rows)[number]) => row.id },
  { title: "Note", value: (row: (typeof rows)[number]) => row.note, flexible: true },
  { title: "Amount", value: (row: (typeof rows)[number]) => row.amount, align: "right" as const },
];

describe("tables", () => {
  it("fit the screen by cutting flexible columns only", () => {
    const lines = table(rows, shape, 50, plain).trimEnd().split("\n");
    expect(lines.map(widthOf).every((width) => width <= 50)).toBe(true);
    expect(lines[1]).toContain("5984862222");
    expect(lines[1]).toContain("-25.54");
    expect(lines[1]).toContain("…");
  });

  it("let sentences go on in the next line, and cut no word of them", () => {
    const lines = shape.map((column) =>
      column.title === "Note" ? { ...column, flexible: false, wraps: true } : column,
    );
    const text = table(rows, lines, 55, plain);
    expect(text.split("\n").every((line) => widthOf(line) <= 55)).toBe(true);
    for (const word of rows[0]!.note.split(" ")) expect(text).toContain(word);
    expect(text).not.toContain("…");
  });

  it("leave out spare columns, the highest number first, and name them", () => {
    const spares = shape.map((column, index) => ({ ...column, flexible: false, spare: [undefined, 1, 2][index]! }));
    const text = table(rows, spares, 63, plain);
    expect(text).toContain("no room for: Amount");
    expect(text).not.toContain("-25.54");
    expect(table(rows, spares, 20, plain)).toContain("no room for: Note,");
  });

  it("become blocks of lines where nothing can be left out", () => {
    const text = table(
      rows,
      shape.map((column) => ({ ...column, flexible: false })),
      30,
      plain,
    );
    expect(text).toContain("Settlement  5984862222\n");
    expect(text).toContain("Amount      1,234,567.00\n");
    expect(text.split("\n").every((line) => widthOf(line) <= 30)).toBe(true);
  });

  it("line up wide letters", () => {
    const lines = table(rows, shape, 200, plain).trimEnd().split("\n");
    expect(widthOf(lines[2] ?? "")).toBe(widthOf(lines[1] ?? ""));
  });

  it("never let text from a file act on the terminal", () => {
    expect(printable("\u001B[31mred\u0007")).toBe("\\x1b[31mred\\x07");
    expect(fit("abcdef", 4)).toBe("abc…");
  });
});

describe("colours", () => {
  it("respect NO_COLOR, dumb terminals and FORCE_COLOR", () => {
    const tty = { write: () => undefined, drained: () => Promise.resolve(), isTTY: true, columns: 80 };
    expect(paintFor(tty, {})("red", "x")).not.toBe("x");
    expect(paintFor(tty, { NO_COLOR: "1" })("red", "x")).toBe("x");
    expect(paintFor(tty, { TERM: "dumb" })("red", "x")).toBe("x");
    expect(paintFor({ ...tty, isTTY: false }, { FORCE_COLOR: "1" })("red", "x")).not.toBe("x");
    expect(paintFor({ ...tty, isTTY: false }, {})("red", "x")).toBe("x");
  });
});

it("columns are aligned under combining marks, joined emoji and wide letters", () => {
  expect(["cafe\u0301", "👩‍👩‍👧", "日本", "e\u0301\u0323x"].map(widthOf)).toEqual([4, 2, 4, 2]);
  expect(fit("cafe\u0301 au lait", 5)).toBe("cafe\u0301…");
  expect(fit("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 5)).toBe("👩‍👩‍👧👩‍👩‍👧…");
});
