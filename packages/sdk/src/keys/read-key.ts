import { fromBase64 } from "../base64.ts";
import { KeyError } from "../errors/key-error.ts";
import { readRsaKey, type RsaKeyDer } from "./der.ts";
import { expect, notRsa, tooShort, unsupported, wrongHalf } from "./invalid-key.ts";
import { isKeyObject, type KeyObjectLike, MINIMUM_BITS } from "./key-input.ts";
import { isText } from "../kind.ts";

/** One block of PEM text. */
export interface PemBlock {
  /** What stands after `BEGIN`, for example `RSA PRIVATE KEY`. */
  readonly label: string;
  readonly der: Uint8Array;
}

/**
 * Reads a PEM block of a text: of several the first one of the wanted half, as where a key pair or a key and its certificate stand
 * in one file, or else the first one. Also when its line ends were lost on the way through an environment variable:
 * written as `\n`, turned into spaces, left out altogether, or the whole text in quotes or in base64.
 *
 * @throws KeyError `key.missing`, `key.malformed`, `key.encrypted`
 */
function parsePem(input: string, wanted: "private" | "public"): PemBlock {
  const text = repair(input);
  if (text === "") throw new KeyError("key.missing", "the key is empty: pass the PEM text, beginning with -----BEGIN");
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+?)\s*-----([\s\S]*?)-----END \1\s*-----/g)];
  const named = (words: string) => blocks.find(([, name = ""]) => name.endsWith(words));
  const [, label, body] = named(`${wanted.toUpperCase()} KEY`) ?? named(" KEY") ?? blocks[0] ?? [];
  if (label === undefined || body === undefined) throw new KeyError("key.malformed", explain(text));
  if (/ENCRYPTED/.test(label) || /Proc-Type:\s*4,\s*ENCRYPTED/.test(body)) {
    throw new KeyError(
      "key.encrypted",
      "the private key is protected by a passphrase: pass a KeyObject made with it, or decrypt the file (openssl pkey -in key.pem)",
    );
  }
  const der = fromBase64(body.replaceAll(/\s+/g, ""));
  if (der === undefined || der.length === 0) {
    throw new KeyError(
      "key.malformed",
      `what stands between BEGIN ${label} and END ${label} is not base64: the key was cut or changed on its way`,
    );
  }
  return { label, der };
}

function repair(input: string): string {
  const plain = (text: string): string =>
    text
      .replaceAll(/\\+[rn]|\uFEFF/g, "\n")
      .trim()
      .replace(/^(["'])([\s\S]*)\1$/, "$2")
      .trim();
  const text = plain(input);
  if (text.includes("-----BEGIN")) return text;
  const decoded = fromBase64(text.replaceAll(/\s+/g, ""));
  if (decoded === undefined) return text;
  const inner = new TextDecoder().decode(decoded);
  return inner.includes("-----BEGIN") ? plain(inner) : text;
}

function explain(text: string): string {
  const found = /-----BEGIN ([A-Z0-9 ]+?)\s*-----/.exec(text)?.[1];
  if (found !== undefined)
    return `the key has a BEGIN ${found} line but no END ${found} line: it was cut off on its way`;
  if (/\.(pem|key|p8|der)$/i.test(text) || /^[~./]/.test(text))
    return "the key looks like a file name: read the file and pass its contents";
  return "the key is not PEM text: it must begin with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----";
}

/**
 * Reads an RSA key of either half from PEM or DER and checks that it is of the wanted half and long enough.
 *
 * @throws KeyError
 */
export function readKey(input: string | Uint8Array | KeyObjectLike, wanted: "private" | "public"): RsaKeyDer {
  if (!isKeyObject(input) && !isText(input) && !(input instanceof Uint8Array)) throw wrongType(input);
  const key = isKeyObject(input) ? fromKeyObject(input) : fromBytes(input, wanted);
  if (key.kind !== wanted) throw wrongHalf(key.kind);
  if (key.modulusBits < MINIMUM_BITS) throw tooShort(key.modulusBits, MINIMUM_BITS);
  return key;
}

function fromBytes(input: string | Uint8Array, wanted: "private" | "public"): RsaKeyDer {
  // 0x30 opens a DER sequence; PEM begins with a dash, and no text begins with "0" here.
  if (!isText(input) && input[0] === 0x30) return readRsaKey(input);
  // The base64 of DER alone, as programs in Java keep it: "MII" are the first bytes of a sequence of this length.
  const bare = isText(input) && /^["']?\s*MII/.test(input) && fromBase64(input.replaceAll(/["'\s]+/g, ""));
  if (bare) return readRsaKey(bare);
  const { label, der } = parsePem(isText(input) ? input : new TextDecoder().decode(input), wanted);
  const half = /^(?:RSA )?(PRIVATE|PUBLIC) KEY$/.exec(label)?.[1];
  if (half !== undefined) {
    const key = readRsaKey(der);
    expect(half.toLowerCase() === key.kind);
    return key;
  }
  if (label.startsWith("EC ")) throw notRsa("an EC key");
  if (label.includes("CERTIFICATE")) {
    throw new KeyError("key.certificate", `the key is a ${label.toLowerCase()}: pass the key itself`);
  }
  if (label === "OPENSSH PRIVATE KEY")
    throw unsupported("is in OpenSSH's own format: convert it with ssh-keygen -p -m PEM -f key");
  throw unsupported(`is a PEM block of kind ${label}: pass PRIVATE KEY or RSA PRIVATE KEY`);
}

/** A key that is no text, bytes or object of a key at all: only JavaScript can pass one. */
function wrongType(input: unknown): KeyError {
  const { then, kty } = Object(input) as { then?: unknown; kty?: unknown };
  const why =
    typeof then === "function"
      ? "is a Promise: await it"
      : kty === undefined
        ? `is ${typeof input === "object" ? "an object of another kind" : `a ${typeof input}`}: pass the PEM text, its bytes, a KeyObject or a CryptoKey`
        : 'is a JWK: pass createPrivateKey({ key, format: "jwk" }) of node:crypto';
  return new KeyError("key.malformed", `the key ${why}`);
}

function fromKeyObject(key: KeyObjectLike): RsaKeyDer {
  if (key.asymmetricKeyType !== "rsa") throw notRsa(`a KeyObject of type ${key.asymmetricKeyType ?? key.type}`);
  return readRsaKey(key.export({ type: "pkcs1", format: "der" }));
}
