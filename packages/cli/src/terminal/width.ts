import { stripVTControlCharacters } from "node:util";
import { printableText } from "@amazon-pay-kit/money";

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{10000}-\u{10FFFF}]|\uFE0F/u;
const PLAIN = /^[ -~]*$/;
/** What takes no column by itself: marks, joiners, controls. */
const NOTHING = /^[\p{Mark}\p{Cf}\p{Cc}]+$/u;

let graphemes: Intl.Segmenter | undefined;

/** The characters as a reader counts them: a letter with its accents, a family of joined emoji. */
function charactersOf(text: string): string[] {
  if (PLAIN.test(text)) return [...text];
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** How many columns a text takes on screen: colours and combining marks take none, wide letters and emoji two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of charactersOf(stripVTControlCharacters(text)))
    width += NOTHING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Cuts a text to this many columns, with `…` for what is gone. Colours are dropped from what is cut. */
export function fit(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of charactersOf(stripVTControlCharacters(text))) {
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
