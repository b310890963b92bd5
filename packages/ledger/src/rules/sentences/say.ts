import { type SentenceName, SENTENCES } from "./table.ts";

/** The names of the places in a sentence. */
type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;

/** A sentence and what stands in its places. */
export interface Sentence {
  readonly name: SentenceName;
  readonly values: Readonly<Record<string, string>>;
}

/** What an exception says: sentences, one directly after the other. */
export type Said = readonly Sentence[];

/** One sentence, with a value for each of its places. */
export function say<Name extends SentenceName>(
  name: Name,
  values: Readonly<Record<Places<(typeof SENTENCES)[Name]>, string>>,
): Said {
  return [{ name, values }];
}

/** A text with its places filled in; a place without a value stays as it is. */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\{(\w+)\}/g,
    (place, name: string) => (Object.hasOwn(values, name) ? values[name] : place) ?? place,
  );
}

/** What is said, in English. */
export function inEnglish(said: Said): string {
  return said.map(({ name, values }) => filledIn(SENTENCES[name], values)).join("");
}
