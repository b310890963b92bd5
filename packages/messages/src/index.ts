/** Texts in several languages. */
export { placeholdersOf, untranslated } from "./check.ts";
export { format, type MessageValues } from "./format.ts";
export { readTexts, translator, type Texts, type Translate, type ValuesOf } from "./translator.ts";
