import { generateKeyPairSync } from "node:crypto";

/** One key pair for all shops of a run: making one takes longer than a history. */
export const KEYS = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
