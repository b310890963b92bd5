import { KeyError } from "../errors/key-error.ts";

/** A key whose contents make no sense. */
export function malformedKey(cause?: unknown): KeyError {
  return new KeyError("key.malformed", "the key cannot be read: it is no RSA key, or was cut or changed on its way", {
    cause,
  });
}

/** Holds what a key that makes sense holds. @throws KeyError `key.malformed` */
export function expect(condition: boolean): asserts condition {
  if (!condition) throw malformedKey();
}

/** A key that is one, but cannot be used here. */
export function unsupported(why: string): KeyError {
  return new KeyError("key.unsupported", `the key ${why}`);
}

/** A key of another kind than RSA. */
export function notRsa(what: string): KeyError {
  return new KeyError(
    "key.not-rsa",
    `the key is ${what}: Amazon Pay takes plain RSA keys of 2048 bits or more; create one in Seller Central`,
  );
}

/** The wrong half of a pair. */
export function wrongHalf(kind: "private" | "public"): KeyError {
  return kind === "public"
    ? new KeyError(
        "key.public",
        "this is the public key: signing needs the private one, the file that Seller Central let you download once",
      )
    : new KeyError(
        "key.private",
        "this is the private key: verifying needs the public one; keep the private one to yourself",
      );
}

/** A key that can be broken. */
export function tooShort(bits: number | undefined, minimum: number): KeyError {
  return new KeyError(
    "key.too-short",
    `the RSA key has ${bits} bits: Amazon Pay needs at least ${minimum}; create a new one in Seller Central`,
  );
}
