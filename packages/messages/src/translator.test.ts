import { describe, expect, it } from "vitest";
import { placeholdersOf, untranslated } from "./check.ts";
import { format } from "./format.ts";
import { translator } from "./translator.ts";

const ENGLISH = {
  rows: "{count, plural, one {# row} other {# rows}}",
  hello: "Hello {name}",
  plain: "it's <b>plain</b>",
} as const;
const GERMAN = { rows: "{count, plural, one {# Zeile} other {# Zeilen}}" };

describe("a translator", () => {
  const translate = translator(ENGLISH, { de: GERMAN, ja: () => ({ plain: "平文" }) });

  it("gives plural forms and numbers as the language has them", () => {
    expect(translate("en")("rows", { count: 1 })).toBe("1 row");
    expect(translate("de")("rows", { count: 1234 })).toBe("1.234 Zeilen");
    expect(translate("en")("rows", { count: "0" })).toBe("0 rows");
  });

  it("falls back to English for a text or a language that is missing", () => {
    expect(translate("de")("hello", { name: "Ada" })).toBe("Hello Ada");
    expect(translate("fr")("plain")).toBe("it's <b>plain</b>");
    expect(translate("ja")("plain")).toBe("平文");
  });

  it("has names and values checked by the compiler", () => {
    // @ts-expect-error there is no such text
    expect(translate("en")("nothing")).toBe("nothing");
    // @ts-expect-error the value is called name
    expect(translate("en")("hello", { who: "Ada" })).toBe("Hello {name}");
  });
});

describe("the check of a translation", () => {
  it("lists what is missing, and reads the placeholders of plurals too", () => {
    expect(untranslated(ENGLISH, GERMAN)).toEqual(["hello", "plain"]);
    expect(placeholdersOf("{a} {n, plural, one {# of {b}} other {# rows}}")).toEqual(["a", "b", "n"]);
    expect(() => placeholdersOf("{a")).toThrow(SyntaxError);
  });

  it("leaves a stored message readable whose values are older than its text", () => {
    expect(format("{a} and {b}", { a: "1" }, "en")).toBe("{a} and {b}");
  });
});
