import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../durable/make-folder.ts";
import { makeKeyPair, sharedKeyPair, type KeyPair } from "./key-pairs.ts";

/** Private keys of the merchants, by public key id. They are no part of the state: a snapshot holds none of them. */
export interface KeyRing {
  privateKeyOf(publicKeyId: string): string | undefined;
  /** Where the private key lies; undefined where keys are in memory only. */
  fileOf(publicKeyId: string): string | undefined;
  keep(publicKeyId: string, privateKeyPem: string): void;
  /** A key pair for the next key. */
  next(): Promise<KeyPair>;
}

/** Keys that end with the process, shared by every sandbox in it. */
export function memoryKeyRing(): KeyRing {
  const keys = new Map<string, string>();
  let slot = 0;
  return {
    privateKeyOf: (publicKeyId) => keys.get(publicKeyId),
    fileOf: () => undefined,
    keep: (publicKeyId, privateKeyPem) => {
      keys.set(publicKeyId, privateKeyPem);
    },
    next: () => {
      slot += 1;
      return sharedKeyPair(slot - 1);
    },
  };
}

/** Keys as PEM files in a folder, readable by their owner only. */
export function folderKeyRing(folder: string): KeyRing {
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
    next: makeKeyPair,
  };
}
