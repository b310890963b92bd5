import type { LocaleName } from "../locale/locale.ts";

/** One text in every language: a language without it does not compile. A place for a value is written `{name}`. */
export type Texts = Readonly<Record<LocaleName, string>>;

/** The names of the values in a text: `"line {line}"` has `line`. */
export type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Places<Rest>
  : never;

/** What a text must be given: nothing, or a value for each of its places. */
export type Values<Text extends string> = [Places<Text>] extends [never]
  ? []
  : [Readonly<Record<Places<Text>, string>>];
