import { toHex } from "../hex.ts";
import { nodeCrypto } from "../keys/node-crypto.ts";
import { portableSha256 } from "./portable-sha256.ts";
import { isText } from "../kind.ts";

/**
 * Lower-case hexadecimal SHA-256 of text (as UTF-8) or bytes.
 *
 * Synchronous on purpose: WebCrypto's digest is not, and a canonical request is worth having without a promise.
 */
export function sha256Hex(data: string | Uint8Array): string {
  const native = nodeCrypto();
  // The one-shot form takes half the time for short input; not every runtime has it.
  if (native !== undefined)
    return native.hash?.("sha256", data, "hex") ?? native.createHash("sha256").update(data).digest("hex");
  const bytes = isText(data) ? new TextEncoder().encode(data) : data;
  return toHex(portableSha256(bytes));
}
