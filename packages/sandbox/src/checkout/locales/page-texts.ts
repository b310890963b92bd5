import { findRegion, type Region } from "@amazon-pay-kit/sdk/operations";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import { ja } from "./ja.ts";

/** What can be said on a hosted page. */
export type Phrase = keyof typeof en;

/** A language of the hosted pages: every phrase, with `{name}` where a value goes. */
export type Phrases = Readonly<Record<Phrase, string>>;

/** By the values of `checkoutLanguage` (docs/amazon-pay/checkout.md). */
const LANGUAGES: Readonly<Record<string, Phrases>> = {
  __proto__: null as never,
  en_US: en,
  en_GB: en,
  de_DE: de,
  fr_FR: fr,
  it_IT: it,
  es_ES: es,
  ja_JP: ja,
};

/** The wording of one page view. */
export interface PageTexts {
  /** `en_US`, `de_DE`, … */
  readonly language: string;
  /** For the page's `lang` attribute: `en-US`. */
  readonly htmlLanguage: string;
  /** A phrase with its values put in. */
  fill(phrase: Phrase, values?: Readonly<Record<string, string | number>>): string;
}

/**
 * The wording for a visit: the language asked for when there is one of that name, otherwise the region's first.
 *
 * @example
 * wordingFor("de_DE", "eu").say("continue") // "Weiter"
 */
export function textsFor(checkoutLanguage: string | null, region: Region): PageTexts {
  const fallback = findRegion(region)?.languages[0] ?? "en_US";
  const language =
    checkoutLanguage !== null && Object.hasOwn(LANGUAGES, checkoutLanguage) ? checkoutLanguage : fallback;
  const phrases = LANGUAGES[language] ?? en;
  return {
    language,
    htmlLanguage: language.replace("_", "-"),
    fill: (phrase, values = {}) =>
      phrases[phrase].replaceAll(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap)),
  };
}

/** Every language with its phrases, for the test that none lacks a gap. */
export function everyLanguage(): readonly (readonly [string, Phrases])[] {
  return Object.entries(LANGUAGES);
}
