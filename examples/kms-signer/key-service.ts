/** What is asked of a key service: one RSA signature, RSASSA-PSS with SHA-256 and a salt of 32 bytes. */
export interface KeyService {
  sign(message: Uint8Array): Promise<Uint8Array>;
}
