/** Blanks and control characters: PostgreSQL stores no NUL, and nobody means one. */
const BLANKS = /[\s\p{Cc}]+/gu;

/** Texts that say something, joined by blanks, each run of blanks as one; null where none does. */
export function joined(...texts: readonly (string | null | undefined)[]): string | null {
  const given = texts.map((text) => (text ?? "").replaceAll(BLANKS, " ").trim()).filter((text) => text !== "");
  return given.length === 0 ? null : given.join(" ");
}

/** What stands in the place of a reference where there is none, or names the part of the text that has it. */
const NO_REFERENCE = /^(?:NON ?REF|NOT ?PROVIDED|NOT ?AVAILABLE|N\/A|KEINE ANGABE|(?:EREF|PREF|MARF|KREF|MREF)\+?)?$/i;

/** References that say something, in order, each once. */
export function distinctReferences(...references: readonly (string | null | undefined)[]): readonly string[] {
  const given = references.map((text) => (text ?? "").replaceAll(BLANKS, " ").trim());
  return [...new Set(given.filter((text) => !NO_REFERENCE.test(text)))];
}
