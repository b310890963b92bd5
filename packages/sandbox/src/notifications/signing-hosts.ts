/** Names in the signing certificate: verifiers compare them with the host of `SigningCertURL`. */
export const SIGNING_HOSTS: readonly string[] = ["localhost", "127.0.0.1", "::1", "sandbox.invalid"];
