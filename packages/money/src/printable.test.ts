import { expect, it } from "vitest";
import { isPrintable, printableText } from "./printable.ts";

it("shows what would act on a terminal or a page, and keeps letters of every script", () => {
  expect(printableText("a\u0000\u001b[31m\r\n\u007f\u009b\u202e\u2066")).toBe(
    "a\\x00\\x1b[31m\\x0d\\x0a\\x7f\\x9b\\u202e\\u2066",
  );
  const letters = "Café 株式会社 مرحبا שלום 🍒 \u200d\u200f";
  expect(printableText(letters)).toBe(letters);
  expect(printableText("one\ntwo\t\r", "\n\t")).toBe("one\ntwo\t\\x0d");
});

it("knows texts of which all is seen", () => {
  for (const text of ["", "R-1001", "注文 1001", "Bestellung № 5", "a b"]) expect(isPrintable(text), text).toBe(true);
  for (const unseen of [
    "\u0000",
    "\u001b",
    "\n",
    "\t",
    "\u007f",
    "\u009b",
    "\u200e",
    "\u202e",
    "\u2028",
    "\u2069",
    "\u061c",
  ])
    expect(isPrintable(`R${unseen}1`), JSON.stringify(unseen)).toBe(false);
});
