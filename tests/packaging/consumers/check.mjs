import { generateKeyPairSync } from "node:crypto";

/** Ends the program with an error unless the condition holds. */
export function check(condition, what) {
  if (!condition) throw new Error(what);
}

export const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
