import { createPublicKey } from "node:crypto";
import { fixedKey } from "./numbers.ts";
import { type Draft, fileOf, type Result, type VectorFile } from "./vectors.ts";

const NOTES = {
  Normal: "As RFC 5280, RFC 8017 and RFC 7468 have it.",
  BerEncoding: "BER that is no DER.",
  TrailingGarbage: "Something stands behind the key.",
  WrongAlgorithm: "Another kind of key, or its identifier is not as it should be.",
  WrongNumbers: "Numbers that no RSA key has.",
  WrongTag: "An element of another type.",
  Truncated: "Cut off.",
  Text: "Lines, blanks and text around a PEM block that RFC 7468 allows or that do no harm.",
  WrongText: "No PEM block, or one of something else.",
  Repaired:
    "Read here, although it is no PEM as it stands: line ends or the frame were lost on the way through an environment variable or a secret's store. node:crypto refuses it.",
  MissingNull:
    "The identifier has no parameter NULL. RFC 8017, A.1 asks for it; OpenSSL and we read the key all the same.",
} as const;

type Flag = keyof typeof NOTES;

/** The length of an element below 128 octets or above, in the shortest form. */
function element(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  if (length < 0x100) return Buffer.concat([Buffer.of(tag, 0x81, length), content]);
  return Buffer.concat([Buffer.of(tag, 0x82, length >> 8, length & 255), content]);
}

const RSA = Buffer.from("06092a864886f70d010101", "hex");
const NULL = Buffer.of(5, 0);
const key = fixedKey("keys", 2048, 65_537n);
const N = Buffer.concat([Buffer.of(0), Buffer.from(key.n.toString(16), "hex")]);
const E = Buffer.of(1, 0, 1);

const numbers = (n: Uint8Array, e: Uint8Array, ...more: readonly Uint8Array[]): Buffer =>
  element(0x30, Buffer.concat([element(2, n), element(2, e), ...more]));
const spki = (algorithm: Uint8Array, bits: Uint8Array, ...more: readonly Uint8Array[]): Buffer =>
  element(0x30, Buffer.concat([algorithm, bits, ...more]));
const algorithm = (...parts: readonly Uint8Array[]): Buffer => element(0x30, Buffer.concat(parts));
const bits = (content: Uint8Array, unused = 0): Buffer => element(3, Buffer.concat([Buffer.of(unused), content]));
const RSA_NULL = algorithm(RSA, NULL);
const PKCS1 = numbers(N, E);
const SPKI = spki(RSA_NULL, bits(PKCS1));

const EC = createPublicKey({
  key: {
    kty: "EC",
    crv: "P-256",
    x: "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY",
    y: "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU",
  },
  format: "jwk",
});

function derTests(): Draft[] {
  const tests: Draft[] = [];
  const add = (comment: string, flag: Flag, result: Result, bytes: Uint8Array): void =>
    void tests.push({ comment, encoding: Buffer.from(bytes).toString("hex"), result, flags: [flag] });
  const half = SPKI.length >> 1;
  add("SubjectPublicKeyInfo", "Normal", "valid", SPKI);
  add("exponent 3", "Normal", "valid", spki(RSA_NULL, bits(numbers(N, Buffer.of(3)))));
  add(
    "outer length in a longer form",
    "BerEncoding",
    "invalid",
    Buffer.concat([Buffer.of(0x30, 0x83, 0), SPKI.subarray(2)]),
  );
  add(
    "indefinite length",
    "BerEncoding",
    "invalid",
    Buffer.concat([Buffer.of(0x30, 0x80), SPKI.subarray(4), Buffer.of(0, 0)]),
  );
  add(
    "modulus with a zero too many",
    "BerEncoding",
    "invalid",
    spki(RSA_NULL, bits(numbers(Buffer.concat([Buffer.of(0), N]), E))),
  );
  add(
    "exponent with a zero too many",
    "BerEncoding",
    "invalid",
    spki(RSA_NULL, bits(numbers(N, Buffer.of(0, 1, 0, 1)))),
  );
  add("octets behind it", "TrailingGarbage", "invalid", Buffer.concat([SPKI, Buffer.of(0)]));
  add("a third element", "TrailingGarbage", "invalid", spki(RSA_NULL, bits(PKCS1), NULL));
  add("a third number", "TrailingGarbage", "invalid", spki(RSA_NULL, bits(numbers(N, E, element(2, E)))));
  add("octets behind the numbers", "TrailingGarbage", "invalid", spki(RSA_NULL, bits(Buffer.concat([PKCS1, NULL]))));
  add("no NULL", "MissingNull", "acceptable", spki(algorithm(RSA), bits(PKCS1)));
  add("NULL with contents", "WrongAlgorithm", "invalid", spki(algorithm(RSA, Buffer.of(5, 1, 0)), bits(PKCS1)));
  add("two NULLs", "WrongAlgorithm", "invalid", spki(algorithm(RSA, NULL, NULL), bits(PKCS1)));
  add(
    "an unknown identifier",
    "WrongAlgorithm",
    "invalid",
    spki(algorithm(Buffer.from("06032a0304", "hex"), NULL), bits(PKCS1)),
  );
  add("an elliptic curve's key", "WrongAlgorithm", "invalid", EC.export({ type: "spki", format: "der" }));
  add("no identifier", "WrongAlgorithm", "invalid", spki(algorithm(NULL), bits(PKCS1)));
  add("a negative modulus", "WrongNumbers", "invalid", spki(RSA_NULL, bits(numbers(N.subarray(1), E))));
  add("modulus 0", "WrongNumbers", "invalid", spki(RSA_NULL, bits(numbers(Buffer.of(0), E))));
  add(
    "an even modulus",
    "WrongNumbers",
    "invalid",
    spki(RSA_NULL, bits(numbers(Buffer.concat([N.subarray(0, -1), Buffer.of(2)]), E))),
  );
  add("exponent 0", "WrongNumbers", "invalid", spki(RSA_NULL, bits(numbers(N, Buffer.of(0)))));
  add("exponent 1", "WrongNumbers", "invalid", spki(RSA_NULL, bits(numbers(N, Buffer.of(1)))));
  add("an even exponent", "WrongNumbers", "invalid", spki(RSA_NULL, bits(numbers(N, Buffer.of(4)))));
  add("a negative exponent", "WrongNumbers", "invalid", spki(RSA_NULL, bits(numbers(N, Buffer.of(0xff)))));
  add("modulus of 1024 bits", "WrongNumbers", "invalid", spki(RSA_NULL, bits(numbers(N.subarray(0, 129), E))));
  add("empty numbers", "WrongNumbers", "invalid", spki(RSA_NULL, bits(numbers(Buffer.alloc(0), Buffer.alloc(0)))));
  add(
    "octets in the place of bits",
    "WrongTag",
    "invalid",
    spki(RSA_NULL, element(4, Buffer.concat([Buffer.of(0), PKCS1]))),
  );
  add("a set in the place of a sequence", "WrongTag", "invalid", Buffer.concat([Buffer.of(0x31), SPKI.subarray(1)]));
  add("unused bits", "WrongTag", "invalid", spki(RSA_NULL, bits(PKCS1, 1)));
  add(
    "octets in the place of the modulus",
    "WrongTag",
    "invalid",
    spki(RSA_NULL, bits(element(0x30, Buffer.concat([element(4, N), element(2, E)])))),
  );
  add("half of it", "Truncated", "invalid", SPKI.subarray(0, half));
  add("all but the last octet", "Truncated", "invalid", SPKI.subarray(0, -1));
  add("its first octet", "Truncated", "invalid", SPKI.subarray(0, 1));
  return tests;
}

function pemTests(): Draft[] {
  const tests: Draft[] = [];
  const add = (comment: string, flag: Flag, result: Result, encoding: string): void =>
    void tests.push({ comment, encoding, result, flags: [flag] });
  const block = (label: string, der: Uint8Array, width = 64, end = "\n"): string =>
    [
      `-----BEGIN ${label}-----`,
      ...(Buffer.from(der)
        .toString("base64")
        .match(new RegExp(`.{1,${width}}`, "g")) ?? []),
      `-----END ${label}-----`,
      "",
    ].join(end);
  const pem = block("PUBLIC KEY", SPKI);
  const body = Buffer.from(SPKI).toString("base64");
  add("PUBLIC KEY", "Normal", "valid", pem);
  add("RSA PUBLIC KEY", "Normal", "valid", block("RSA PUBLIC KEY", PKCS1));
  add("carriage returns", "Text", "valid", block("PUBLIC KEY", SPKI, 64, "\r\n"));
  add("lines of 76", "Text", "valid", block("PUBLIC KEY", SPKI, 76));
  add("lines of 4", "Text", "valid", block("PUBLIC KEY", SPKI, 4));
  add("no line end at the end", "Text", "valid", pem.trimEnd());
  add("text around it", "Text", "valid", `Bag Attributes\n  friendlyName: shop\n${pem}and so on\n`);
  add("blanks at the ends of lines", "Text", "valid", pem.replaceAll("\n", " \n"));
  add("line ends written as backslash and n", "Repaired", "acceptable", pem.replaceAll("\n", "\\n"));
  add("line ends turned into blanks", "Repaired", "acceptable", pem.replaceAll("\n", " ").trim());
  add("no line ends", "Repaired", "acceptable", pem.replaceAll("\n", ""));
  add("in quotes", "Repaired", "acceptable", `"${pem.replaceAll("\n", "\\n")}"`);
  add("all of it in base64", "Repaired", "acceptable", Buffer.from(pem).toString("base64"));
  add("empty", "WrongText", "invalid", "");
  add("base64 without a frame", "Repaired", "acceptable", body);
  add("no last line", "WrongText", "invalid", `-----BEGIN PUBLIC KEY-----\n${body}\n`);
  add("no first line", "WrongText", "invalid", `${body}\n-----END PUBLIC KEY-----\n`);
  add("another last line", "WrongText", "invalid", pem.replace("END PUBLIC KEY", "END RSA PUBLIC KEY"));
  add("in small letters", "WrongText", "invalid", pem.replaceAll("PUBLIC KEY", "public key"));
  add("a certificate", "WrongText", "invalid", pem.replaceAll("PUBLIC KEY", "CERTIFICATE"));
  add("a private key's frame", "WrongText", "invalid", pem.replaceAll("PUBLIC KEY", "PRIVATE KEY"));
  add("a letter that is no base64", "WrongText", "invalid", pem.replace(body.slice(10, 11), "!"));
  add("base64 cut short", "WrongText", "invalid", pem.replace(`${body.slice(-6)}\n`, "\n"));
  add("nothing inside", "WrongText", "invalid", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n");
  add("octets behind the key", "TrailingGarbage", "invalid", block("PUBLIC KEY", Buffer.concat([SPKI, Buffer.of(0)])));
  return tests;
}

/** Encodings of RSA public keys. */
export function keyVectors(): VectorFile {
  return fileOf({
    algorithm: "RsaPublicKey",
    header: [
      "Encodings of RSA public keys, in DER (hexadecimal) and in PEM.",
      "Made by tests/security/vectors/make.ts.",
    ],
    notes: NOTES,
    schema: "rsa_public_key_schema.json",
    groups: [
      { type: "RsaPublicKeyRead", format: "der", keySize: 2048, tests: derTests() },
      { type: "RsaPublicKeyRead", format: "pem", keySize: 2048, tests: pemTests() },
    ],
  });
}
