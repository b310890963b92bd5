/** Names of the signature algorithms. */
export type AlgorithmName = "AMZN-PAY-RSASSA-PSS" | "AMZN-PAY-RSASSA-PSS-V2";

/** One signature algorithm: RSASSA-PSS with SHA-256 and MGF1-SHA-256; they differ in the salt alone. */
export interface Algorithm {
  /** As the `Authorization` header spells it. */
  readonly name: AlgorithmName;
  /** Bytes of salt. */
  readonly saltLength: number;
}

/** All algorithms (docs/amazon-pay/requests.md). */
export const ALGORITHMS: readonly Algorithm[] = [
  { name: "AMZN-PAY-RSASSA-PSS", saltLength: 20 },
  { name: "AMZN-PAY-RSASSA-PSS-V2", saltLength: 32 },
];

/**
 * What is used when nobody chooses: V2, which the button script assumes too, and the only one that cloud key
 * services can make. The service takes both.
 */
export const DEFAULT_ALGORITHM: AlgorithmName = "AMZN-PAY-RSASSA-PSS-V2";
