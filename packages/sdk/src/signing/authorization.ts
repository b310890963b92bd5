import { SignatureFormatError } from "../errors/signature-format-error.ts";
import { ALGORITHMS, type AlgorithmName } from "../operations/algorithms.ts";

/** Contents of an Authorization header. */
export interface Authorization {
  /** First word of the header. */
  readonly algorithm: AlgorithmName;
  /** Which key pair signed. */
  readonly publicKeyId: string;
  /** Names with semicolons between them, exactly as sent: some clients do not lower-case them. */
  readonly signedHeaders: string;
  /** Base64. */
  readonly signature: string;
}

/**
 * Writes an Authorization header (docs/amazon-pay/requests.md).
 *
 * @example formatAuthorization(parts) // "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-A, SignedHeaders=accept;…, Signature=…"
 */
export function formatAuthorization(parts: Authorization): string {
  return `${parts.algorithm} PublicKeyId=${parts.publicKeyId}, SignedHeaders=${parts.signedHeaders}, Signature=${parts.signature}`;
}

/**
 * Reads an Authorization header; the three parts may come in any order and with any white space between them.
 *
 * @throws SignatureFormatError `signature.malformed-authorization`, `signature.unknown-algorithm`
 */
export function parseAuthorization(header: string): Authorization {
  const [, name, rest] = /^\s*(\S+)\s+(\S.*?)\s*$/.exec(header) ?? [];
  if (name === undefined || rest === undefined) {
    throw malformed("it must read: <algorithm> PublicKeyId=…, SignedHeaders=…, Signature=…");
  }
  const algorithm = ALGORITHMS.find((row) => row.name === name)?.name;
  if (algorithm === undefined) {
    throw new SignatureFormatError(
      "signature.unknown-algorithm",
      `the Authorization header names an unknown algorithm: use ${ALGORITHMS.map((row) => row.name).join(" or ")}`,
    );
  }
  const parts = new Map<string, string>();
  for (const part of rest.split(",")) {
    const at = part.indexOf("=");
    const key = part.slice(0, Math.max(at, 0)).trim();
    if (at < 0 || parts.has(key)) throw malformed(at < 0 ? "a part has no value" : `${key} comes twice`);
    parts.set(key, part.slice(at + 1).trim());
  }
  const read = (key: string): string => {
    const value = parts.get(key);
    if (value === undefined || value === "") throw malformed(`${key} is missing`);
    return value;
  };
  return {
    algorithm,
    publicKeyId: read("PublicKeyId"),
    signedHeaders: read("SignedHeaders"),
    signature: read("Signature"),
  };
}

function malformed(why: string): SignatureFormatError {
  return new SignatureFormatError(
    "signature.malformed-authorization",
    `the Authorization header cannot be read: ${why}`,
  );
}
