import { generateKeyPairSync } from "node:crypto";

/** One key pair for every merchant of every seed: making one takes longer than simulating a merchant for a month. */
export const KEYS = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
