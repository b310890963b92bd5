import type { JournalEntry } from "../journal/entry.ts";

/** Text on one line, without what would end a quoted text or begin a comment. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .replaceAll(/["\\]/g, "'")
    .trim();
}

/** `7` or `7-61`: lines of the report file. */
export function linesOf({ lines: [first, last] }: JournalEntry): string {
  return first === last ? String(first) : `${first}-${last}`;
}

/** A part of an account's name in plain-text ledgers: `my shop` is `My-shop`. */
export function accountPart(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9-]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return plain === "" ? "Account" : plain.charAt(0).toUpperCase() + plain.slice(1);
}
