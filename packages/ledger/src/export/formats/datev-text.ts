import { createHash } from "node:crypto";
import { oneLine } from "./plain-text.ts";

/** What the bytes 0x80 to 0x9F stand for in Windows-1252; five of them for nothing. */
const WINDOWS_1252 =
  "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

/**
 * Windows-1252, which DATEV expects. A letter that it lacks loses its accent (`\u0107` becomes `c`); what is no letter with an accent
 * becomes a question mark.
 */
export function ansi(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const letter of text.normalize("NFC"))
    bytes.push(byteOf(letter) ?? byteOf(letter.normalize("NFD").slice(0, 1)) ?? 0x3f);
  return Uint8Array.from(bytes);
}

function byteOf(letter: string): number | undefined {
  const code = letter.codePointAt(0) ?? 0x3f;
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
  const index = WINDOWS_1252.indexOf(letter);
  return index === -1 ? undefined : 0x80 + index;
}

/** A text of at most so many letters: a letter that takes two units of a JavaScript text is not cut in two. */
function cut(text: string, length: number): string {
  return [...text].slice(0, length).join("");
}

/** A text field: in quotes, cut to its length. */
export function quoted(text: string, length: number): string {
  return `"${cut(oneLine(text), length).replaceAll('"', '""')}"`;
}

/** A description and what the line is for; where both are too long, the description is cut. */
export function bookingText(description: string, role: string): string {
  return quoted(`${cut(oneLine(description), 60 - 1 - role.length).trimEnd()} ${role}`, 60);
}

/** Several texts with commas between them, as many as fit; how many there are more is said. */
export function fitted(texts: readonly string[], length: number): string {
  let shown = texts.join(", ");
  for (let count = texts.length - 1; shown.length > length && count > 0; count -= 1)
    shown = `${texts.slice(0, count).join(", ")} and ${texts.length - count} more`;
  return quoted(shown, length);
}

const BELEGFELD_LENGTH = 36;
const HASH_LENGTH = 8;

/**
 * The number of a voucher as Belegfeld 1 takes it: letters without accents, digits and `_ $ & % * + - /`. `#1019` is `1019`.
 * A longer one ends with a part of its hash, so that no two are the same.
 */
export function belegfeld(number: string): string {
  const plain = number
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll("\u00df", "ss")
    .replaceAll(/[^\w$&%*+\-/]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  if (plain.length <= BELEGFELD_LENGTH && plain !== "") return `"${plain}"`;
  const hash = createHash("sha256").update(number).digest("hex").slice(0, HASH_LENGTH);
  return `"${plain === "" ? hash : `${plain.slice(0, BELEGFELD_LENGTH - HASH_LENGTH - 1)}-${hash}`}"`;
}
