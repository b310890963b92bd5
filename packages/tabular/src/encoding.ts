import { Buffer, isAscii, isUtf8 } from "node:buffer";
import { CODE_PAGES } from "./code-pages.ts";
import { TableError } from "./errors.ts";

/** Names that people and other programs use, where the WHATWG standard has another. */
const ALIASES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  ansi: "windows-1252",
  cp932: "shift_jis",
  "cp-932": "shift_jis",
  "windows-932": "shift_jis",
  win1252: "windows-1252",
  windows1252: "windows-1252",
  "cp-1252": "windows-1252",
  win1250: "windows-1250",
  "latin-1": "iso-8859-1",
  latin9: "iso-8859-15",
  "latin-9": "iso-8859-15",
  "utf-8-sig": "utf-8",
  utf16: "utf-16",
  utf16le: "utf-16le",
  utf16be: "utf-16be",
  ascii: "utf-8",
  "us-ascii": "utf-8",
  macroman: "macintosh",
};

const KNOWN = "utf-8, windows-1252, windows-1250, iso-8859-15, shift_jis, euc-jp, gb18030, utf-16, cp850, cp852";

/** A code page of DOS or of the Macintosh by one of its names, such as `IBM850`, `dos-852`, `OEM 437`; null for none. */
function codePageName(plain: string): string | null {
  if (/^(?:x-)?mac-?(?:ce|centraleurope|latin2)$/.test(plain)) return "x-mac-centraleurope";
  const number = /^(?:cp|ibm|dos|oem|ms|pc)?[- _]?(\d{3})$/.exec(plain)?.[1];
  return number !== undefined && `cp${number}` in CODE_PAGES ? `cp${number}` : null;
}

/**
 * The name of an encoding as the WHATWG standard spells it: `encodingName("cp932")` is `shift_jis`. Code pages of DOS, which it
 * lacks, are `cp850` and the like.
 *
 * @throws TableError `table.unknown-encoding`
 */
export function encodingName(label: string): string {
  const plain = label.trim().toLowerCase();
  const page = codePageName(plain);
  if (page !== null) return page;
  try {
    return new TextDecoder(ALIASES[plain] ?? plain.replaceAll("_", "-").replace("shift-jis", "shift_jis")).encoding;
  } catch {
    throw new TableError(
      "table.unknown-encoding",
      `there is no encoding ${JSON.stringify(label)}: --encoding takes ${KNOWN}, and the other names of the WHATWG standard`,
      { option: "encoding" },
    );
  }
}

const MARKS: readonly { readonly encoding: string; readonly bytes: readonly number[] }[] = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
];

/** The encoding that a byte order mark says, or that text with a zero in every second byte has; `null` for any other. */
export function markedEncoding(head: Uint8Array): string | null {
  const mark = MARKS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (mark !== undefined) return mark.encoding;
  const zero = [0, 1, 2, 3].map((at) => head[at] === 0);
  if (head.length < 4 || zero[0] === zero[1] || zero[0] !== zero[2] || zero[1] !== zero[3]) return null;
  return zero[0] === true ? "utf-16be" : "utf-16le";
}

/** In which encoding bytes that are no UTF-8 probably are. To be proposed to a person, never to be read with. */
export function likelyEncoding(bytes: Uint8Array): string {
  let japanese = 0;
  let high = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    high++;
    const beside = (bytes[at + 1] ?? 0) >= 0x80 || (bytes[at - 1] ?? 0) >= 0x80;
    // Most first bytes of kana and kanji are C1 controls in Latin scripts; half-width kana stand side by side.
    if ((byte > 0x80 && byte < 0xa0 && byte !== 0x96) || (byte > 0xa0 && byte < 0xe0 && beside)) japanese++;
  }
  if (japanese * 2 <= high) return "windows-1252";
  try {
    new TextDecoder("shift_jis", { fatal: true }).decode(bytes, { stream: true });
    return "shift_jis";
  } catch {
    return likelyEastAsian(bytes);
  }
}

/** Encodings of two bytes a letter that any of them reads without an error: the letters of each language tell which it is. */
function likelyEastAsian(bytes: Uint8Array): string {
  const shareOf = (encoding: string, letters: RegExp): number => {
    const text = new TextDecoder(encoding).decode(bytes, { stream: true });
    return (text.match(letters)?.length ?? 0) / Math.max(1, text.match(/[^\0-\x7f]/g)?.length ?? 0);
  };
  if (shareOf("euc-jp", /[\u3040-\u30ff]/g) > 0.2) return "euc-jp";
  return shareOf("euc-kr", /[\uac00-\ud7a3]/g) > 0.8 ? "euc-kr" : "gb18030";
}

/** Length of the UTF-8 sequence that a byte begins; 1 where it begins none. */
function sequenceLength(first: number): number {
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
}

/** Whether the first letter outside ASCII is UTF-8, or `null` where there is none or more bytes are needed to tell. */
export function firstLetterIsUtf8(bytes: Uint8Array, last: boolean): boolean | null {
  const at = bytes.findIndex((byte) => byte >= 0x80);
  if (at < 0) return null;
  const end = at + sequenceLength(bytes[at] ?? 0);
  if (end > bytes.length && !last) return null;
  return isUtf8(bytes.subarray(at, end));
}

/** What is known of a text's encoding. */
export interface Declared {
  /** Named by the person: the text is that, or an error. */
  readonly encoding?: string | undefined;
  /**
   * What files of a recognised layout are written in. It counts where the first letter outside ASCII is no UTF-8, so that a copy
   * that was saved anew as UTF-8 is read too.
   */
  readonly usual?: string | undefined;
}

function mismatch(encoding: string, line: number, proof: Uint8Array): TableError {
  const named = encoding !== "utf-8" || proof.length === 0;
  const message = named
    ? `line ${line}: the text is not ${encoding}: name another with --encoding`
    : `line ${line}: the text is not UTF-8: say which encoding it has, most likely --encoding ${likelyEncoding(proof)}`;
  return new TableError("table.encoding", message, { option: "encoding", line });
}

const lineEnds = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/** Decodes one byte after another by a table; as strict as a fatal `TextDecoder`. */
class CodePageDecoder {
  readonly #letters: string;

  constructor(letters: string) {
    this.#letters = letters;
  }

  decode(bytes: Uint8Array = new Uint8Array()): string {
    const units = new Uint16Array(bytes.length);
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      units[at] = byte < 0x80 ? byte : this.#letters.charCodeAt(byte - 0x80);
      if (units[at] === 0xfffd) throw new TypeError("the byte is no letter of the code page");
    }
    return new TextDecoder("utf-16le").decode(units);
  }
}

class StrictDecoder {
  readonly #encoding: string;
  readonly #decoder: { decode(bytes?: Uint8Array, options?: { stream: boolean }): string };
  #line: number;

  /** @param marked whether the bytes begin with a byte order mark; anywhere else it is a letter, whatever the pieces */
  constructor(encoding: string, line: number, marked = false) {
    this.#encoding = encoding;
    this.#line = line;
    const letters = CODE_PAGES[encoding];
    this.#decoder =
      letters === undefined
        ? new TextDecoder(encoding, { fatal: true, ignoreBOM: !marked })
        : new CodePageDecoder(letters);
  }

  /** `stream: true` always: without it Node 20.18 to 24 takes the bytes 80 to 9F of windows-1252 for Latin-1 (nodejs/node #56542). */
  decode(bytes: Uint8Array, proof: Uint8Array): string {
    try {
      const text = this.#decoder.decode(bytes, { stream: true });
      this.#line += lineEnds(text);
      return text;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw mismatch(this.#encoding, this.#line + this.#linesBefore(bytes), proof);
    }
  }

  /** Line ends in front of the first byte that is wrong. */
  #linesBefore(bytes: Uint8Array): number {
    if (this.#encoding !== "utf-8") return 0;
    let [good, bad] = [0, bytes.length];
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      try {
        new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
        good = middle;
      } catch {
        bad = middle;
      }
    }
    return lineEnds(Buffer.from(bytes.subarray(0, good)).toString("latin1"));
  }

  end(): string {
    try {
      return this.#decoder.decode();
    } catch {
      throw mismatch(this.#encoding, this.#line, new Uint8Array());
    }
  }
}

/**
 * The text of bytes, piece by piece, without a byte order mark. Bytes that are wrong are an error, never a replaced letter.
 *
 * @throws TableError `table.encoding`, `table.unknown-encoding`
 */
export async function* decodedText(source: AsyncIterable<Uint8Array>, declared: Declared): AsyncGenerator<string> {
  const named = declared.encoding === undefined ? null : encodingName(declared.encoding);
  let decoder: StrictDecoder | null = null;
  let begun = false;
  let held: Uint8Array = new Uint8Array();
  let line = 1;
  /** Opens the decoder as soon as the bytes tell which, and decodes them. */
  const take = (bytes: Uint8Array, last: boolean): string => {
    if (!begun) {
      const marked = markedEncoding(bytes);
      begun = true;
      if (marked !== null) {
        const agrees =
          named === null || named === marked || (named.startsWith("utf-16") && marked.startsWith("utf-16"));
        if (!agrees)
          throw new TableError(
            "table.encoding",
            `the file is marked as ${marked}, but --encoding says ${named}: leave the option out`,
            { option: "encoding" },
          );
        decoder = new StrictDecoder(marked, line, true);
      } else if (named !== null) decoder = new StrictDecoder(named, line);
      else if (declared.usual === undefined) decoder = new StrictDecoder("utf-8", line);
    }
    if (decoder === null) {
      if (isAscii(bytes)) {
        const text = Buffer.from(bytes).toString("latin1");
        line += lineEnds(text);
        return text;
      }
      const utf8 = firstLetterIsUtf8(bytes, last);
      if (utf8 === null) {
        held = bytes;
        return "";
      }
      decoder = new StrictDecoder(utf8 ? "utf-8" : encodingName(declared.usual ?? "utf-8"), line);
    }
    return decoder.decode(bytes, named === null ? bytes : new Uint8Array());
  };
  for await (const piece of source) {
    const bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
    if (!begun && bytes.length < 4) {
      held = Buffer.from(bytes);
      continue;
    }
    held = new Uint8Array();
    const text = take(bytes, false);
    if (text !== "") yield text;
  }
  if (held.length > 0) yield take(held, true);
  const rest = (decoder as StrictDecoder | null)?.end() ?? "";
  if (rest !== "") yield rest;
}
