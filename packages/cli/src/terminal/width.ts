import { stripVTControlCharacters } from "node:util";
import { printableText } from "@amazon-pay-kit/money";
import stringWidth from "string-width";

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How many columns a text takes on screen: colours and combining marks take none, wide letters and emoji two. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Cuts a text to this many columns, with `…` for what is gone. Colours are dropped from what is cut. */
export function fit(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(stripVTControlCharacters(text))) {
    const next = widthOf(segment);
    if (width + next > columns - 1) break;
    kept += segment;
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
