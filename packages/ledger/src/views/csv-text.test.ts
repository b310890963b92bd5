import { describe, expect, it } from "vitest";
import { csvCell, csvLine } from "./csv-text.ts";

describe("CSV for people", () => {
  it("never starts a formula", () => {
    for (const text of [
      "=1+1",
      "+cmd",
      "-2+3",
      "@SUM(A1)",
      "\t=1",
      '=HYPERLINK("http://x")',
      "\u0000=1",
      "\n=1",
      "\r=1",
      " =1",
      "\u00a0=1",
      "\ufeff=1",
      "\u200b+1+1",
      "\u202e=1",
      "\uff1d1",
      "\uff0bcmd",
      "\uff0d2",
      "\uff20SUM",
      "\r\n-1+1",
    ]) {
      expect(csvCell(text).replace(/^"/, "").startsWith("'"), text).toBe(true);
    }
    for (const text of ["-25.54", "+1", "10.00", "C01-1234567", "a=b"]) expect(csvCell(text)).toBe(text);
  });

  it("shows what would act on a terminal, and keeps lines and letters", () => {
    expect(csvCell("a\u001b[2Jb\u009b\u202ec")).toBe("a\\x1b[2Jb\\x9b\\u202ec");
    expect(csvCell("one\r\ntwo\rthree")).toBe('"one\ntwo\nthree"');
    expect(csvCell("株式 Café")).toBe("株式 Café");
  });

  it("quotes what would break the line", () => {
    expect(csvLine(["a,b", 'say "x"', "two\nlines", " edge", ""])).toBe('"a,b","say ""x""","two\nlines"," edge",\r\n');
  });
});
