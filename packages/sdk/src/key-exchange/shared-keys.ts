import { nodeCrypto } from "../keys/node-crypto.ts";
import { KeyExchangeError } from "./key-exchange-error.ts";
import { isObject, isText } from "../kind.ts";

/** What a merchant shares at the end of a registration (onboarding version 2). */
export interface SharedKeys {
  readonly merchantId: string;
  readonly storeId: string;
  /** Id of the key pair whose private half you made. */
  readonly publicKeyId: string;
}

/** How a payload is read. */
export interface SharedKeysOptions {
  /** Of `createExchangeKeys`, PEM. */
  readonly privateKey: string;
  /** RSA padding of the encrypted id: `pkcs1`, what plug-ins use, or `oaep`; which one is promised is not documented. Default `pkcs1`. */
  readonly padding?: "pkcs1" | "oaep" | undefined;
}

/** Names of the members, as the documentation has them and as other plug-ins read them. */
const NAMES = {
  merchantId: ["merchantId", "merchant_id"],
  storeId: ["storeId", "store_id"],
  publicKeyId: ["publicKeyId", "public_key_id"],
} as const;

/**
 * Reads the keys that a merchant shared: the body of the POST to `keyShareURL`, the text that the merchant copied from Amazon's page,
 * or the parsed object. The id of the key is encrypted for your private key: that it can be read is the proof that the answer
 * belongs to your registration.
 *
 * @example const { merchantId, storeId, publicKeyId } = readSharedKeys(pasted, { privateKey: keys.privateKey });
 * @see https://developer.amazon.com/docs/amazon-pay-registration/decryption.html
 * @throws KeyExchangeError that says whether the payload or the key is wrong
 */
export function readSharedKeys(payload: string | object, options: SharedKeysOptions): SharedKeys {
  const members = membersOf(payload);
  if ("encryptedPayload" in members || "access_key" in members) {
    throw new KeyExchangeError(
      "key-exchange.payload",
      "these are keys of the first onboarding version, for the older API: register with onboardingVersion 2, as registrationForm does",
    );
  }
  const text = (name: keyof typeof NAMES): string => {
    const value = NAMES[name].map((each) => members[each]).find((each) => each !== undefined);
    if (isText(value) && value.trim() !== "") return value.trim();
    throw new KeyExchangeError("key-exchange.payload", `the payload has no ${name}: was it copied whole?`);
  };
  return {
    merchantId: text("merchantId"),
    storeId: text("storeId"),
    publicKeyId: decrypted(text("publicKeyId"), options),
  };
}

function membersOf(payload: string | object): Readonly<Record<string, unknown>> {
  if (isObject(payload)) return payload as Readonly<Record<string, unknown>>;
  const text = String(payload).trim();
  const json = text.startsWith("{") ? text : (new URLSearchParams(text).get("payload") ?? text);
  try {
    const members: unknown = JSON.parse(json);
    if (isObject(members) && !Array.isArray(members)) return members as Readonly<Record<string, unknown>>;
  } catch {
    // Named below.
  }
  throw new KeyExchangeError(
    "key-exchange.payload",
    "this is no payload of a registration: expected JSON that begins with {, or a form with the field payload",
  );
}

/** Ids of keys, as Seller Central shows them. */
const KEY_ID = /^(?:(?:LIVE|SANDBOX)-)?[A-Z0-9]{8,64}$/;

function decrypted(text: string, { privateKey, padding = "pkcs1" }: SharedKeysOptions): string {
  // What needs no decryption was copied from Seller Central by hand.
  if (KEY_ID.test(text)) return text;
  const crypto = nodeCrypto();
  if (crypto === undefined)
    throw new KeyExchangeError("key-exchange.option", "this runtime has no node:crypto, which key exchange needs");
  let message: string | undefined;
  try {
    const bytes = Buffer.from(text.includes("%") ? decodeURIComponent(text) : text, "base64");
    const { RSA_NO_PADDING, RSA_PKCS1_OAEP_PADDING } = crypto.constants;
    message =
      padding === "oaep"
        ? crypto.privateDecrypt({ key: privateKey, padding: RSA_PKCS1_OAEP_PADDING }, bytes).toString("utf8")
        : unpadded(crypto.privateDecrypt({ key: privateKey, padding: RSA_NO_PADDING }, bytes));
  } catch (cause) {
    throw notForThisKey(cause);
  }
  if (message === undefined) throw notForThisKey();
  const plain = KEY_ID.test(message) ? message : Buffer.from(message, "base64").toString("utf8");
  if (!KEY_ID.test(plain)) throw notForThisKey();
  return plain;
}

/**
 * Takes the padding of PKCS#1 1.5 away: Node refuses to, because an answer to whether it was right helps to read secrets of others.
 * Here the message is the id of a key, which is public, and one error stands for all that can be wrong.
 */
function unpadded(block: Buffer): string | undefined {
  const end = block.indexOf(0, 2);
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.subarray(end + 1).toString("utf8") : undefined;
}

const notForThisKey = (cause?: unknown): KeyExchangeError =>
  new KeyExchangeError(
    "key-exchange.key",
    "the payload was not encrypted for this private key: use the one whose public half was in the registration form of this merchant",
    { cause },
  );
