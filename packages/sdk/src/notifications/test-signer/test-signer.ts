import type { Clock } from "../../clock/clock.ts";
import { systemClock } from "../../clock/system.ts";
import { uuid } from "../../random/draws.ts";
import type { Random } from "../../random/random.ts";
import { systemRandom } from "../../random/system.ts";
import type { TrustOptions } from "../certificate/check.ts";
import { TAG } from "../certificate/der.ts";
import { CA_ISSUERS, COMMON_NAME, EXTENSION } from "../certificate/oids.ts";
import { pemOf } from "../certificate/pem.ts";
import type { UnsignedEnvelope } from "../envelope/envelope.ts";
import { type SignatureVersion, signEnvelope } from "../envelope/signature.ts";

const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

/** One element with that content. */
function element(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const bytes = joined(content);
  return Uint8Array.from([tag, ...lengthBytes(bytes.length), ...bytes]);
}

const sequenceOf = (...parts: readonly Uint8Array[]): Uint8Array => element(TAG.sequence, ...parts);

/** An INTEGER of these bytes, high octet first, taken as positive. */
function integerOf(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Uint8Array.of(0) : bytes.subarray(start);
  return element(TAG.integer, ...((digits[0] ?? 0) >= 0x80 ? [Uint8Array.of(0)] : []), digits);
}

const bitStringOf = (bytes: Uint8Array): Uint8Array => element(TAG.bitString, Uint8Array.of(0), bytes);

/** An object identifier from its dotted form. */
function oid(dotted: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const groups = [top * 40 + second, ...rest].flatMap((arc) => {
    const bytes = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left % 128) + 128);
    return bytes;
  });
  return element(TAG.oid, Uint8Array.from(groups));
}

/** A GeneralizedTime, or before 2050 a UTCTime, as RFC 5280 4.1.2.5 asks for. */
function timeElement(time: number): Uint8Array {
  const text = `${new Date(time).toISOString().replaceAll(/[-T:]|\..*/g, "")}Z`;
  const bytes = new TextEncoder().encode(new Date(time).getUTCFullYear() < 2050 ? text.slice(2) : text);
  return element(bytes.length === 13 ? TAG.utcTime : TAG.generalizedTime, bytes);
}

type WebKey = Parameters<typeof crypto.subtle.sign>[1];

/** What a certificate is to say. */
export interface CertificateRequest {
  readonly subject: string;
  readonly issuer: string;
  /** The key to be certified, as SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly serial: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Whether it may issue others. */
  readonly authority: boolean;
  readonly dnsNames: readonly string[];
  /** Where the issuer's certificate lies. Default: not said. */
  readonly issuerUrl?: string;
}

const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
const DNS_NAME = 0x82;
const URI = 0x86;
// Functions, so that a bundle which signs nothing has none of this.
const version3 = (): Uint8Array => element(0xa0, integerOf(Uint8Array.of(2)));
const yes = (): Uint8Array => element(TAG.boolean, Uint8Array.of(0xff));

const nameOf = (text: string): Uint8Array =>
  sequenceOf(element(TAG.set, sequenceOf(oid(COMMON_NAME), element(TAG.utf8String, new TextEncoder().encode(text)))));

const critical = (id: string, value: Uint8Array): Uint8Array =>
  sequenceOf(oid(id), yes(), element(TAG.octetString, value));

const plain = (id: string, value: Uint8Array): Uint8Array => sequenceOf(oid(id), element(TAG.octetString, value));

function extensionsOf({ authority, dnsNames, issuerUrl }: CertificateRequest): Uint8Array {
  // Bits of the key usage: 0 is digitalSignature, 5 is keyCertSign; the first octet counts the unused bits.
  const usage = element(TAG.bitString, authority ? Uint8Array.of(2, 0x04) : Uint8Array.of(7, 0x80));
  const text = new TextEncoder();
  const names = dnsNames.map((name) => element(DNS_NAME, text.encode(name)));
  const optional = [
    ...(names.length === 0 ? [] : [plain(EXTENSION.subjectAlternativeName, sequenceOf(...names))]),
    ...(issuerUrl === undefined
      ? []
      : [
          plain(
            EXTENSION.authorityInformationAccess,
            sequenceOf(sequenceOf(oid(CA_ISSUERS), element(URI, text.encode(issuerUrl)))),
          ),
        ]),
  ];
  return element(
    0xa3,
    sequenceOf(
      critical(EXTENSION.basicConstraints, authority ? sequenceOf(yes()) : sequenceOf()),
      critical(EXTENSION.keyUsage, usage),
      ...optional,
    ),
  );
}

/** WebCrypto's two numbers of 32 bytes as the two DER integers of a certificate. */
const ecdsaSignature = (raw: Uint8Array): Uint8Array =>
  sequenceOf(integerOf(raw.subarray(0, 32)), integerOf(raw.subarray(32)));

/** Issues a certificate with an authority's key on the curve P-256. For tests: no real authority works like that. */
export async function issueCertificate(request: CertificateRequest, authorityKey: WebKey): Promise<Uint8Array> {
  const algorithm = sequenceOf(oid(ECDSA_WITH_SHA256));
  const signedPart = sequenceOf(
    version3(),
    integerOf(request.serial),
    algorithm,
    nameOf(request.issuer),
    sequenceOf(timeElement(request.notBefore), timeElement(request.notAfter)),
    nameOf(request.subject),
    request.spki,
    extensionsOf(request),
  );
  const raw = await globalThis.crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    authorityKey,
    new Uint8Array(signedPart),
  );
  return sequenceOf(signedPart, algorithm, bitStringOf(ecdsaSignature(new Uint8Array(raw))));
}

/** How a test signer signs. */
export interface TestSignerOptions {
  /** Default `1`, as Amazon Pay's topics have it. */
  readonly version?: SignatureVersion;
  /** Default: the ARN of a made-up topic in the account of Amazon Pay. */
  readonly topicArn?: string;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Makes the message ids. The keys always come from the machine's own source. */
  readonly random?: Random;
}

/** The message of Amazon Pay in a test notification; members that are left out get a made-up value. */
export interface TestMessage {
  /** Seller id. Default: a made-up one. */
  readonly MerchantID?: string;
  /** Kind of object. Default: `CHARGE`. */
  readonly ObjectType?: string;
  /** Id of the object that changed. Default: a made-up one. */
  readonly ObjectId?: string;
  /** Permission that the object belongs to. Default: a made-up one. */
  readonly ChargePermissionId?: string;
  /** What changed. Default: `STATE_CHANGE`. */
  readonly NotificationType?: string;
  /** Unique for the message. Default: a new one. */
  readonly NotificationId?: string;
  /** Default: `V2`. */
  readonly NotificationVersion?: string;
}

/** Signs notifications for your own tests, with an authority that only the test trusts. */
export interface NotificationTestSigner {
  /** Spread into the options of `verifyNotification` or of a handler, to trust this signer and nobody else besides SNS. */
  readonly trust: Required<Pick<TrustOptions, "trustedHosts" | "ca" | "certificates">>;
  /** The body of a delivery that tells of a change. */
  change(message?: TestMessage, envelope?: Partial<UnsignedEnvelope>): Promise<string>;
  /** The body of a delivery that asks to confirm a subscription. */
  subscription(envelope?: Partial<UnsignedEnvelope>): Promise<string>;
  /** A whole request with such a body, headers included, as SNS posts it. */
  request(url: string, body: string): Request;
}

const HOST = "notifications.test";
const YEAR = 31_536_000_000;

async function makeKeys(now: number, random: Random) {
  const { subtle } = globalThis.crypto;
  const authority = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const signer = await subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    },
    true,
    ["sign", "verify"],
  );
  const common = { issuer: "Test authority", notBefore: now - YEAR, notAfter: now + YEAR };
  const ca = await issueCertificate(
    {
      ...common,
      subject: "Test authority",
      spki: new Uint8Array(await subtle.exportKey("spki", authority.publicKey)),
      serial: random.bytes(16),
      authority: true,
      dnsNames: [],
    },
    authority.privateKey,
  );
  const certificate = await issueCertificate(
    {
      ...common,
      subject: HOST,
      spki: new Uint8Array(await subtle.exportKey("spki", signer.publicKey)),
      serial: random.bytes(16),
      authority: false,
      dnsNames: [HOST],
    },
    authority.privateKey,
  );
  const pkcs8 = new Uint8Array(await subtle.exportKey("pkcs8", signer.privateKey));
  return { ca: pemOf(ca), certificate: pemOf(certificate), pkcs8 };
}

/**
 * Makes a signer for tests: new keys, its own authority, valid for a year either way. Takes about half a second.
 *
 * @example
 * const signer = await createTestSigner();
 * const handle = notificationHandler({ ...signer.trust, onChange });
 * const body = await signer.change({ ObjectType: "CHARGE", ObjectId: "S01-5105180-3221187-C056351" });
 * expect((await handle(signer.request("https://shop.example/ipn", body))).status).toBe(200);
 */
export async function createTestSigner(options: TestSignerOptions = {}): Promise<NotificationTestSigner> {
  const { clock = systemClock, random = systemRandom, version = "1" } = options;
  const { ca, certificate, pkcs8 } = await makeKeys(clock.now(), random);
  const sign = async (envelope: UnsignedEnvelope): Promise<string> =>
    JSON.stringify(await signEnvelope(envelope, { pkcs8, certificateUrl: `https://${HOST}/signer.pem`, version }));
  const common = () => ({
    MessageId: uuid(random),
    TopicArn: options.topicArn ?? "arn:aws:sns:us-east-1:291180941288:TestTopic",
    Timestamp: new Date(clock.now()).toISOString(),
  });
  return {
    trust: { trustedHosts: [HOST], ca, certificates: async () => certificate },
    change: (message = {}, envelope = {}) =>
      sign({
        Type: "Notification",
        ...common(),
        Message: JSON.stringify({
          MerchantID: "A1TESTMERCHANT",
          ObjectType: "CHARGE",
          ObjectId: "S01-0000000-0000000-C000000",
          ChargePermissionId: "S01-0000000-0000000",
          NotificationType: "STATE_CHANGE",
          NotificationId: uuid(random),
          NotificationVersion: "V2",
          ...message,
        }),
        ...envelope,
      }),
    subscription: (envelope = {}) =>
      sign({
        Type: "SubscriptionConfirmation",
        ...common(),
        Message: "You have chosen to subscribe to the topic.",
        Token: "0".repeat(64),
        SubscribeURL: `https://${HOST}/subscribe`,
        ...envelope,
      }),
    request: (url, body) => {
      const { Type, MessageId, TopicArn } = JSON.parse(body) as UnsignedEnvelope;
      const headers = {
        "content-type": "text/plain; charset=UTF-8",
        "user-agent": "Amazon Simple Notification Service Agent",
        "x-amz-sns-message-type": Type,
        "x-amz-sns-message-id": MessageId,
        "x-amz-sns-topic-arn": TopicArn,
      };
      return new Request(url, { method: "POST", headers, body });
    },
  };
}
