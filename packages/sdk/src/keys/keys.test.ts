import { generateKeyPairSync, webcrypto } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ALGORITHMS } from "../operations/algorithms.ts";
import { algorithmOf } from "./algorithm.ts";
import { privateKeySigner, type PrivateKeyInput } from "./private-key.ts";
import { nodeVerifier, publicKeyVerifier } from "./public-key.ts";
import { readKey } from "./read-key.ts";
import { webSigner, webVerifier } from "./web-keys.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const text = (type: "pkcs1" | "pkcs8"): string => rsa.privateKey.export({ type, format: "pem" }) as string;
const publicText = rsa.publicKey.export({ type: "spki", format: "pem" }) as string;
const verifier = nodeVerifier(publicText);
const message = new TextEncoder().encode("AMZN-PAY-RSASSA-PSS-V2\n00");

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const short = generateKeyPairSync("rsa", { modulusLength: 1024 });
const pss = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });

const cryptoKey = (
  usages: ("sign" | "verify")[] = ["sign"],
  hash = "SHA-256",
  name = "RSA-PSS",
): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey(
    "pkcs8",
    rsa.privateKey.export({ type: "pkcs8", format: "der" }),
    { name, hash },
    false,
    usages,
  );

describe("keys that work", () => {
  const forms: readonly (readonly [string, PrivateKeyInput])[] = [
    ["PKCS#8 text", text("pkcs8")],
    ["PKCS#1 text", text("pkcs1")],
    ["bytes of a file", Buffer.from(text("pkcs8"))],
    ["DER", rsa.privateKey.export({ type: "pkcs8", format: "der" })],
    ["a KeyObject", rsa.privateKey],
    ["Windows line ends", text("pkcs8").replaceAll("\n", "\r\n")],
    ["line ends written as \\n", text("pkcs8").replaceAll("\n", "\\n")],
    ["line ends turned into spaces", text("pkcs1").replaceAll("\n", " ")],
    ["one line", text("pkcs8").replaceAll("\n", "")],
    ["quotes around it", `"${text("pkcs1").replaceAll("\n", "\\n")}"`],
    ["indentation and a comment before it", `Bag attributes: none\n${text("pkcs8").replaceAll("\n", "\n    ")}`],
    ["the whole PEM text in base64", Buffer.from(text("pkcs8")).toString("base64")],
  ];
  test.each(forms)("%s", async (_, input) => {
    const signer = privateKeySigner(input);
    for (const { name } of ALGORITHMS)
      expect(verifier.verify(message, await signer.sign(message, name), name)).toBe(true);
  });

  test("a CryptoKey, and WebCrypto with a key read here, agree with Node", async () => {
    const { pkcs1 } = readKey(text("pkcs8"), "private");
    for (const signer of [privateKeySigner(await cryptoKey()), webSigner(pkcs1)]) {
      for (const { name } of ALGORITHMS)
        expect(verifier.verify(message, await signer.sign(message, name), name)).toBe(true);
    }
  });

  test.each([
    ["SubjectPublicKeyInfo", publicText],
    ["PKCS#1", rsa.publicKey.export({ type: "pkcs1", format: "pem" }) as string],
  ])("a public key as %s, in Node and in WebCrypto", async (_, input) => {
    const signature = await privateKeySigner(rsa.privateKey).sign(message, "AMZN-PAY-RSASSA-PSS");
    for (const candidate of [publicKeyVerifier(input), webVerifier(readKey(input, "public").pkcs1)]) {
      expect(await candidate.verify(message, signature, "AMZN-PAY-RSASSA-PSS")).toBe(true);
      expect(await candidate.verify(message, signature, "AMZN-PAY-RSASSA-PSS-V2")).toBe(false);
    }
  });
});

describe("several blocks in one text", () => {
  const certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  test.each([
    ["the public half before", publicText + text("pkcs8")],
    ["the private half before", text("pkcs1") + publicText],
    ["a certificate before", certificate + text("pkcs8")],
    ["all on one line", (publicText + text("pkcs8")).replaceAll("\n", String.raw`\n`)],
  ])("the half that is wanted is taken: %s", (_, both) => {
    expect(readKey(both, "private").kind).toBe("private");
    if (both.includes("PUBLIC")) expect(readKey(both, "public").kind).toBe("public");
  });

  test("without the wanted half the first block is what is told about", () => {
    expect(() => readKey(certificate + publicText, "private")).toThrow(expect.objectContaining({ code: "key.public" }));
    expect(() => readKey(certificate + certificate, "private")).toThrow(
      expect.objectContaining({ code: "key.certificate" }),
    );
  });
});

describe("keys that do not", () => {
  const encrypted = (type: "pkcs1" | "pkcs8"): string =>
    rsa.privateKey.export({ type, format: "pem", cipher: "aes-128-cbc", passphrase: "x" }) as string;
  const cases: readonly (readonly [string, unknown, string])[] = [
    ["nothing", undefined, "key.missing"],
    ["an empty text", "  ", "key.missing"],
    ["an encrypted PKCS#8 key", encrypted("pkcs8"), "key.encrypted"],
    ["an encrypted PKCS#1 key", encrypted("pkcs1"), "key.encrypted"],
    ["a public key", publicText, "key.public"],
    ["a public KeyObject", rsa.publicKey, "key.public"],
    ["an EC key", ec.privateKey.export({ type: "pkcs8", format: "pem" }), "key.not-rsa"],
    ["an EC key of the older form", ec.privateKey.export({ type: "sec1", format: "pem" }), "key.not-rsa"],
    ["an EC key as DER", ec.privateKey.export({ type: "sec1", format: "der" }), "key.not-rsa"],
    ["an EC KeyObject", ec.privateKey, "key.not-rsa"],
    ["a key of 1024 bits", short.privateKey.export({ type: "pkcs8", format: "pem" }), "key.too-short"],
    ["a key restricted to PSS", pss.privateKey.export({ type: "pkcs8", format: "pem" }), "key.unsupported"],
    ["a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "key.certificate"],
    [
      "an OpenSSH key",
      "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
      "key.unsupported",
    ],
    ["another PEM block", "-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----", "key.unsupported"],
    ["a file name", "keys/private.pem", "key.malformed"],
    ["a cut key", text("pkcs8").slice(0, 800), "key.malformed"],
    ["a key with lines missing", text("pkcs8").split("\n").toSpliced(5, 6).join("\n"), "key.malformed"],
    ["a key with letters changed", text("pkcs8").replace(/MII/, "!!!"), "key.malformed"],
    ["an empty block", "-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----", "key.malformed"],
    ["DER of something else", Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00), "key.malformed"],
    ["DER that ends too early", Uint8Array.of(0x30, 0x82, 0x04, 0xa3, 0x02), "key.malformed"],
    ["random text", "hunter2", "key.malformed"],
  ];
  test.each(cases)("%s", (_, input, code) => {
    expect(() => privateKeySigner(input as PrivateKeyInput)).toThrow(
      expect.objectContaining({ name: "KeyError", code }),
    );
  });

  test("no message quotes the key", () => {
    const secret = text("pkcs8").split("\n")[3] ?? "";
    for (const [, input] of cases) {
      try {
        privateKeySigner(input as PrivateKeyInput);
      } catch (error) {
        expect(String((error as Error).stack)).not.toContain(secret.slice(0, 20));
        expect(String((error as Error).message)).not.toContain("hunter2");
      }
    }
  });

  test.each([
    ["of another algorithm", () => cryptoKey(["sign"], "SHA-256", "RSASSA-PKCS1-v1_5"), "key.unsupported"],
    ["with another hash", () => cryptoKey(["sign"], "SHA-1"), "key.unsupported"],
  ])("a CryptoKey %s", async (_, make, code) => {
    const key = await make();
    expect(() => privateKeySigner(key)).toThrow(expect.objectContaining({ code }));
  });

  test("a public CryptoKey", async () => {
    const key = await webcrypto.subtle.importKey(
      "spki",
      rsa.publicKey.export({ type: "spki", format: "der" }),
      { name: "RSA-PSS", hash: "SHA-256" },
      true,
      ["verify"],
    );
    expect(() => privateKeySigner(key)).toThrow(expect.objectContaining({ code: "key.public" }));
    expect(await publicKeyVerifier(key).verify(message, new Uint8Array(256), "AMZN-PAY-RSASSA-PSS")).toBe(false);
  });

  test("a private key where a public one belongs", () => {
    expect(() => nodeVerifier(text("pkcs8"))).toThrow(expect.objectContaining({ code: "key.private" }));
  });

  test("the salt follows the algorithm", () => {
    expect([algorithmOf("AMZN-PAY-RSASSA-PSS").saltLength, algorithmOf("AMZN-PAY-RSASSA-PSS-V2").saltLength]).toEqual([
      20, 32,
    ]);
  });
});
