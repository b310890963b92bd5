import { Buffer } from "node:buffer";
import type { Refuse } from "./fault.ts";

const DEFAULT_ZIP_BYTES = 256 * 1024 * 1024;

/**
 * The whole of a zip file that comes in pieces, in memory: its table of contents is at its end.
 *
 * Throws the reader's error for `zip-too-large`.
 *
 * @param most bytes that are held at most; 256 MiB by default
 */
export async function collected(
  pieces: AsyncIterable<Uint8Array>,
  most: number | undefined,
  refuse: Refuse,
): Promise<Buffer> {
  const limit = most ?? DEFAULT_ZIP_BYTES;
  const parts: Buffer[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > limit) throw refuse({ fault: "zip-too-large", bytes: limit });
    parts.push(Buffer.from(piece));
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}
