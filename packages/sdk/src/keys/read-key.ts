import { KeyError } from "../errors/key-error.ts";
import { readRsaKey, type RsaKeyDer } from "./der.ts";
import { isKeyObject, MINIMUM_BITS, type KeyObjectLike } from "./key-input.ts";
import { parsePem } from "./pem.ts";
import { notRsa, tooShort, wrongHalf } from "./invalid-key.ts";

const PRIVATE_LABELS = new Set(["PRIVATE KEY", "RSA PRIVATE KEY"]);
const PUBLIC_LABELS = new Set(["PUBLIC KEY", "RSA PUBLIC KEY"]);

/**
 * Reads an RSA key of either half from PEM or DER and checks that it is of the wanted half and long enough.
 *
 * @throws KeyError
 */
export function readKey(input: string | Uint8Array | KeyObjectLike, wanted: "private" | "public"): RsaKeyDer {
  const key = isKeyObject(input) ? fromKeyObject(input) : readRsaKey(derOf(input));
  if (key.kind !== wanted) throw wrongHalf(key.kind);
  if (key.modulusBits < MINIMUM_BITS) throw tooShort(key.modulusBits, MINIMUM_BITS);
  return key;
}

function derOf(input: string | Uint8Array): Uint8Array {
  // 0x30 opens a DER sequence; PEM begins with a dash, and no text begins with "0" here.
  if (typeof input !== "string" && input[0] === 0x30) return input;
  const { label, der } = parsePem(typeof input === "string" ? input : new TextDecoder().decode(input));
  if (PRIVATE_LABELS.has(label) || PUBLIC_LABELS.has(label)) return der;
  if (label.startsWith("EC ")) throw notRsa("an EC key");
  if (label.includes("CERTIFICATE")) {
    throw new KeyError("key.certificate", `the key is a ${label.toLowerCase()}: pass the key itself`);
  }
  if (label === "OPENSSH PRIVATE KEY") {
    throw new KeyError(
      "key.unsupported",
      "the key is in OpenSSH's own format: convert it with ssh-keygen -p -m PEM -f key",
    );
  }
  throw new KeyError("key.unsupported", `the key is a PEM block of kind ${label}: pass PRIVATE KEY or RSA PRIVATE KEY`);
}

function fromKeyObject(key: KeyObjectLike): RsaKeyDer {
  if (key.asymmetricKeyType !== "rsa") throw notRsa(`a KeyObject of type ${key.asymmetricKeyType ?? key.type}`);
  return readRsaKey(key.export({ type: "pkcs1", format: "der" }));
}
