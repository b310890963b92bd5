import { UnusableStatementError } from "../errors.ts";

/** One physical line of a text. */
export interface TextLine {
  /** From 1. */
  readonly line: number;
  /** Without its end. */
  readonly text: string;
}

/** No statement has a line of this length; the text of an entry is limited by its format. */
const LONGEST_LINE = 4 * 1024 * 1024;

/**
 * Lines of a text that comes in pieces. Lines end with CR, LF or CRLF, also mixed.
 *
 * @throws UnusableStatementError `file.too-large` for an endless line
 */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<TextLine, void, void> {
  let rest = "";
  let line = 0;
  for await (const piece of pieces) {
    const text = rest + piece;
    // A CR at the very end may be the first half of a CRLF.
    const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
    const parts = whole.split(/\r\n|\n|\r/);
    rest = (parts.pop() ?? "") + text.slice(whole.length);
    if (rest.length > LONGEST_LINE) {
      const message = `line ${line + parts.length + 1} has more than ${LONGEST_LINE} characters, as none of a statement has`;
      throw new UnusableStatementError("file.too-large", message, { line: line + parts.length + 1 });
    }
    for (const part of parts) yield { line: ++line, text: part };
  }
  const last = rest.replace(/\r$/, "");
  if (rest !== "") yield { line: ++line, text: last };
}
