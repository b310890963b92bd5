import { createHash, createPublicKey } from "node:crypto";
import { bytesOf, cubeRoot, type FixedKey, fixedKey, numberOf, power } from "./numbers.ts";
import { type Draft, fileOf, type Result, type VectorFile } from "./vectors.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const NOTES = {
  Normal: "A signature as RFC 8017, 8.2.1 makes it.",
  MissingNull: "The hash's identifier has no parameter NULL.",
  BerEncoding: "The hash stands in BER that is no DER.",
  TrailingGarbage: "Something stands behind the hash, inside or outside its sequence.",
  WrongPadding: "The padding is not 00 01 FF … FF 00, or too short.",
  WrongHash: "Another hash than the one that was agreed on, or none named.",
  Forgery:
    "Made without the private key, for readers that do not look at all of the encoded message (Bleichenbacher 2006 and later).",
  Range: "The signature is no number below the modulus, or is a number that no signature has.",
  Truncated: "Octets were cut off or added: a signature is as long as the modulus.",
  LeadingZero:
    "The signature begins with a zero octet that was cut off. OpenSSL takes it; RFC 8017, 8.2.2 step 1 does not.",
  Modified: "Message or signature was changed after signing.",
} as const;

type Flag = keyof typeof NOTES;
type Hash = "sha1" | "sha256";

const OIDS = {
  md5: "06082a864886f70d0205",
  sha1: "06052b0e03021a",
  sha256: "0609608648016503040201",
  sha512: "0609608648016503040203",
} as const;

/** An element with its length in the shortest form, or in a longer one. */
function element(tag: number, content: Uint8Array, longer = 0): Buffer {
  const length = content.length;
  if (longer === 0 && length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const digits = Buffer.concat([Buffer.alloc(longer), bytesOf(BigInt(length), 1)]);
  return Buffer.concat([Buffer.of(tag, 0x80 | digits.length), digits, content]);
}

const NULL = Buffer.of(5, 0);

interface Info {
  readonly oid?: keyof typeof OIDS;
  readonly parameters?: Uint8Array;
  readonly digest?: Uint8Array;
  readonly longer?: "outer" | "inner" | "digest";
  readonly within?: Uint8Array;
}

function infoOf(
  hash: Hash,
  message: Uint8Array,
  { oid = hash, parameters = NULL, digest, longer, within }: Info = {},
): Buffer {
  const value = digest ?? createHash(hash).update(message).digest();
  const algorithm = Buffer.concat([Buffer.from(OIDS[oid], "hex"), parameters]);
  return element(
    0x30,
    Buffer.concat([
      element(0x30, algorithm, longer === "inner" ? 1 : 0),
      element(0x04, value, longer === "digest" ? 1 : 0),
      within ?? Buffer.alloc(0),
    ]),
    longer === "outer" ? 1 : 0,
  );
}

function padded(
  info: Uint8Array,
  size: number,
  start: readonly number[] = [0, 1],
  fill = 0xff,
  end: readonly number[] = [0],
): Buffer {
  return Buffer.concat([
    Buffer.from(start),
    Buffer.alloc(size - start.length - end.length - info.length, fill),
    Buffer.from(end),
    info,
  ]);
}

const signed = (key: FixedKey, encoded: Uint8Array): Buffer =>
  bytesOf(power(numberOf(encoded), key.d, key.n), key.size);

/** Encoded messages that are wrong, each signed with the right key. */
function wrongs(
  hash: Hash,
  message: Uint8Array,
  size: number,
): (readonly [comment: string, flag: Flag, encoded: Buffer])[] {
  const info = infoOf(hash, message);
  const whole = padded(info, size);
  const digest = createHash(hash).update(message).digest();
  const other = hash === "sha1" ? "sha256" : "sha1";
  const of = (parts: Info): Buffer => padded(infoOf(hash, message, parts), size);
  return [
    ["no NULL", "MissingNull", of({ parameters: Buffer.alloc(0) })],
    ["NULL with contents", "BerEncoding", of({ parameters: Buffer.of(5, 1, 0) })],
    ["NULL with a length of two octets", "BerEncoding", of({ parameters: Buffer.of(5, 0x81, 0) })],
    ["an INTEGER in the place of NULL", "BerEncoding", of({ parameters: Buffer.of(2, 1, 0) })],
    ["two NULLs", "TrailingGarbage", of({ parameters: Buffer.of(5, 0, 5, 0) })],
    ["long form of the outer length", "BerEncoding", of({ longer: "outer" })],
    ["long form of the identifier's length", "BerEncoding", of({ longer: "inner" })],
    ["long form of the hash's length", "BerEncoding", of({ longer: "digest" })],
    [
      "indefinite length",
      "BerEncoding",
      padded(Buffer.concat([Buffer.of(0x30, 0x80), info.subarray(2), Buffer.of(0, 0)]), size),
    ],
    ["octets behind the hash in its sequence", "TrailingGarbage", of({ within: Buffer.from("0500", "hex") })],
    ["octets behind the sequence", "TrailingGarbage", padded(Buffer.concat([info, Buffer.of(1, 2, 3, 4)]), size)],
    ["a zero behind the sequence", "TrailingGarbage", padded(Buffer.concat([info, Buffer.of(0)]), size)],
    [
      "eight octets of padding, and garbage behind",
      "TrailingGarbage",
      Buffer.concat([Buffer.from("0001ffffffffffffffff00", "hex"), info, Buffer.alloc(size - 11 - info.length, 0xa5)]),
    ],
    [
      "a hash of the right length with garbage inside the parameters",
      "TrailingGarbage",
      of({ parameters: element(0x04, Buffer.alloc(40, 0xa5)) }),
    ],
    ["hash cut short", "WrongHash", of({ digest: digest.subarray(0, -1) })],
    ["hash with a zero before it", "WrongHash", of({ digest: Buffer.concat([Buffer.of(0), digest]) })],
    ["hash of another message", "WrongHash", of({ digest: createHash(hash).update("other").digest() })],
    ["empty hash", "WrongHash", of({ digest: Buffer.alloc(0) })],
    [`named ${other}`, "WrongHash", of({ oid: other })],
    [`${other} in whole`, "WrongHash", padded(infoOf(other, message), size)],
    ["named MD5", "WrongHash", of({ oid: "md5" })],
    ["named SHA-512", "WrongHash", of({ oid: "sha512" })],
    ["the hash alone", "WrongHash", padded(digest, size)],
    ["first octet 01", "WrongPadding", padded(info, size, [1, 1])],
    ["block type 00", "WrongPadding", padded(info, size, [0, 0], 0)],
    ["block type 02", "WrongPadding", padded(info, size, [0, 2])],
    ["padding of FE", "WrongPadding", padded(info, size, [0, 1], 0xfe)],
    ["padding of 00", "WrongPadding", padded(info, size, [0, 1], 0)],
    ["no zero before the hash", "WrongPadding", padded(info, size, [0, 1], 0xff, [])],
    ["a zero within the padding", "WrongPadding", withOctet(whole, 20, 0)],
    ["an octet of the padding is 7F", "WrongPadding", withOctet(whole, 2, 0x7f)],
    [
      "no padding at all",
      "WrongPadding",
      Buffer.concat([Buffer.from("000100", "hex"), info, Buffer.alloc(size - 3 - info.length)]),
    ],
    [
      "seven octets of padding",
      "WrongPadding",
      Buffer.concat([Buffer.from("0001ffffffffffffff00", "hex"), info, Buffer.alloc(size - 10 - info.length)]),
    ],
    ["nothing but padding", "WrongPadding", withOctet(padded(Buffer.alloc(0), size), size - 1, 0xff)],
  ];
}

function withOctet(bytes: Buffer, at: number, octet: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = octet;
  return copy;
}

/** Signatures under the exponent 3 that were made without the key: their cubes begin as an encoded message does. */
function forgeries(hash: Hash, message: Uint8Array, { size, n }: FixedKey): (readonly [string, Buffer])[] {
  const info = infoOf(hash, message);
  const forged = (head: Uint8Array): Buffer => {
    const space = size - head.length;
    const target = numberOf(Buffer.concat([head, Buffer.alloc(space, 0xff)]));
    const root = cubeRoot(target);
    const cube = bytesOf(root ** 3n, size);
    if (root >= n || !cube.subarray(0, head.length).equals(Buffer.from(head)))
      throw new Error("the modulus is too short for a forgery");
    return bytesOf(root, size);
  };
  const start = (padding: number): Buffer =>
    Buffer.concat([Buffer.of(0, 1), Buffer.alloc(padding, 0xff), Buffer.of(0)]);
  return [
    ["garbage behind the hash, one octet of padding", forged(Buffer.concat([start(1), info]))],
    ["garbage behind the hash, eight octets of padding", forged(Buffer.concat([start(8), info]))],
    ["garbage behind the hash, no padding", forged(Buffer.concat([start(0), info]))],
    [
      "garbage behind the hash, no NULL",
      forged(Buffer.concat([start(8), infoOf(hash, message, { parameters: Buffer.alloc(0) })])),
    ],
    ["the hash alone, garbage behind", forged(Buffer.concat([start(8), createHash(hash).update(message).digest()]))],
    [
      "long form of the length, garbage behind",
      forged(Buffer.concat([start(8), infoOf(hash, message, { longer: "outer" })])),
    ],
  ];
}

function testsOf(hash: Hash, key: FixedKey, message: Uint8Array): Draft[] {
  const tests: Draft[] = [];
  const add = (comment: string, flag: Flag, result: Result, sig: Uint8Array, msg: Uint8Array = message): void =>
    void tests.push({ comment, msg: hex(msg), sig: hex(sig), result, flags: [flag] });
  const good = (msg: Uint8Array): Buffer => signed(key, padded(infoOf(hash, msg), key.size));
  add("as it should be", "Normal", "valid", good(message));
  add("another message", "Modified", "invalid", good(Buffer.from("another")));
  for (const at of [0, 100, key.size - 1]) {
    const changed = good(message);
    add(`octet ${at} changed`, "Modified", "invalid", withOctet(changed, at, (changed[at] ?? 0) ^ 1));
  }
  for (const [comment, flag, encoded] of wrongs(hash, message, key.size))
    add(comment, flag, "invalid", signed(key, encoded));
  const sig = good(message);
  for (const [comment, value] of [
    ["signature 0", 0n],
    ["signature 1", 1n],
    ["signature n - 1", key.n - 1n],
    ["signature n", key.n],
    ["n minus the signature", key.n - numberOf(sig)],
  ] as const)
    add(comment, "Range", "invalid", bytesOf(value, key.size));
  add("first octet cut off", "Truncated", "invalid", sig[0] === 0 ? sig.subarray(2) : sig.subarray(1));
  add("last octet cut off", "Truncated", "invalid", sig.subarray(0, -1));
  add("empty", "Truncated", "invalid", Buffer.alloc(0));
  add("zero before it", "Truncated", "invalid", Buffer.concat([Buffer.of(0), sig]));
  add("zero behind it", "Truncated", "invalid", Buffer.concat([sig, Buffer.of(0)]));
  if (key.e === 3n)
    for (const [comment, forged] of forgeries(hash, message, key)) add(comment, "Forgery", "invalid", forged);
  return tests;
}

/** A signature that begins with a zero, over a message that was looked for. */
function zeroTests(hash: Hash, key: FixedKey, messageOf: (counter: number) => Uint8Array): Draft[] {
  for (let counter = 0; ; counter += 1) {
    const message = messageOf(counter);
    const sig = signed(key, padded(infoOf(hash, message), key.size));
    if (sig[0] !== 0) continue;
    const msg = hex(message);
    return [
      { comment: "begins with a zero", msg, sig: hex(sig), result: "valid", flags: ["Normal"] },
      { comment: "leading zero cut off", msg, sig: hex(sig.subarray(1)), result: "acceptable", flags: ["LeadingZero"] },
    ];
  }
}

/** RSASSA-PKCS1-v1_5 as SNS signs; messages are what an envelope with a number comes to. */
export function pkcs1Vectors(hash: Hash, messageOf: (counter: number) => Uint8Array): VectorFile {
  const sha = hash === "sha1" ? "SHA-1" : "SHA-256";
  const keys = [
    [2048, fixedKey("pkcs1", 2048, 65_537n)],
    [2048, fixedKey("pkcs1", 2048, 3n)],
    [3072, fixedKey("pkcs1", 3072, 3n)],
  ] as const;
  return fileOf({
    algorithm: "RSASSA-PKCS1-v1_5",
    header: [`RSASSA-PKCS1-v1_5 with ${sha}, over texts that SNS signs.`, "Made by tests/security/vectors/make.ts."],
    notes: NOTES,
    schema: "rsassa_pkcs1_verify_schema.json",
    groups: keys.map(([keySize, key]) => ({
      type: "RsassaPkcs1Verify",
      sha,
      keySize,
      publicKeyPem: createPublicKey(key.privateKey).export({ type: "spki", format: "pem" }).toString(),
      tests: [...testsOf(hash, key, messageOf(0)), ...zeroTests(hash, key, messageOf)],
    })),
  });
}
