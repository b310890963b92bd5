import { isAsLongAsKey } from "../../keys/signature-length.ts";
import { fromBase64, toBase64 } from "../../base64.ts";
import { NotificationError } from "../errors.ts";
import type { SnsEnvelope, UnsignedEnvelope } from "./envelope.ts";
import { notificationText } from "./notification-text.ts";

/** Signature versions of SNS and the hash that each stands for. Both are RSA with PKCS#1 v1.5 padding. */
const SIGNATURE_VERSIONS = { "1": "SHA-1", "2": "SHA-256" } as const;

/** `1`: SHA-1, what Amazon Pay's topics send; `2`: SHA-256. */
export type SignatureVersion = keyof typeof SIGNATURE_VERSIONS;

/** Whether there is such a version. */
const isSignatureVersion = (text: string): text is SignatureVersion => Object.hasOwn(SIGNATURE_VERSIONS, text);

const algorithm = (version: SignatureVersion) => ({
  name: "RSASSA-PKCS1-v1_5",
  hash: SIGNATURE_VERSIONS[version],
});

const textBytes = (envelope: UnsignedEnvelope): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(notificationText(envelope)));

/**
 * Checks an envelope's signature with the public key of its certificate.
 *
 * @param spki the key as SubjectPublicKeyInfo
 * @throws NotificationError `notification.wrong-signature`
 */
export async function checkSignature(envelope: SnsEnvelope, spki: Uint8Array): Promise<void> {
  const version = envelope.SignatureVersion;
  if (!isSignatureVersion(version)) throw wrong(`signature version ${version} is not known`);
  const signature = fromBase64(envelope.Signature);
  if (signature === undefined) throw wrong("it is not base64");
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey("spki", new Uint8Array(spki), algorithm(version), false, ["verify"]);
  const fits =
    isAsLongAsKey(signature, key) &&
    (await subtle.verify(algorithm(version), key, new Uint8Array(signature), textBytes(envelope)));
  if (!fits) throw wrong("it was made over another text or with another key");
}

function wrong(why: string): NotificationError {
  return new NotificationError(
    "notification.wrong-signature",
    `the signature of the notification does not hold: ${why}. If your server changes bodies before they reach this ` +
      "function, hand over the body as it came.",
  );
}

/** What {@link signEnvelope} signs with. */
export interface EnvelopeKey {
  /** An RSA key in PKCS#8. */
  readonly pkcs8: Uint8Array;
  /** Where the certificate of that key lies. */
  readonly certificateUrl: string;
  /** Default `1`, as Amazon Pay's topics have it. */
  readonly version?: SignatureVersion;
}

/**
 * Signs an envelope the way SNS does. For test signers and for the sandbox.
 *
 * @example
 * const body = JSON.stringify(await signEnvelope(envelope, { pkcs8, certificateUrl: "https://localhost:8543/sns.pem" }));
 */
export async function signEnvelope(envelope: UnsignedEnvelope, key: EnvelopeKey): Promise<SnsEnvelope> {
  const version = key.version ?? "1";
  const { subtle } = globalThis.crypto;
  const imported = await subtle.importKey("pkcs8", new Uint8Array(key.pkcs8), algorithm(version), false, ["sign"]);
  const signature = new Uint8Array(await subtle.sign(algorithm(version), imported, textBytes(envelope)));
  return {
    ...envelope,
    SignatureVersion: version,
    Signature: toBase64(signature),
    SigningCertURL: key.certificateUrl,
  };
}
