import { describe, expect, it } from "vitest";
import { csvCell, csvLine } from "./csv-text.ts";

describe("CSV for people", () => {
  it("never starts a formula", () => {
    for (const text of ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']) {
      expect(csvCell(text).replace(/^"/, "").startsWith("'"), text).toBe(true);
    }
    for (const text of ["-25.54", "+1", "10.00", "C01-1234567", "a=b"]) expect(csvCell(text)).toBe(text);
  });

  it("quotes what would break the line", () => {
    expect(csvLine(["a,b", 'say "x"', "two\nlines", " edge", ""])).toBe('"a,b","say ""x""","two\nlines"," edge",\r\n');
  });
});
