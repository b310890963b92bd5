import { createPublicKey } from "node:crypto";
import { pssSignature, type Spoil } from "../pss/encode.ts";
import { type FixedKey, fixedKey } from "./numbers.ts";
import { type Draft, fileOf, type Result, type VectorFile } from "./vectors.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const MESSAGES = ["", "AMZN-PAY-RSASSA-PSS\n0123456789abcdef", "123400"].map((text) => Buffer.from(text));

const NOTES = {
  Normal: "A signature as RFC 8017, 8.1.1 makes it.",
  SaltLength: "The salt has another length than the algorithm has.",
  WrongHash: "Another hash than SHA-256 was used for the message or inside.",
  WrongMgf: "The mask was made with another hash.",
  WrongPadding: "The encoded message is not as RFC 8017, 9.1.1 says.",
  Range: "The signature is no number below the modulus, or is a number that no signature has.",
  Truncated: "Octets were cut off or added: a signature is as long as the modulus.",
  LeadingZero:
    "The signature begins with a zero octet that was cut off. OpenSSL takes it; RFC 8017, 8.1.2 step 1 does not.",
  ModulusEdge: "The modulus does not fill its octets, or the encoded message is an octet shorter than it.",
  Modified: "Message or signature was changed after signing.",
} as const;

type Flag = keyof typeof NOTES;

const SPOILS: readonly (readonly [comment: string, flag: Flag, spoil: Spoil])[] = [
  ["no salt", "SaltLength", { saltLength: 0 }],
  ["salt of one octet", "SaltLength", { saltLength: 1 }],
  ["salt of 19 octets", "SaltLength", { saltLength: 19 }],
  ["salt of 21 octets", "SaltLength", { saltLength: 21 }],
  ["salt of 31 octets", "SaltLength", { saltLength: 31 }],
  ["salt of 33 octets", "SaltLength", { saltLength: 33 }],
  ["salt of 64 octets", "SaltLength", { saltLength: 64 }],
  ["mask with SHA-1", "WrongMgf", { mask: "sha1" }],
  ["mask with SHA-512", "WrongMgf", { mask: "sha512" }],
  ["last bit of the hash changed", "WrongHash", { hash: (hash) => flipped(hash, hash.length - 1, 1) }],
  ["first bit of the hash changed", "WrongHash", { hash: (hash) => flipped(hash, 0, 0x80) }],
  ["hash of zeros", "WrongHash", { hash: (hash) => Buffer.alloc(hash.length) }],
  ["hash of ones", "WrongHash", { hash: (hash) => Buffer.alloc(hash.length, 0xff) }],
  ["trailer 00", "WrongPadding", { trailer: 0 }],
  ["trailer CC, as for a named hash", "WrongPadding", { trailer: 0xcc }],
  ["trailer BD", "WrongPadding", { trailer: 0xbd }],
  ["border 00", "WrongPadding", { border: 0 }],
  ["border 02", "WrongPadding", { border: 2 }],
  ["border 81", "WrongPadding", { border: 0x81 }],
  ["an octet of the padding is 01", "WrongPadding", { padding: 1 }],
  ["an octet of the padding is FF", "WrongPadding", { padding: 0xff }],
  ["eight octets before the hash are 01", "WrongPadding", { prefix: 1 }],
  ["signature 0", "Range", { signature: () => 0n }],
  ["signature 1", "Range", { signature: () => 1n }],
  ["signature n - 1", "Range", { signature: (_, n) => n - 1n }],
  ["signature n", "Range", { signature: (_, n) => n }],
  ["signature n + 1", "Range", { signature: (_, n) => n + 1n }],
  ["n minus the signature", "Range", { signature: (value, n) => n - value }],
  ["first octet cut off", "Truncated", { bytes: (bytes) => bytes.subarray(1) }],
  ["last octet cut off", "Truncated", { bytes: (bytes) => bytes.subarray(0, -1) }],
  ["half of it", "Truncated", { bytes: (bytes) => bytes.subarray(bytes.length >> 1) }],
  ["empty", "Truncated", { bytes: () => Buffer.alloc(0) }],
  ["zero before it", "Truncated", { bytes: (bytes) => Buffer.concat([Buffer.of(0), bytes]) }],
  ["zero behind it", "Truncated", { bytes: (bytes) => Buffer.concat([bytes, Buffer.of(0)]) }],
  ["twice", "Truncated", { bytes: (bytes) => Buffer.concat([bytes, bytes]) }],
  ["octets turned round", "Modified", { bytes: (bytes) => Buffer.from(bytes).reverse() }],
];

function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ bit;
  return copy;
}

function testsOf(key: FixedKey, sLen: number, edge: boolean): Draft[] {
  const tests: Draft[] = [];
  const add = (comment: string, flags: readonly Flag[], result: Result, msg: Uint8Array, sig: Uint8Array): void =>
    void tests.push({ comment, msg: hex(msg), sig: hex(sig), result, flags: edge ? [...flags, "ModulusEdge"] : flags });
  const [, message = Buffer.alloc(0)] = MESSAGES;
  const good = (msg: Uint8Array, salt: number): Buffer => pssSignature(key.privateKey, msg, salt, { saltLength: sLen });
  for (const [index, msg] of MESSAGES.entries()) add(`message ${index}`, ["Normal"], "valid", msg, good(msg, index));
  for (const salt of [0, 0xff]) add(`salt of ${salt}`, ["Normal"], "valid", message, good(message, salt));
  add("another message", ["Modified"], "invalid", message.subarray(1), good(message, 7));
  for (const at of [0, 5, key.size - 1])
    add(`octet ${at} changed`, ["Modified"], "invalid", message, flipped(good(message, 7), at, 1));
  for (const [comment, flag, spoil] of SPOILS) {
    if (spoil.saltLength === sLen) continue;
    if (spoil.signature !== undefined && spoil.signature(0n, key.n) >> BigInt(key.size * 8) > 0n) continue;
    const sig = pssSignature(key.privateKey, message, 7, { saltLength: sLen, ...spoil });
    const isZero = comment === "first octet cut off" && good(message, 7)[0] === 0;
    add(comment, [isZero ? "LeadingZero" : flag], isZero ? "acceptable" : "invalid", message, sig);
  }
  // One signature in 256 begins with a zero.
  for (let counter = 0; ; counter += 1) {
    const msg = Buffer.from(`zero ${counter}`);
    const sig = good(msg, 3);
    if (sig[0] !== 0) continue;
    add("begins with a zero", ["Normal"], "valid", msg, sig);
    add("leading zero cut off", ["LeadingZero"], "acceptable", msg, sig.subarray(1));
    break;
  }
  return tests;
}

/** RSASSA-PSS with SHA-256 and a salt of so many octets. */
export function pssVectors(sLen: 20 | 32): VectorFile {
  const keys = [2048, 2049, 2055, 3072].map((bits) => [bits, fixedKey("pss", bits, 65_537n)] as const);
  return fileOf({
    algorithm: "RSASSA-PSS",
    header: [
      `RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of ${sLen} octets.`,
      "Made by tests/security/vectors/make.ts.",
    ],
    notes: NOTES,
    schema: "rsassa_pss_verify_schema.json",
    groups: keys.map(([keySize, key]) => ({
      type: "RsassaPssVerify",
      sha: "SHA-256",
      mgf: "MGF1",
      mgfSha: "SHA-256",
      sLen,
      keySize,
      publicKeyPem: createPublicKey(key.privateKey).export({ type: "spki", format: "pem" }).toString(),
      tests: testsOf(key, sLen, keySize % 8 !== 0),
    })),
  });
}
