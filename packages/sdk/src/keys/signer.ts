import type { AlgorithmName } from "../operations/algorithms.ts";

/**
 * Port: whatever can make an RSA signature. Implement it to keep the private key in a KMS or HSM.
 *
 * The signature is RSASSA-PSS with SHA-256, MGF1 with SHA-256, and the salt length of the algorithm: 32 bytes for
 * `AMZN-PAY-RSASSA-PSS-V2`, 20 for `AMZN-PAY-RSASSA-PSS`. Cloud key services offer 32 only.
 *
 * @example
 * const signer: Signer = {
 *   sign: async (message) => (await kms.sign({ KeyId, Message: message, SigningAlgorithm: "RSASSA_PSS_SHA_256" })).Signature,
 * };
 */
export interface Signer {
  /**
   * Signs a message.
   *
   * @param message bytes to sign; the signer hashes them itself
   * @param algorithm decides the salt length
   * @returns the raw signature, not base64
   */
  sign(message: Uint8Array, algorithm: AlgorithmName): Uint8Array | Promise<Uint8Array>;

  /**
   * The same on another thread. A client asks for it while other calls of it are under way, so that they need not wait for one
   * another's signatures. Leave it out where `sign` does not keep the thread busy.
   */
  signAside?(message: Uint8Array, algorithm: AlgorithmName): Promise<Uint8Array>;
}

/** Counterpart of {@link Signer}: checks signatures with a public key. */
export interface Verifier {
  /** Whether the signature belongs to the message. Never throws for a merely wrong signature. */
  verify(message: Uint8Array, signature: Uint8Array, algorithm: AlgorithmName): boolean | Promise<boolean>;
}

/** A verifier that answers at once, as Node's does. */
export interface SyncVerifier extends Verifier {
  verify(message: Uint8Array, signature: Uint8Array, algorithm: AlgorithmName): boolean;
}
