import type { Buffer } from "node:buffer";
import { decodedText, markedEncoding, TableError } from "@amazon-pay-kit/tabular";
import { UnusableStatementError } from "../errors.ts";

/** Values of CHARSET and ENCODING in the head of an OFX 1 file. */
function ofxEncoding(text: string): string | null {
  if (!/^\s*OFXHEADER\s*:/i.test(text)) return null;
  // Some banks write the head on one line without blanks: CHARSET:1252COMPRESSION:NONE.
  const charset =
    /CHARSET\s*:\s*(8859-\d{1,2}(?=\D|$)|\d{4}|NONE|ISO-?8859-\d{1,2}?(?=\D|$)|[\w-]+)/i
      .exec(text)?.[1]
      ?.toLowerCase() ?? "none";
  const encoding = /ENCODING\s*:\s*(USASCII|UNICODE|UTF-?8|[\w-]+)/i.exec(text)?.[1]?.toLowerCase() ?? "usascii";
  if (/^(?:utf-?8|unicode)$/.test(encoding)) return "utf-8";
  if (charset === "none") return null;
  return /^\d{4}$/.test(charset) ? `windows-${charset}` : charset.replace(/^(?=8859-)/, "iso-");
}

/** What is known of the encoding of a file: stated, or only usual for what it says of itself. */
export interface KnownEncoding {
  readonly encoding?: string | undefined;
  readonly usual?: string | undefined;
}

/**
 * What a file says itself about its encoding. The declaration of XML is binding. The head of an OFX 1 file is written once and
 * for all, and many a bank writes UTF-8 below it: it counts where the text is none. A byte order mark says it already.
 */
export function declaredEncoding(head: Buffer): KnownEncoding {
  if (markedEncoding(head) !== null) return {};
  const text = head.toString("latin1");
  const xml = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1]?.toLowerCase();
  // One byte a letter, whatever the declaration says: another program has saved the file anew.
  if (xml !== undefined) return { encoding: xml.startsWith("utf-16") ? "utf-8" : xml };
  return { usual: ofxEncoding(text) ?? undefined };
}

/**
 * The text of a file, in pieces, without its byte order mark.
 *
 * @throws UnusableStatementError `option.invalid` for an encoding that is not known, `file.encoding` where the bytes are none
 */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  known: KnownEncoding,
): AsyncGenerator<string, void, void> {
  try {
    yield* decodedText(bytes, known);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const code = error.code === "table.unknown-encoding" ? "option.invalid" : "file.encoding";
    throw new UnusableStatementError(code, error.message, { option: "--encoding", cause: error });
  }
}
