import { describe, expect, it } from "vitest";
import { amountsIn } from "./amount-text.ts";

const cents = (text: string): readonly string[] =>
  amountsIn(text).map(({ minor, fits }) => `${minor}${fits("USD") ? " USD" : ""}${fits("JPY") ? " JPY" : ""}`);

describe("amounts in what people type", () => {
  it("reads what the pages show, in every language of the pages", () => {
    expect(cents("48,211.07")).toEqual(["4821107 USD"]);
    expect(cents("$48,211.07")).toEqual(["4821107 USD"]);
    expect(cents("48.211,07 €")).toEqual(["4821107 USD"]);
    expect(cents("-49,90")).toEqual(["4990 USD"]);
    expect(cents("306.152 ¥")).toEqual(["30615200 USD", "306152 JPY"]);
    expect(cents("306,152")).toEqual(["30615200 USD", "306152 JPY"]);
  });

  it("takes no id, date or half an amount for one", () => {
    for (const text of ["S01-2946081-1780385-C511315", "5382935443", "31.01.2026", "1.2.3", "1,2,3", "12,3456", ""])
      expect(cents(text), text).toEqual([]);
  });
});
