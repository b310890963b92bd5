/**
 * `node --import tsx --conditions=@amazon-pay-kit/source tests/security/vectors/make.ts [--check]`
 *
 * Writes the vectors, in the form of Project Wycheproof's files. The keys follow from their names, so the files are the same
 * bytes each time; with `--check` nothing is written, and status 1 says that they are not.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { messageOf } from "./envelope.ts";
import { keyVectors } from "./key-vectors.ts";
import { pkcs1Vectors } from "./pkcs1-vectors.ts";
import { pssVectors } from "./pss-vectors.ts";
import type { VectorFile } from "./vectors.ts";

const FILES: Readonly<Record<string, () => VectorFile>> = {
  "rsa_pss_sha256_mgf1_20_test.json": () => pssVectors(20),
  "rsa_pss_sha256_mgf1_32_test.json": () => pssVectors(32),
  "rsa_signature_sha1_test.json": () => pkcs1Vectors("sha1", messageOf),
  "rsa_signature_sha256_test.json": () => pkcs1Vectors("sha256", messageOf),
  "rsa_public_key_test.json": keyVectors,
};

for (const [name, make] of Object.entries(FILES)) {
  const place = new URL(`fixtures/${name}`, import.meta.url);
  const file = make();
  const text = `${JSON.stringify(file, null, 1)}\n`;
  if (!process.argv.includes("--check")) writeFileSync(place, text);
  else if (readFileSync(place, "utf8") !== text) {
    process.stderr.write(`${name} is not what make.ts makes\n`);
    process.exitCode = 1;
  }
  process.stdout.write(`${name}: ${file.numberOfTests} vectors\n`);
}
