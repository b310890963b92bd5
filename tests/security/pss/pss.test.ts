import { constants, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pssSignature, type Spoil } from "./encode.ts";
import { ALGORITHMS, SALT, verifiersOf } from "./verifiers.ts";

/** Signatures that look right and are not; each is made with the right key. */
const SPOILT: Readonly<Record<string, Spoil>> = {
  "a salt of the other algorithm's length": { saltLength: -1 },
  "no salt": { saltLength: 0 },
  "a salt one byte too long": { saltLength: 33 },
  "a salt as long as it goes": { saltLength: 222 },
  "a mask made with SHA-1": { mask: "sha1" },
  "a mask made with SHA-512": { mask: "sha512" },
  "trailer CC": { trailer: 0xcc },
  "trailer 00": { trailer: 0 },
  "border 00": { border: 0 },
  "border 02": { border: 2 },
  "a byte in the padding": { padding: 1 },
  "a prefix that is not zero": { prefix: 1 },
  "the bit above the modulus": { highBits: true },
  "a bit of the hash turned over": {
    hash: (hash) => Buffer.from(hash.map((byte, place) => (place === 31 ? byte ^ 1 : byte))),
  },
  "a hash of zeros": { hash: (hash) => Buffer.alloc(hash.length) },
  "signature 0": { signature: () => 0n },
  "signature 1": { signature: () => 1n },
  "signature n - 1": { signature: (_, n) => n - 1n },
  "signature n": { signature: (_, n) => n },
  "the signature's negative": { signature: (signature, n) => n - signature },
  "a byte cut off": { bytes: (bytes) => bytes.subarray(1) },
  "a zero before it": { bytes: (bytes) => Buffer.concat([Buffer.alloc(1), bytes]) },
  "a zero after it": { bytes: (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]) },
  "nothing at all": { bytes: () => Buffer.alloc(0) },
};

const message = new TextEncoder().encode(
  "AMZN-PAY-RSASSA-PSS-V2\n8dec52d799607be40f82d5c8e7ecb6c171e6591c41b1111a576b16076c89381c",
);

describe.each([2048, 2049, 3072])("signatures by arithmetic alone, %i bits", (modulusLength) => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });

  it.each(ALGORITHMS)("good ones hold under %s", async (algorithm) => {
    for (const saltByte of [0, 1, 0xff]) {
      const signature = pssSignature(privateKey, message, saltByte, { saltLength: SALT[algorithm] });
      for (const [name, verifier] of verifiersOf(publicKey)) {
        expect(await verifier.verify(message, signature, algorithm), name).toBe(true);
        expect(await verifier.verify(message.subarray(1), signature, algorithm), name).toBe(false);
      }
    }
  });

  it.each(Object.entries(SPOILT))("%s is refused, without an error", async (_, spoil) => {
    for (const algorithm of ALGORITHMS) {
      const other = algorithm === "AMZN-PAY-RSASSA-PSS" ? 32 : 20;
      const saltLength = spoil.saltLength === -1 ? other : (spoil.saltLength ?? SALT[algorithm]);
      // The bit above the modulus is there only where the modulus does not fill its bytes.
      if (spoil.highBits === true && modulusLength % 8 === 1) continue;
      const signature = pssSignature(privateKey, message, 7, { ...spoil, saltLength });
      for (const [name, verifier] of verifiersOf(publicKey))
        expect(await verifier.verify(message, signature, algorithm), `${name} ${algorithm}`).toBe(false);
    }
  });

  // One signature in 256 begins with a zero, and OpenSSL takes it without.
  it.each(ALGORITHMS)("a leading zero cut off is refused under %s", async (algorithm) => {
    const how = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT[algorithm] };
    let signature = sign("sha256", message, how);
    while (signature[0] !== 0) signature = sign("sha256", message, how);
    for (const [name, verifier] of verifiersOf(publicKey)) {
      expect(await verifier.verify(message, signature, algorithm), name).toBe(true);
      expect(await verifier.verify(message, signature.subarray(1), algorithm), name).toBe(false);
    }
  });
});

interface VectorFile {
  readonly testGroups: readonly {
    readonly sha: string;
    readonly mgfSha: string;
    readonly sLen: number;
    readonly publicKeyPem?: string;
    readonly publicKeyDer?: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: "valid" | "invalid" | "acceptable";
    }[];
  }[];
}

/**
 * Project Wycheproof's vectors are not in this repository: no registry carries them, and NIST's, which Debian does, are tried
 * in CI instead (`nist.test.ts`). With a copy of its `testvectors_v1` the
 * same verifiers are tried on them: `WYCHEPROOF_VECTORS=path/to/testvectors_v1 npx vitest run tests/security/pss`.
 */
const folder = process.env["WYCHEPROOF_VECTORS"];
describe.skipIf(folder === undefined || !existsSync(folder))("Wycheproof", () => {
  const names =
    folder === undefined ? [] : readdirSync(folder).filter((name) => /^rsa_pss_(?!.*params).*_test\.json$/.test(name));

  it("has a verdict for each vector with SHA-256, MGF1 with SHA-256 and a salt of 20 or 32 bytes, and ours is the same", async () => {
    let tried = 0;
    for (const name of names) {
      const { testGroups } = JSON.parse(readFileSync(join(folder ?? "", name), "utf8")) as VectorFile;
      for (const group of testGroups) {
        const algorithm = ALGORITHMS.find((one) => SALT[one] === group.sLen);
        if (group.sha !== "SHA-256" || group.mgfSha !== "SHA-256" || algorithm === undefined) continue;
        const key = createPublicKey(
          group.publicKeyPem ?? { key: Buffer.from(group.publicKeyDer ?? "", "hex"), format: "der", type: "spki" },
        );
        for (const { tcId, comment, msg, sig, result } of group.tests) {
          for (const [by, verifier] of verifiersOf(key)) {
            const verdict = await verifier.verify(Buffer.from(msg, "hex"), Buffer.from(sig, "hex"), algorithm);
            if (result !== "acceptable") expect(verdict, `${name} ${tcId} ${comment} ${by}`).toBe(result === "valid");
          }
          tried += 1;
        }
      }
    }
    console.log(`Wycheproof: ${tried} vectors of ${names.length} files, two verifiers`);
    expect(tried).toBeGreaterThan(300);
  });
});
