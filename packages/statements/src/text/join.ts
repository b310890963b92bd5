/** Texts that say something, joined by blanks, each run of blanks as one; null where none does. */
export function joined(...texts: readonly (string | null | undefined)[]): string | null {
  const said = texts.map((text) => (text ?? "").replaceAll(/\s+/g, " ").trim()).filter((text) => text !== "");
  return said.length === 0 ? null : said.join(" ");
}

/** What stands in the place of a reference where there is none. */
const NO_REFERENCE = /^(?:NONREF|NON ?REF|NOTPROVIDED|NOT ?PROVIDED|NOTAVAILABLE|NOT ?AVAILABLE|N\/A|KEINE ANGABE)?$/i;

/** References that say something, in order, each once. */
export function distinctReferences(...references: readonly (string | null | undefined)[]): readonly string[] {
  const said = references.map((text) => (text ?? "").replaceAll(/\s+/g, " ").trim());
  return [...new Set(said.filter((text) => !NO_REFERENCE.test(text)))];
}
