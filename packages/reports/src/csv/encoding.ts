import { type Buffer, isUtf8 } from "node:buffer";
import { ReportError } from "../errors.ts";

/** How the bytes of a cell become text. */
export interface CellEncoding {
  /** WHATWG name in lower case: `utf-8`, `windows-1252`. */
  readonly name: string;
  /** The text, or `null` when the bytes are none in this encoding: nothing is ever replaced. */
  readonly decode: (bytes: Buffer) => string | null;
}

const UTF8: CellEncoding = { name: "utf-8", decode: (bytes) => (isUtf8(bytes) ? bytes.toString("utf8") : null) };

/** ASCII bytes may be part of longer characters there, or be others: commas and quotes could not be found. */
const OTHER_BYTES = /^(?:utf-16.*|iso-2022-.*|hz-.*|replacement|x-user-defined)$/;

/** Names in daily use that the WHATWG does not list. */
const ALIASES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  cp932: "shift_jis",
  "shift-jis": "shift_jis",
  cp1252: "windows-1252",
};

/**
 * The encoding of this name.
 *
 * @throws ReportError `read.options` when there is none, or none that a comma-separated file can be in
 */
export function encodingOf(name: string): CellEncoding {
  const wanted = name.trim().toLowerCase();
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(ALIASES[wanted] ?? wanted, { fatal: true, ignoreBOM: true });
  } catch {
    throw new ReportError(
      "read.options",
      `encoding: there is no encoding ${JSON.stringify(name)}; use utf-8, windows-1252 or shift_jis`,
    );
  }
  if (OTHER_BYTES.test(decoder.encoding))
    throw new ReportError(
      "read.options",
      `encoding: a report cannot be read as ${decoder.encoding}, which has no plain commas and quotes; ` +
        "save it as utf-8, or use windows-1252 or shift_jis",
    );
  if (decoder.encoding === "utf-8") return UTF8;
  return {
    name: decoder.encoding,
    decode: (bytes) => {
      try {
        // Some versions of Node.js take windows-1252 for Latin-1 unless they decode a stream.
        const text = decoder.decode(bytes, { stream: true });
        return text + decoder.decode();
      } catch {
        return null;
      }
    },
  };
}

/** Each byte that is not ASCII written as `\xNN`, so that none is lost and the rest can be read. */
export function escapedBytes(text: string): string {
  return text.replaceAll(/[\u0080-\u00ff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}

/** Whether a report can be in the encoding of this name. */
export function isReportEncoding(name: string): boolean {
  try {
    return encodingOf(name).name !== "";
  } catch {
    return false;
  }
}
