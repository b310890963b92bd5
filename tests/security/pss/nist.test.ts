import { createPublicKey, type KeyObject } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verifiersOf, SALT, ALGORITHMS } from "./verifiers.ts";

/**
 * The vectors of NIST's validation programme for RSASSA-PSS (FIPS 186-2 and 186-3), as Debian's package
 * `python3-cryptography-vectors` carries them: signatures that neither our arithmetic nor our library made. CI installs the
 * package; elsewhere the test is left out.
 */
const FOLDER = "/usr/lib/python3/dist-packages/cryptography_vectors/asymmetric/RSA/FIPS_186-2/";

interface Vector {
  readonly place: string;
  readonly key: KeyObject;
  readonly hash: string;
  readonly message: Buffer;
  readonly signature: Buffer;
  /** Whether NIST takes it for good, under its own hash and salt. */
  readonly good: boolean;
}

/** Keys that are shorter are refused before any signature is looked at. */
const SHORTEST = 2048;

const url = (hex: string): string => Buffer.from(hex.replace(/^(00)+/, ""), "hex").toString("base64url");

/** `name = value` a line, in any order but that a modulus comes before its vectors, and `S` after what it signs. */
function vectorsOf(name: string): Vector[] {
  const vectors: Vector[] = [];
  const last = new Map<string, string>();
  const lines = readFileSync(FOLDER + name, "utf8").split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const [, field = "", value = ""] = /^\[?(\w+) = ([^\]]*)\]?$/.exec(line.trim()) ?? [];
    last.set(field, value);
    if (field !== "S" || Number(last.get("mod")) < SHORTEST) continue;
    const exponent = last.get("e") ?? "";
    const n = url(last.get("n") ?? "");
    const e = url(exponent.length % 2 === 0 ? exponent : `0${exponent}`);
    vectors.push({
      place: `${name}:${index + 1}`,
      key: createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" }),
      hash: last.get("SHAAlg") ?? "",
      message: Buffer.from(last.get("Msg") ?? "", "hex"),
      signature: Buffer.from(value, "hex"),
      good: !lines
        .slice(index)
        .find((after) => after.startsWith("Result"))
        ?.startsWith("Result = F"),
    });
  }
  return vectors;
}

const FILES = [
  { name: "SigGenPSS_186-2.rsp", salt: 20, holds: 30 },
  { name: "SigGenPSS_186-3.rsp", salt: 0, holds: 0 },
  { name: "SigVerPSS_186-3.rsp", salt: 10, holds: 0 },
] as const;

describe.skipIf(process.env["CI"] !== "true" && !existsSync(FOLDER))("NIST's vectors", () => {
  it.each(FILES)("$name: those with SHA-256 and a salt of our lengths hold, all others do not", async (file) => {
    const vectors = vectorsOf(file.name);
    expect(vectors.length).toBeGreaterThan(100);
    let held = 0;
    for (const { place, key, hash, message, signature, good } of vectors) {
      for (const algorithm of ALGORITHMS) {
        const expected = good && hash === "SHA256" && SALT[algorithm] === file.salt;
        for (const [by, verifier] of verifiersOf(key))
          expect(await verifier.verify(message, signature, algorithm), `${place} ${by} ${algorithm}`).toBe(expected);
        if (expected) held += 1;
      }
    }
    expect(held).toBe(file.holds);
  });
});
