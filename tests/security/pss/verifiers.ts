import type { KeyObject } from "node:crypto";
import { nodeVerifier } from "../../../packages/sdk/src/keys/public-key.ts";
import { readKey } from "../../../packages/sdk/src/keys/read-key.ts";
import type { Verifier } from "../../../packages/sdk/src/keys/signer.ts";
import { webVerifier } from "../../../packages/sdk/src/keys/web-keys.ts";
import type { AlgorithmName } from "../../../packages/sdk/src/operations/algorithms.ts";

/** Length of the salt that each algorithm has, in bytes. */
export const SALT: Readonly<Record<AlgorithmName, number>> = {
  "AMZN-PAY-RSASSA-PSS": 20,
  "AMZN-PAY-RSASSA-PSS-V2": 32,
};

/** The names of {@link SALT}. */
export const ALGORITHMS = Object.keys(SALT) as AlgorithmName[];

/** Both ways in which the kit verifies a signature, by name. */
export function verifiersOf(key: KeyObject): readonly (readonly [string, Verifier])[] {
  return [
    ["node:crypto", nodeVerifier(key)],
    ["WebCrypto", webVerifier(readKey(key, "public").pkcs1)],
  ];
}
