/** How a certificate is signed: object identifier to what WebCrypto needs (RFC 8017, RFC 5758). SHA-1 and MD5 are absent on purpose. */
export const SIGNATURE_ALGORITHMS: Readonly<Record<string, SignatureAlgorithm | undefined>> = {
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

/** Curves of public keys: object identifier to the name in WebCrypto and the octets of one coordinate. */
export const CURVES: Readonly<Record<string, Curve | undefined>> = {
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
  authorityInformationAccess: "1.3.6.1.5.5.7.1.1",
} as const;

/** The access method of the address where the issuer's own certificate lies (RFC 5280 4.2.2.1). */
export const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
