/** How a certificate is signed: object identifier to what WebCrypto needs (RFC 8017, RFC 5758). SHA-1 and MD5 are absent on purpose. */
export const SIGNATURE_ALGORITHMS: Readonly<Record<string, SignatureAlgorithm | undefined>> = {
  __proto__: null as never,
  "1.2.840.113549.1.1.11": { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  "1.2.840.113549.1.1.12": { name: "RSASSA-PKCS1-v1_5", hash: "SHA-384" },
  "1.2.840.113549.1.1.13": { name: "RSASSA-PKCS1-v1_5", hash: "SHA-512" },
  "1.2.840.10045.4.3.2": { name: "ECDSA", hash: "SHA-256" },
  "1.2.840.10045.4.3.3": { name: "ECDSA", hash: "SHA-384" },
  "1.2.840.10045.4.3.4": { name: "ECDSA", hash: "SHA-512" },
};

/** One row of {@link SIGNATURE_ALGORITHMS}. */
export interface SignatureAlgorithm {
  readonly name: "RSASSA-PKCS1-v1_5" | "ECDSA";
  readonly hash: "SHA-256" | "SHA-384" | "SHA-512";
}

/** Curves of public keys: object identifier to the name in WebCrypto and the bytes of one coordinate. */
export const CURVES: Readonly<Record<string, Curve | undefined>> = {
  __proto__: null as never,
  "1.2.840.10045.3.1.7": { name: "P-256", bytes: 32 },
  "1.3.132.0.34": { name: "P-384", bytes: 48 },
};

/** One row of {@link CURVES}. */
export interface Curve {
  readonly name: "P-256" | "P-384";
  readonly bytes: number;
}

export const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
export const EC_PUBLIC_KEY = "1.2.840.10045.2.1";
export const COMMON_NAME = "2.5.4.3";

/** Extensions that the reader understands. */
export const EXTENSION = {
  keyUsage: "2.5.29.15",
  subjectAlternativeName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  extendedKeyUsage: "2.5.29.37",
  subjectKeyIdentifier: "2.5.29.14",
  authorityKeyIdentifier: "2.5.29.35",
  crlDistributionPoints: "2.5.29.31",
  netscapePurposes: "2.16.840.1.113730.1.1",
  authorityInformationAccess: "1.3.6.1.5.5.7.1.1",
} as const;

/** Purposes of which one is asked for where a certificate names any: servers, or all (RFC 5280 4.2.1.12). */
export const SERVER_PURPOSES: readonly string[] = ["1.3.6.1.5.5.7.3.1", "2.5.29.37.0"];

/**
 * Extensions that limit what a certificate is good for in ways that are not compared here, so that one that has them is not
 * relied on, critical or not: names below it, proxies, networks.
 */
export const LIMITING: ReadonlySet<string> = new Set([
  "2.5.29.30",
  "1.3.6.1.5.5.7.1.14",
  "1.3.6.1.5.5.7.1.7",
  "1.3.6.1.5.5.7.1.8",
]);

/** The access method of the address where the issuer's own certificate lies (RFC 5280 4.2.2.1). */
export const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
