import { createPrivateKey, createPublicKey, generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { TEST_KEYS } from "./test-keys.ts";

/** An RSA key pair as PEM texts. */
export interface KeyPair {
  /** PKCS#8. */
  readonly privateKeyPem: string;
  /** SPKI. */
  readonly publicKeyPem: string;
}

const generate = promisify(generateKeyPair);

/** A fresh RSA-2048 key pair. */
export async function makeKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generate("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { privateKeyPem: privateKey, publicKeyPem: publicKey };
}

const pool: Promise<KeyPair>[] = [];

/**
 * Key pair number `slot` of this process, made on first use.
 *
 * Sandboxes that live in memory share them: finding the primes takes longer than everything else that a sandbox does
 * when it starts, and a simulation starts thousands.
 */
export function sharedKeyPair(slot: number): Promise<KeyPair> {
  const known = pool[slot];
  if (known !== undefined) return known;
  const made = makeKeyPair();
  pool[slot] = made;
  return made;
}

/** Key pair number `slot` of a sandbox with a seed: published test keys first, then those of this process. */
export function seededKeyPair(slot: number): Promise<KeyPair> {
  const known = TEST_KEYS[slot];
  if (known === undefined) return sharedKeyPair(slot);
  const key = createPrivateKey({ key: Buffer.from(known, "base64"), format: "der", type: "pkcs8" });
  return Promise.resolve({
    privateKeyPem: key.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKeyPem: createPublicKey(key).export({ type: "spki", format: "pem" }).toString(),
  });
}
