/** A certificate with its private key. */
export interface CertificatePair {
  readonly certificatePem: string;
  /** PKCS#8 PEM. */
  readonly pkcs8Pem: string;
}
