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
