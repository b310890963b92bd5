/** How a document is packed. */
export type Compression = "none" | "gzip" | "zip";

/**
 * How a document is packed, by its first bytes: what the service says about it does not agree with what it sends
 * (docs/amazon-pay/requests.md).
 */
export function sniff(start: Uint8Array): Compression {
  if (start[0] === 0x1f && start[1] === 0x8b) return "gzip";
  if (
    start[0] === 0x50 &&
    start[1] === 0x4b &&
    (start[2] === 3 || start[2] === 5) &&
    (start[3] === 4 || start[3] === 6)
  )
    return "zip";
  return "none";
}
