import { KeyError } from "../errors/key-error.ts";
import { algorithmOf } from "./algorithm.ts";
import { wrapPkcs8, wrapSpki } from "./der.ts";
import { MINIMUM_BITS, type CryptoKeyLike } from "./key-input.ts";
import { isAsLongAsKey } from "./signature-length.ts";
import type { Signer, Verifier } from "./signer.ts";
import { malformedKey, tooShort, wrongHalf } from "./invalid-key.ts";

type WebKey = Parameters<typeof crypto.subtle.sign>[1];

const IMPORT = { name: "RSA-PSS", hash: "SHA-256" } as const;

/** Signs with WebCrypto, on every runtime. Takes the bare PKCS#1 key or a ready `CryptoKey`. */
export function webSigner(input: Uint8Array | CryptoKeyLike): Signer {
  const key = input instanceof Uint8Array ? importOnce("pkcs8", wrapPkcs8(input), "sign") : ready(input, "sign");
  return {
    sign: async (message, algorithm) => {
      const { saltLength } = algorithmOf(algorithm);
      return new Uint8Array(
        await crypto.subtle.sign({ name: "RSA-PSS", saltLength }, await key(), message as BufferSource),
      );
    },
  };
}

/** Verifies with WebCrypto, on every runtime. */
export function webVerifier(input: Uint8Array | CryptoKeyLike): Verifier {
  const imported = input instanceof Uint8Array ? importOnce("spki", wrapSpki(input), "verify") : ready(input, "verify");
  return {
    verify: async (message, signature, algorithm) => {
      const { saltLength } = algorithmOf(algorithm);
      const key = await imported();
      return (
        isAsLongAsKey(signature, key) &&
        crypto.subtle.verify({ name: "RSA-PSS", saltLength }, key, signature as BufferSource, message as BufferSource)
      );
    },
  };
}

type BufferSource = Parameters<typeof crypto.subtle.sign>[2];

function importOnce(format: "pkcs8" | "spki", der: Uint8Array, usage: "sign" | "verify"): () => Promise<WebKey> {
  let imported: Promise<WebKey> | undefined;
  return () => {
    imported ??= crypto.subtle
      .importKey(format, der as Uint8Array<ArrayBuffer>, IMPORT, false, [usage])
      .catch((error: unknown) => {
        throw malformedKey(error);
      });
    return imported;
  };
}

function ready(key: CryptoKeyLike, usage: "sign" | "verify"): () => Promise<WebKey> {
  const algorithm = key.algorithm as { name: string; modulusLength?: number; hash?: { name?: string } };
  if (algorithm.name !== "RSA-PSS" || algorithm.hash?.name !== "SHA-256") {
    throw new KeyError(
      algorithm.name.startsWith("RSA") ? "key.unsupported" : "key.not-rsa",
      `the CryptoKey is for ${algorithm.name} with ${algorithm.hash?.name ?? "no hash"}: import it as { name: "RSA-PSS", hash: "SHA-256" }`,
    );
  }
  if (key.type === "public" && usage === "sign") {
    throw wrongHalf("public");
  }
  if (!key.usages.includes(usage)) {
    throw new KeyError("key.unsupported", `the CryptoKey may not ${usage}: import it with the usage "${usage}"`);
  }
  if ((algorithm.modulusLength ?? MINIMUM_BITS) < MINIMUM_BITS) {
    throw tooShort(algorithm.modulusLength, MINIMUM_BITS);
  }
  return () => Promise.resolve(key as unknown as WebKey);
}
