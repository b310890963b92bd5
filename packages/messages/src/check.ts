import { IntlMessageFormat } from "intl-messageformat";
import type { Texts } from "./translator.ts";

interface Node {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Node[] }>>;
}

const LITERAL = 0;
const POUND = 7;

function collect(nodes: readonly Node[], into: Set<string>): void {
  for (const node of nodes) {
    if (node.type !== LITERAL && node.type !== POUND && typeof node.value === "string") into.add(node.value);
    for (const option of Object.values(node.options ?? {})) collect(option.value, into);
  }
}

/** The names of the placeholders of an ICU message, sorted. @throws SyntaxError for a text that is none */
export function placeholdersOf(text: string): readonly string[] {
  const names = new Set<string>();
  collect(new IntlMessageFormat(text, "en", undefined, { ignoreTag: true }).getAst() as readonly Node[], names);
  return [...names].sort();
}

/** The names of the texts that a language lacks; they are shown in English. */
export function untranslated(english: Texts, translation: Texts): readonly string[] {
  return Object.keys(english).filter((name) => !Object.hasOwn(translation, name));
}
