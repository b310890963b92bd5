import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { format, type MessageValues } from "./format.ts";

/** Texts by name, as ICU messages. */
export type Texts = Readonly<Record<string, string>>;

/** The names of the placeholders in a text: `"line {line}"` has `line`, `"{n, plural, …}"` has `n`. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Inner}}${infer Rest}`
  ? Name<Inner> | Placeholders<Rest>
  : never;

/** What stands between braces is a placeholder, a plural of one, or text of a plural's form (which has a blank or a `#`). */
type Name<Inner extends string> = Inner extends `${infer Plural}, plural, ${string}`
  ? Plural
  : Inner extends `${string}${" " | "#"}${string}`
    ? never
    : Inner;

/** The values that a text needs: none, or one for each placeholder. */
export type ValuesOf<Text extends string> = [Placeholders<Text>] extends [never]
  ? []
  : [Readonly<Record<Placeholders<Text>, string | number>>];

/** Gives a text in one language. The compiler checks its name and the names of its values. */
export type Translate<English extends Texts> = <Name extends keyof English & string>(
  name: Name,
  ...values: ValuesOf<English[Name]>
) => string;

/**
 * Texts in the language that is asked for, in English where it lacks one.
 *
 * @param english the texts, as a constant
 * @param translations the other languages by name; a function is called when its language is first needed
 */
export function translator<const English extends Texts>(
  english: English,
  translations: Readonly<Record<string, Texts | (() => Texts)>>,
): (locale: string) => Translate<English> {
  const loaded = new Map<string, Texts>();
  const textsOf = (locale: string): Texts => {
    const known = loaded.get(locale);
    if (known !== undefined) return known;
    const given = Object.hasOwn(translations, locale) ? translations[locale] : undefined;
    const texts = typeof given === "function" ? given() : (given ?? {});
    loaded.set(locale, texts);
    return texts;
  };
  return (locale) =>
    (name, ...given) => {
      const [values = {}] = given as readonly [MessageValues?];
      const translation = Object.hasOwn(textsOf(locale), name) ? textsOf(locale)[name] : undefined;
      return translation === undefined
        ? format(english[name] ?? name, values, "en")
        : format(translation, values, locale);
    };
}

/**
 * Reads the texts of a language from a JSON file that a package ships. The package is found by its name, so that it is the same
 * file from its source, compiled, and from a bundle.
 *
 * @param path below the package's `src`
 * @param from `import.meta.url` of the caller
 * @example readTexts("@amazon-pay-kit/ledger", "rules/locales/de.json", import.meta.url)
 * @throws what finding and reading throw; TypeError when the file is no object of texts
 */
export function readTexts(packageName: string, path: string, from: string): Texts {
  const file = join(dirname(createRequire(from).resolve(`${packageName}/package.json`)), "src", path);
  const value: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof value !== "object" || value === null || Object.values(value).some((text) => typeof text !== "string"))
    throw new TypeError(`${file} must be a JSON object of texts`);
  return value as Texts;
}
