import { MESSAGES, RULE_LANGUAGES, RULE_TEXTS, RULES, ruleTextOf, ruleTextsIn } from "@amazon-pay-kit/ledger";
import { placeholdersOf, type Texts, untranslated } from "@amazon-pay-kit/messages";
import { describe, expect, expectTypeOf, it } from "vitest";
import { ENGLISH } from "./en.ts";
import { messageOf } from "./exception-text.ts";
import { TERM_TEXTS } from "./terms.ts";
import { type PlainText, term, textsIn, translatorFor, TRANSLATIONS } from "./texts.ts";

const CATALOGUES = [
  ...TRANSLATIONS.map((language) => ({
    name: `pages, ${language}`,
    english: { ...ENGLISH, ...TERM_TEXTS } as Texts,
    translated: textsIn(language),
  })),
  ...RULE_LANGUAGES.map((language) => ({
    name: `rules, ${language}`,
    english: RULE_TEXTS,
    translated: ruleTextsIn(language),
  })),
];

describe.each(CATALOGUES)("the texts of $name", ({ name, english, translated }) => {
  it("have the placeholders of the English ones, and no text that English does not have", () => {
    for (const [key, text] of Object.entries(translated)) {
      expect(Object.keys(english), key).toContain(key);
      expect(placeholdersOf(text), key).toEqual(placeholdersOf(english[key] ?? ""));
    }
  });

  it("are listed where they are missing; English stands for them", () => {
    const missing = untranslated(english, translated);
    if (missing.length > 0) console.warn(`${name}: ${missing.length} texts are not translated: ${missing.join(", ")}`);
    expect(missing.length).toBeLessThan(Object.keys(english).length);
  });
});

describe("the texts of the pages", () => {
  it("fill in values, in the plural of the language", () => {
    expect(translatorFor("de")("line n", { line: "7" })).toBe("Zeile 7");
    expect(translatorFor("en")("row count", { count: 1 })).toBe("1 row");
    expect(translatorFor("de")("row count", { count: 1200 })).toBe("1.200 Zeilen");
    expect(translatorFor("ja")("error count", { count: 2 })).toBe("エラー 2 件");
    expectTypeOf<"line n">().not.toExtend<PlainText>();
  });

  it("name the terms of the books, and leave unknown ones as they are", () => {
    expect(term("transaction type", "refund", "de")).toBe("Erstattung");
    expect(term("transaction type", "a-new-one", "de")).toBe("a-new-one");
  });
});

describe("what rules say", () => {
  it("is there for every rule", () => {
    for (const { code, rule } of RULES) expect(ruleTextOf(code)?.rule).toBe(rule);
    expect(ruleTextOf("row.net", "de")?.rule).toMatch(/^Der Nettobetrag/);
    expect(ruleTextOf("no.such", "de")).toBeUndefined();
    expect(Object.keys(MESSAGES).length).toBeGreaterThan(RULES.length);
  });

  const messages = [
    { name: "unsettled.captured", values: { at: "2026-01-02T03:04:05Z" } },
    { name: "unsettled.old", values: { days: "16" } },
  ] as const;

  it("is put together from its messages, in the language of the page", () => {
    const item = { message: "captured …", messages };
    expect(messageOf(item, "en")).toEqual({ text: "captured …", lang: "en" });
    expect(messageOf(item, "de")).toEqual({
      text: "Eingezogen 2026-01-02T03:04:05Z und nach 16 Tagen oder mehr in keiner Abrechnung",
      lang: "de",
    });
    const missing = { name: "report.missing", values: { report: "order-reference", from: "A", to: "B" } };
    expect(messageOf({ message: "", messages: [missing] }, "de").text).toBe(
      "Kein Bericht der Art „Bestellreferenz“ deckt A bis B ab",
    );
  });

  it("stays as it is where its messages are not known", () => {
    expect(messageOf({ message: "found before", messages: [] }, "de")).toEqual({ text: "found before", lang: "en" });
    const unknown = [{ name: "of.a.later.version", values: {} }];
    expect(messageOf({ message: "found later", messages: unknown }, "de")).toEqual({ text: "found later", lang: "en" });
  });
});
