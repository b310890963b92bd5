import { describe, expect, it } from "vitest";
import { amountsIn } from "./amount-text.ts";

const cents = (text: string): readonly string[] =>
  amountsIn(text)
    .filter(({ fits }) => fits("USD") || fits("JPY"))
    .map(({ minor, fits }) => `${minor}${fits("USD") ? " USD" : ""}${fits("JPY") ? " JPY" : ""}`);

describe("amounts in what people type", () => {
  it("reads what the pages show, in every language of the pages", () => {
    expect(cents("48,211.07")).toEqual(["4821107 USD"]);
    expect(cents("$48,211.07")).toEqual(["4821107 USD"]);
    expect(cents("48.211,07 €")).toEqual(["4821107 USD"]);
    expect(cents("-49,90")).toEqual(["4990 USD"]);
    expect(cents("306.152 ¥")).toEqual(["30615200 USD", "306152 JPY"]);
    expect(cents("306,152")).toEqual(["30615200 USD", "306152 JPY"]);
  });

  it("reads three decimals where a currency has them, whichever sign is before them", () => {
    const fils = (text: string) => amountsIn(text).flatMap(({ minor, fits }) => (fits("BHD") ? [minor] : []));
    expect(fils("1,234.567")).toEqual([1_234_567n]);
    expect(fils("5.125")).toContain(5125n);
    expect(fils("-5,125 BHD")).toContain(5125n);
    expect(fils("-5,125 KWD")).toEqual([]);
    expect(fils("7")).toEqual([7000n]);
    expect(cents("5.125")).toEqual(["512500 USD", "5125 JPY"]);
  });

  it("reads a currency on either side, and no other's where it is a code", () => {
    for (const text of ["USD 100.00", "100.00 USD", "usd100.00"]) expect(cents(text), text).toEqual(["10000 USD"]);
    for (const text of ["US$ 100.00", "US$100.00", "$100.00", "100.00$"])
      expect(cents(text), text).toContain("10000 USD");
    expect(cents("JPY 1,234")).toEqual(["1234 JPY"]);
    expect(cents("¥1,234")).toContain("1234 JPY");
    expect(cents("1234円")).toContain("1234 JPY");
    expect(amountsIn("EUR 5.00").some(({ fits }) => fits("USD"))).toBe(false);
    expect(amountsIn("5,00 €").some(({ minor, fits }) => fits("EUR") && minor === 500n)).toBe(true);
  });

  it("reads minus as banks and accountants write it, and thousands between blanks and apostrophes", () => {
    for (const text of [
      "-2.17",
      "\u22122.17",
      "(2.17)",
      "2.17-",
      "2.17 DR",
      "2.17CR",
      "($2.17)",
      "-$2.17",
      "$-2.17",
      "USD -2.17",
      "２.１７",
    ])
      expect(cents(text), text).toEqual(["217 USD"]);
    for (const text of ["1 043,35", "1\u202F043,35", "1'043.35", "1\u2019043.35", "1.043,35", "1,043.35", "1043.35"])
      expect(cents(text), text).toEqual(["104335 USD"]);
  });

  it("takes no id, date or half an amount for one", () => {
    for (const text of [
      "S01-2946081-1780385-C511315",
      "5382935443",
      "31.01.2026",
      "1.2.3",
      "1,2,3",
      "12,3456",
      "#1019",
      "",
      "＃77",
    ])
      expect(cents(text), text).toEqual([]);
  });
});
