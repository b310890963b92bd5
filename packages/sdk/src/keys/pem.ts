import { KeyError } from "../errors/key-error.ts";
import { fromBase64 } from "../base64.ts";

/** One block of PEM text. */
export interface PemBlock {
  /** What stands after `BEGIN`, for example `RSA PRIVATE KEY`. */
  readonly label: string;
  readonly der: Uint8Array;
}

/**
 * Reads the first PEM block of a text, also when its line ends were lost on the way through an environment variable:
 * written as `\n`, turned into spaces, left out altogether, or the whole text in quotes or in base64.
 *
 * @throws KeyError `key.missing`, `key.malformed`, `key.encrypted`
 */
export function parsePem(input: string): PemBlock {
  const text = repair(input);
  if (text === "") throw new KeyError("key.missing", "the key is empty: pass the PEM text, beginning with -----BEGIN");
  const block = /-----BEGIN ([A-Z0-9 ]+?)\s*-----([\s\S]*?)-----END \1\s*-----/.exec(text);
  const [, label, body] = block ?? [];
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
      .replaceAll(/\\r|\\n|\uFEFF/g, "\n")
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
