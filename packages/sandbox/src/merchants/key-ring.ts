import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../durable/store-error.ts";
import { makeKeyPair, seededKeyPair, sharedKeyPair, type KeyPair } from "./key-pairs.ts";

/** Private keys of the merchants, by public key id. They are no part of the state: a snapshot holds none of them. */
export interface KeyRing {
  privateKeyOf(publicKeyId: string): string | undefined;
  /** Where the private key lies; undefined where keys are in memory only. */
  fileOf(publicKeyId: string): string | undefined;
  keep(publicKeyId: string, privateKeyPem: string): void;
  /** A key pair for the next key. */
  next(): Promise<KeyPair>;
}

/** Where the key pairs of a sandbox without a data folder come from: a seed makes them the same everywhere. */
export function keySource(seeded: boolean): () => Promise<KeyPair> {
  let slot = 0;
  return () => {
    slot += 1;
    return seeded ? seededKeyPair(slot - 1) : sharedKeyPair(slot - 1);
  };
}

/** Keys that end with the process. */
export function memoryKeyRing(next: () => Promise<KeyPair>): KeyRing {
  const keys = new Map<string, string>();
  return {
    privateKeyOf: (publicKeyId) => keys.get(publicKeyId),
    fileOf: () => undefined,
    keep: (publicKeyId, privateKeyPem) => {
      keys.set(publicKeyId, privateKeyPem);
    },
    next,
  };
}

/** Keys as PEM files in a folder, readable by their owner only. Default: every key pair is a new one. */
export function folderKeyRing(folder: string, next: () => Promise<KeyPair> = makeKeyPair): KeyRing {
  makeFolder(folder);
  const fileOf = (publicKeyId: string): string => join(folder, `${publicKeyId}.pem`);
  return {
    privateKeyOf: (publicKeyId) => {
      const file = fileOf(publicKeyId);
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    },
    fileOf: (publicKeyId) => {
      const file = fileOf(publicKeyId);
      return existsSync(file) ? file : undefined;
    },
    keep: (publicKeyId, privateKeyPem) => {
      writeFileSync(fileOf(publicKeyId), privateKeyPem, { mode: 0o600 });
    },
    next,
  };
}
