import { describe, expect, test } from "vitest";
import { TEST_ADDRESSES, TEST_BUYERS } from "../../test-data/index.ts";
import { en } from "./en.ts";
import { everyLanguage, textsFor, type Phrase } from "./page-texts.ts";

const gaps = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();

describe("languages", () => {
  test.each(everyLanguage())("%s has the same gaps in every phrase as English", (_, phrases) => {
    for (const phrase of Object.keys(en) as Phrase[]) expect(gaps(phrases[phrase]), phrase).toEqual(gaps(en[phrase]));
  });

  test.each([
    ["de_DE", "eu", "de-DE"],
    ["ja_JP", "jp", "ja-JP"],
    [null, "jp", "ja-JP"],
    [null, "na", "en-US"],
    ["xx_XX", "eu", "en-GB"],
    ["toString", "na", "en-US"],
    ["", "jp", "ja-JP"],
  ] as const)("%s in %s is %s", (asked, region, shown) => {
    expect(textsFor(asked, region).htmlLanguage).toBe(shown);
  });
});

test("a value with a gap's shape is not replaced again", () => {
  expect(textsFor("en_US", "na").fill("cancelAndReturn", { store: "{store} & Sons" })).toBe(
    "Cancel and return to {store} & Sons",
  );
});

test.each(everyLanguage().filter(([, phrases]) => phrases !== en))(
  "%s says what buyers and addresses are for",
  (_, phrases) => {
    const notes = [...TEST_BUYERS, ...TEST_ADDRESSES].map(({ note }) => note);
    for (const note of notes) expect(phrases[note], note).not.toBe(en[note]);
  },
);
