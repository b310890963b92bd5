import { constants, createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkSignature } from "../../../packages/sdk/src/notifications/envelope/signature.ts";
import { NotificationError } from "../../../packages/sdk/src/notifications/errors.ts";
import { publicKeyVerifier } from "../../../packages/sdk/src/keys/public-key.ts";
import { KeyError } from "../../../packages/sdk/src/errors/key-error.ts";
import { ALGORITHMS, SALT, verifiersOf } from "../pss/verifiers.ts";
import { envelopeOf, messageOf } from "./envelope.ts";
import type { Vector, VectorFile } from "./vectors.ts";

const load = (name: string): VectorFile =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}_test.json`, import.meta.url), "utf8")) as VectorFile;

const bytes = (hex: string | undefined): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex ?? "", "hex"));

/** What is wrong with the verdicts about a case; ours is never looser than node:crypto's. */
function judged({ result, flags, sig }: Vector, ours: boolean, node: boolean): string[] {
  const wrong: string[] = [];
  if (result === "valid" && !ours) wrong.push("good, and refused here");
  if (result === "valid" && !node) wrong.push("good, and refused by node:crypto");
  if (result === "invalid" && ours) wrong.push("not good, and taken here");
  // OpenSSL reads keys in BER and with numbers that no key has; a signature that is not good it must refuse.
  if (result === "invalid" && node && sig !== undefined) wrong.push("not good, and taken by node:crypto");
  if (result === "acceptable" && ours && !node && !flags.includes("Repaired")) wrong.push("taken here alone");
  // What differs from node:crypto was decided for each flag, and is held to that.
  if (flags.includes("Repaired") && (!ours || node)) wrong.push("is no repair any more");
  if (flags.includes("LeadingZero") && ours) wrong.push("a signature that is too short is taken");
  return wrong;
}

describe("vectors in Wycheproof's form", { timeout: 900_000 }, () => {
  it.each([20, 32])("RSASSA-PSS with a salt of %i: ours and node:crypto's verdict are the vectors'", async (sLen) => {
    const { testGroups, numberOfTests } = load(`rsa_pss_sha256_mgf1_${sLen}`);
    const algorithm = ALGORITHMS.find((name) => SALT[name] === sLen) ?? "AMZN-PAY-RSASSA-PSS-V2";
    const wrong: string[] = [];
    let tried = 0;
    for (const { publicKeyPem = "", keySize, tests } of testGroups) {
      const key = createPublicKey(publicKeyPem);
      const how = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: sLen };
      for (const test of tests) {
        tried += 1;
        const node = verify("sha256", bytes(test.msg), how, bytes(test.sig));
        for (const [by, verifier] of verifiersOf(key)) {
          const ours = await verifier.verify(bytes(test.msg), bytes(test.sig), algorithm);
          for (const what of judged(test, ours, node))
            wrong.push(`${keySize}, ${test.tcId} ${test.comment} (${by}): ${what}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBe(numberOfTests);
    expect(tried).toBeGreaterThan(150);
  });

  it.each([
    ["1", "sha1"],
    ["2", "sha256"],
  ])("RSASSA-PKCS1-v1_5 as SNS signs with version %s: verdicts are the vectors'", async (version, hash) => {
    const { testGroups, numberOfTests } = load(`rsa_signature_${hash}`);
    const wrong: string[] = [];
    const counters = new Map<string, number>();
    for (let counter = 0; counter < 3000; counter += 1)
      counters.set(createHash("sha1").update(messageOf(counter)).digest("hex"), counter);
    let tried = 0;
    for (const { publicKeyPem = "", tests } of testGroups) {
      const key = createPublicKey(publicKeyPem);
      const spki = key.export({ type: "spki", format: "der" });
      for (const test of tests) {
        tried += 1;
        const node = verify(hash, bytes(test.msg), { key, padding: constants.RSA_PKCS1_PADDING }, bytes(test.sig));
        const counter = counters.get(createHash("sha1").update(bytes(test.msg)).digest("hex"));
        // A message that no envelope comes to is there to show that its signature holds for nothing else.
        const envelope = {
          ...envelopeOf(counter ?? 0),
          SignatureVersion: version,
          Signature: Buffer.from(test.sig ?? "", "hex").toString("base64"),
          SigningCertURL: "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
        };
        const ours = await checkSignature(envelope, new Uint8Array(spki)).then(
          () => true,
          (error: unknown) => {
            if (!(error instanceof NotificationError)) throw error;
            return false;
          },
        );
        for (const what of judged(test, ours, node)) wrong.push(`${test.tcId} ${test.comment}: ${what}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBe(numberOfTests);
    expect(tried).toBeGreaterThan(120);
  });

  it("encodings of keys: ours and node:crypto's verdict are the vectors', and differ only where it was decided", () => {
    const { testGroups, numberOfTests } = load("rsa_public_key");
    const wrong: string[] = [];
    let tried = 0;
    for (const { format, tests } of testGroups) {
      for (const test of tests) {
        tried += 1;
        const encoding = format === "der" ? bytes(test.encoding) : (test.encoding ?? "");
        const holds = (read: () => unknown): boolean => {
          try {
            read();
            return true;
          } catch (error) {
            if (error instanceof KeyError || (error as NodeJS.ErrnoException).code?.startsWith("ERR_") === true)
              return false;
            throw error;
          }
        };
        const ours = holds(() => publicKeyVerifier(encoding));
        const node = holds(() =>
          format === "der"
            ? createPublicKey({ key: Buffer.from(encoding as Uint8Array), format: "der", type: "spki" })
            : createPublicKey(encoding as string),
        );
        for (const what of judged(test, ours, node)) wrong.push(`${format}, ${test.tcId} ${test.comment}: ${what}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBe(numberOfTests);
  });
});
