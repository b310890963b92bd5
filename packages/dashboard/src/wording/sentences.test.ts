import { SENTENCES } from "@amazon-pay-kit/ledger";
import { describe, expect, it } from "vitest";
import { messageOf, SENTENCE_WORDING } from "./sentences.ts";

const placesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();
const LANGUAGES = ["de", "ja"] as const;

describe("what exceptions say", () => {
  it("has the same places for values in every language", () => {
    for (const [name, row] of Object.entries(SENTENCE_WORDING))
      for (const language of LANGUAGES)
        expect(placesOf(row[language]), `${name} in ${language}`).toEqual(
          placesOf(SENTENCES[name as keyof typeof SENTENCES]),
        );
  });

  it("is said in Japanese signs", () => {
    const latin = Object.entries(SENTENCE_WORDING).filter(
      ([, { ja }]) => !/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(ja),
    );
    expect(latin.map(([name]) => name)).toEqual(["deposit.rate"]);
  });

  const says = [
    { name: "unsettled.captured", values: { at: "2026-01-02T03:04:05Z" } },
    { name: "unsettled.old", values: { days: "16" } },
  ] as const;

  it("is put together from its sentences, in the language of the page", () => {
    const item = { message: "captured …", says };
    expect(messageOf(item, "en")).toEqual({ text: "captured …", lang: "en" });
    expect(messageOf(item, "de")).toEqual({
      text: "Eingezogen 2026-01-02T03:04:05Z und nach 16 Tagen oder mehr in keiner Abrechnung",
      lang: "de",
    });
    expect(messageOf(item, "ja").text).toBe(
      "2026-01-02T03:04:05Z に売上確定されましたが、16 日以上たっても決済に含まれていません",
    );
    const missing = { name: "report.missing", values: { report: "order-reference", from: "A", to: "B" } } as const;
    expect(messageOf({ message: "", says: [missing] }, "de").text).toBe(
      "Kein Bericht der Art „Bestellreferenz“ deckt A bis B ab",
    );
  });

  it("stays as it is where its sentences are not known", () => {
    expect(messageOf({ message: "found before", says: [] }, "de")).toEqual({ text: "found before", lang: "en" });
  });
});
