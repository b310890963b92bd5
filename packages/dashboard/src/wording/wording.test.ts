import { describe, expect, expectTypeOf, it } from "vitest";
import { LOCALES } from "../locale/locale.ts";
import type { Texts } from "./texts.ts";
import { CHECKS } from "@amazon-pay-kit/ledger";
import { checkWording } from "./exception-codes.ts";
import { term } from "./vocabulary.ts";
import { WORDING, wordsOf } from "./wording.ts";

const ROWS = Object.entries(WORDING) as [string, Texts][];
const placesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();

describe("the wording of the pages", () => {
  it("has the same places for values in every language", () => {
    for (const [name, texts] of ROWS)
      for (const locale of LOCALES) expect(placesOf(texts[locale]), `${name} in ${locale}`).toEqual(placesOf(texts.en));
  });

  it("says every text in Japanese signs, but for the few that are the same everywhere", () => {
    const latin = ROWS.filter(([, texts]) => !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(texts.ja)).map(
      ([name]) => name,
    );
    expect(latin).toEqual(["column hash", "ageing heading"]);
  });

  it("fills in values, and demands them", () => {
    expect(wordsOf("de")("line n", { line: "7" })).toBe("Zeile 7");
    expectTypeOf(wordsOf("en")<"line n">).parameters.toEqualTypeOf<["line n", Readonly<{ line: string }>]>();
    expectTypeOf(wordsOf("en")<"sum">).parameters.toEqualTypeOf<["sum"]>();
  });

  it("shows a term that is new to the kit as it came, also one that is named like a member of every object", () => {
    expect(term("transaction type", "capture", "de")).toBe("Einzug");
    expect(term("transaction type", "loyaltybonus", "de")).toBe("loyaltybonus");
    expect(term("transaction type", "constructor", "ja")).toBe("constructor");
  });

  it("explains the code of every check in every language", () => {
    for (const { code, rule } of CHECKS) {
      expect(checkWording(code, "en")?.rule).toBe(rule);
      expect(checkWording(code, "de")?.rule, code).not.toBe(rule);
      expect(checkWording(code, "ja")?.remedy, code).toMatch(/[\p{sc=Han}\p{sc=Hira}]/u);
    }
    expect(checkWording("no.such", "de")).toBeUndefined();
  });
});
