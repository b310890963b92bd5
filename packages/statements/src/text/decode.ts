import type { Buffer } from "node:buffer";
import { decodedText, markedEncoding, TableError } from "@amazon-pay-kit/tabular";
import { UnusableStatementError } from "../errors.ts";

/** Values of CHARSET and ENCODING in the head of an OFX 1 file. */
function ofxEncoding(text: string): string | null {
  if (!/^\s*OFXHEADER\s*:/i.test(text)) return null;
  // Some banks write the head on one line without blanks: CHARSET:1252COMPRESSION:NONE.
  const charset =
    /CHARSET\s*:\s*(\d{4}|NONE|ISO-?8859-\d{1,2}?(?=\D|$)|[\w-]+)/i.exec(text)?.[1]?.toLowerCase() ?? "none";
  const encoding = /ENCODING\s*:\s*(USASCII|UNICODE|UTF-?8|[\w-]+)/i.exec(text)?.[1]?.toLowerCase() ?? "usascii";
  if (/^(?:utf-?8|unicode)$/.test(encoding)) return "utf-8";
  if (charset === "none") return null;
  return /^\d{4}$/.test(charset) ? `windows-${charset}` : charset.replace(/^(?=8859-)/, "iso-");
}

/**
 * What a file says itself about its encoding: the declaration of XML, the head of OFX. Undefined where it says nothing, or a
 * byte order mark says it already.
 */
export function declaredEncoding(head: Buffer): string | undefined {
  if (markedEncoding(head) !== null) return undefined;
  const text = head.toString("latin1");
  const xml = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1]?.toLowerCase();
  // One byte a letter, whatever the declaration says: another program has saved the file anew.
  if (xml !== undefined) return xml.startsWith("utf-16") ? "utf-8" : xml;
  return ofxEncoding(text) ?? undefined;
}

/**
 * The text of a file, in pieces, without its byte order mark.
 *
 * @throws UnusableStatementError `option.invalid` for an encoding that is not known, `file.encoding` where the bytes are none
 */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
): AsyncGenerator<string, void, void> {
  try {
    yield* decodedText(bytes, { encoding });
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const code = error.code === "table.unknown-encoding" ? "option.invalid" : "file.encoding";
    throw new UnusableStatementError(code, error.message, { option: "--encoding", cause: error });
  }
}
