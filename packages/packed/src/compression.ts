/** How the bytes of a file are packed. */
export type Compression = "none" | "gzip" | "zip";

/** This many bytes tell the packing. */
export const COMPRESSION_BYTES = 4;

/**
 * How a file is packed, by its first four bytes.
 *
 * The service says `compressionAlgorithm: "N/A"` and its documents speak of zip files: only the bytes are to be trusted.
 * A zip file without entries (`PK 05 06`) is a zip file too.
 *
 * @example detectCompression(Uint8Array.of(0x1f, 0x8b, 8, 0)) // "gzip"
 */
export function detectCompression(bytes: Uint8Array): Compression {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "gzip";
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    if ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6)) return "zip";
  }
  return "none";
}
