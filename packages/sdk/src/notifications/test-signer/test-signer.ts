import type { Clock } from "../../clock/clock.ts";
import { systemClock } from "../../clock/system.ts";
import { uuid } from "../../random/draws.ts";
import type { Random } from "../../random/random.ts";
import { systemRandom } from "../../random/system.ts";
import type { TrustOptions } from "../certificate/check.ts";
import { pemOf } from "../certificate/pem.ts";
import type { UnsignedEnvelope } from "../envelope/envelope.ts";
import { type SignatureVersion, signEnvelope } from "../envelope/signature.ts";
import { issueCertificate } from "./issue.ts";

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
const CERTIFICATE_URL = `https://${HOST}/signer.pem`;
const YEAR = 365 * 86_400_000;

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
    JSON.stringify(await signEnvelope(envelope, { pkcs8, certificateUrl: CERTIFICATE_URL, version }));
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
