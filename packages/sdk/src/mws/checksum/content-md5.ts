import { nodeCrypto } from "../../keys/node-crypto.ts";
import { toBase64 } from "../../base64.ts";
import { portableMd5 } from "./portable-md5.ts";

/** What a `Content-MD5` header says about these bytes: their MD5 in base64 (RFC 1864). */
export function contentMd5(bytes: Uint8Array): string {
  return toBase64(nativeMd5(bytes) ?? portableMd5(bytes));
}

function nativeMd5(bytes: Uint8Array): Uint8Array | undefined {
  const native = nodeCrypto();
  // Machines in FIPS mode have no MD5.
  return native?.getHashes().includes("md5") === true ? native.createHash("md5").update(bytes).digest() : undefined;
}
