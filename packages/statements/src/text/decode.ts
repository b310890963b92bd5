import { Buffer } from "node:buffer";
import { UnusableStatementError } from "../errors.ts";

/** What a file's own beginning says about its encoding. */
export interface FoundEncoding {
  /** As `TextDecoder` names it. */
  readonly name: string;
  /** Where it was found, for messages: `its XML declaration`; null where it is only assumed. */
  readonly by: string | null;
}

/** By every second byte being a zero, as in text of Latin letters. */
function unmarkedUtf16(head: Uint8Array): string | null {
  const zero = [0, 1, 2, 3].map((at) => head[at] === 0);
  if (head.length < 4 || zero[0] === zero[1] || zero[0] !== zero[2] || zero[1] !== zero[3]) return null;
  return zero[0] === true ? "utf-16be" : "utf-16le";
}

/** Names that banks write and `TextDecoder` does not know. */
const ALIASES: Readonly<Record<string, string>> = {
  usascii: "utf-8",
  "us-ascii": "utf-8",
  ascii: "utf-8",
  "utf-8n": "utf-8",
  "8859-1": "windows-1252",
  "8859-15": "iso-8859-15",
  "1252": "windows-1252",
  "cp-1252": "windows-1252",
  cp932: "shift_jis",
  ms932: "shift_jis",
};

/** Values of CHARSET and ENCODING in the head of an OFX 1 file. */
function ofxEncoding(text: string): string | null {
  if (!/^\s*OFXHEADER\s*:/i.test(text)) return null;
  const charset = /CHARSET\s*:\s*([\w-]+)/i.exec(text)?.[1]?.toLowerCase() ?? "none";
  const encoding = /ENCODING\s*:\s*([\w-]+)/i.exec(text)?.[1]?.toLowerCase() ?? "usascii";
  if (/^(?:utf-?8|unicode)$/.test(encoding)) return "utf-8";
  return charset === "none" ? null : charset;
}

/** How the text of a file is encoded, by its first bytes. */
export function encodingOf(head: Buffer): FoundEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return { name: "utf-16le", by: "its byte order mark" };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: "utf-16be", by: "its byte order mark" };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: "utf-8", by: "its byte order mark" };
  const utf16 = unmarkedUtf16(head);
  if (utf16 !== null) return { name: utf16, by: null };
  const text = head.toString("latin1");
  const xml = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1]?.toLowerCase();
  // One byte a letter, whatever the declaration says: another program has saved the file anew.
  if (xml !== undefined) return { name: xml.startsWith("utf-16") ? "utf-8" : xml, by: "its XML declaration" };
  const ofx = ofxEncoding(text);
  return ofx === null ? { name: "utf-8", by: null } : { name: ofx, by: "its OFX header" };
}

/**
 * Windows-1252 where it differs from Latin-1. Node's own decoder for it is Latin-1 in some releases
 * (nodejs/node 56542), which turns the sign of the euro into a control character.
 */
const WINDOWS_1252: readonly string[] = [
  ..."\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f",
  ..."\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178",
];

async function* decodedLatin(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, void> {
  for await (const piece of bytes) {
    yield Buffer.from(piece)
      .toString("latin1")
      .replaceAll(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
  }
}

function decoderOf(label: string, { name, by }: FoundEncoding) {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    const what = `there is no encoding ${JSON.stringify(name)}${by === null ? "" : `, which ${by} names`}`;
    const message = `${what}: say which it is, for example --encoding windows-1252`;
    throw new UnusableStatementError("option.invalid", message, { option: "--encoding" });
  }
}

/**
 * The text of a file, in pieces, without its byte order mark.
 *
 * @throws UnusableStatementError `option.invalid` for an encoding that is not known, `file.encoding` where the bytes are none
 */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: FoundEncoding,
): AsyncGenerator<string, void, void> {
  const label = ALIASES[encoding.name.toLowerCase()] ?? encoding.name;
  const decoder = decoderOf(label, encoding);
  if (decoder.encoding === "windows-1252") {
    yield* decodedLatin(bytes);
    return;
  }
  try {
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError) || !("code" in error)) throw error;
    const why = encoding.by === null ? "" : `, as ${encoding.by} says`;
    const message =
      `the text is not ${decoder.encoding.toUpperCase()}${why}: say which encoding it has, ` +
      "for example --encoding windows-1252 (shift_jis for a Japanese bank)";
    throw new UnusableStatementError("file.encoding", message, { option: "--encoding" });
  }
}
