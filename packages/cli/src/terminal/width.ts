import { stripVTControlCharacters } from "node:util";
import { printableText } from "@amazon-pay-kit/money";

const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;

/** How many columns a text takes on screen: colours take none, wide letters two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    const point = character.codePointAt(0) ?? 0;
    width += point > 0xffff || WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Cuts a text to this many columns, with `…` for what is gone. Colours are dropped from what is cut. */
export function fit(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    const next = widthOf(character);
    if (width + next > columns - 1) break;
    kept += character;
    width += next;
  }
  return `${kept}…`;
}

/** Fills a text up with blanks to this many columns. */
export function pad(text: string, columns: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, columns - widthOf(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Makes text from outside safe to print: control characters show as `\xNN` instead of acting on the terminal. */
export function printable(text: string): string {
  return printableText(text);
}

/**
 * Breaks a line at blanks into pieces that are no wider than this many columns, the later ones indented. A word that is
 * wider by itself stays whole, so that it can be copied.
 */
export function wrap(text: string, columns: number, indent = ""): string[] {
  if (widthOf(text) <= columns) return [text];
  const pieces: string[] = [];
  let piece = "";
  let gap = "";
  for (const token of text.split(/( +)/)) {
    if (token.startsWith(" ")) {
      gap = token;
      continue;
    }
    if (piece.trim() !== "" && widthOf(piece + gap + token) > columns) {
      pieces.push(piece);
      piece = indent + token;
    } else piece += gap + token;
    gap = "";
  }
  return [...pieces, piece];
}
