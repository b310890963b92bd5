/** Characters that act instead of being seen: controls of C0 and C1, and those that turn the direction of what follows. */
const ACTING = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

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
