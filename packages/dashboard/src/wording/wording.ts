import type { LocaleName } from "../locale/locale.ts";
import { CHARTS } from "./charts.ts";
import { COLUMNS } from "./columns.ts";
import { FRAME } from "./frame.ts";
import { PAGES_WORDING } from "./pages.ts";
import type { Values } from "./texts.ts";

/** Every text of the pages, by language. The rows are the list of what must be translated. */
export const WORDING = { ...FRAME, ...COLUMNS, ...CHARTS, ...PAGES_WORDING } as const;

/** Name of a text. */
export type Word = keyof typeof WORDING;

type English<Name extends Word> = (typeof WORDING)[Name]["en"];

/** Names of the texts that need no values. */
export type PlainWord = { [Name in Word]: Values<English<Name>> extends [] ? Name : never }[Word];

/** Says a text in one language; a text with places takes their values. */
export type Say = <Name extends Word>(name: Name, ...values: Values<English<Name>>) => string;

/**
 * The texts of one language.
 *
 * @example wordsOf("de")("line n", { line: "7" }) // "Zeile 7"
 */
export function wordsOf(locale: LocaleName): Say {
  return (name, ...given) => {
    const [values = {}] = given as readonly [Readonly<Record<string, string>>?];
    return WORDING[name][locale].replaceAll(/\{(\w+)\}/g, (place, key: string) => values[key] ?? place);
  };
}
