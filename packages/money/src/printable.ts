/** Characters that act instead of being seen: controls of C0 and C1, ends of lines, and those that turn the direction of text. */
const ACTING = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
/** The same, and the marks of direction that stand in texts of Hebrew and Arabic and do no harm there. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

/**
 * Whether all of a text is seen: what an id may be made of. One with an unseen character in it looks like another that it is not.
 *
 * @example isPrintable("R-1001"); // true
 * @example isPrintable("R-1001\u202e"); // false
 */
export function isPrintable(text: string): boolean {
  return !UNSEEN.test(text);
}

/**
 * A text from outside so that it can be shown anywhere: what would act on a terminal, a page or a line of a log is written
 * as `\xNN` or `\uNNNN`. Letters of every script stay.
 *
 * @param kept characters that may stay, such as `"\n"` where lines are meant. Default none.
 *
 * @example
 * printableText("\u001b[2Jpaid"); // "\\x1b[2Jpaid"
 */
export function printableText(text: string, kept = ""): string {
  return text.replaceAll(ACTING, (character) => {
    if (kept.includes(character)) return character;
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
