/** A certificate with its private key. */
export interface CertificatePair {
  readonly certificatePem: string;
  /** PKCS#8 PEM. */
  readonly pkcs8Pem: string;
}

/** A DNS name or an address. */
export type CertificateHost = string;
