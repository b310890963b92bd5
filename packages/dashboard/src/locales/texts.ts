import {
  readTexts,
  type Texts,
  translator,
  type Translate as TranslateTexts,
  type ValuesOf,
} from "@amazon-pay-kit/messages";
import type { LocaleName } from "../locale/locale.ts";
import { ENGLISH } from "./en.ts";
import { TERM_TEXTS } from "./terms.ts";

/** Languages other than English. */
export const TRANSLATIONS = ["de", "ja"] as const satisfies readonly LocaleName[];

/** Name of a text. */
export type TextName = keyof typeof ENGLISH;

/** Names of the texts that need no values. */
export type PlainText = { [Name in TextName]: ValuesOf<(typeof ENGLISH)[Name]> extends [] ? Name : never }[TextName];

/** Gives a text in one language; a text with placeholders takes their values. */
export type Translate = TranslateTexts<typeof ENGLISH>;

/** The texts of a language, as its file has them. */
export function textsIn(language: (typeof TRANSLATIONS)[number]): Texts {
  return readTexts("@amazon-pay-kit/dashboard", `locales/${language}.json`, import.meta.url);
}

const FILES = Object.fromEntries(TRANSLATIONS.map((language) => [language, () => textsIn(language)]));

/**
 * The texts of one language; English ones where it lacks them.
 *
 * @example translatorFor("de")("line n", { line: "7" }) // "Zeile 7"
 */
export const translatorFor: (locale: LocaleName) => Translate = translator(ENGLISH, FILES);

const terms: (locale: LocaleName) => (name: string) => string = translator(TERM_TEXTS, FILES);

/** A term of the books in a language. One that is new to the kit, such as a transaction type of a report, stays as it is. */
export function term(vocabulary: string, name: string, locale: LocaleName): string {
  const key = `${vocabulary}: ${name}`;
  return Object.hasOwn(TERM_TEXTS, key) ? terms(locale)(key) : name;
}
