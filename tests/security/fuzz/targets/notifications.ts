import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { AmazonPayError } from "../../../../packages/sdk/src/errors/amazon-pay-error.ts";
import { readCertificate } from "../../../../packages/sdk/src/notifications/certificate/certificate.ts";
import { readElements } from "../../../../packages/sdk/src/notifications/certificate/der.ts";
import { pemOf, readCertificates } from "../../../../packages/sdk/src/notifications/certificate/pem.ts";
import { notificationText } from "../../../../packages/sdk/src/notifications/envelope/notification-text.ts";
import { readEnvelope } from "../../../../packages/sdk/src/notifications/envelope/read-envelope.ts";
import { notificationOf } from "../../../../packages/sdk/src/notifications/event.ts";
import { verifyNotification } from "../../../../packages/sdk/src/notifications/verify.ts";
import type { Target } from "../target.ts";
import { isOf, must, mustEqual, utf8 } from "./parts.ts";

const BODY = {
  Type: "Notification",
  MessageId: "2b1b7c3e-0000-4000-8000-000000000001",
  TopicArn: "arn:aws:sns:us-east-1:291180941288:A3BXB0YN3XH17HA1B2C3D4E5F6G7",
  Message: '{"MerchantID":"A1","ObjectType":"CHARGE","ObjectId":"S01-1-1-C1","NotificationType":"STATE_CHANGE"}',
  Timestamp: "2026-01-05T00:00:00.000Z",
  SignatureVersion: "1",
  Signature: "AAAA",
  SigningCertURL: "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
  UnsubscribeURL: "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
};
const ENVELOPE = utf8(JSON.stringify(BODY));
const SUBSCRIPTION = utf8(
  JSON.stringify({
    ...BODY,
    Type: "SubscriptionConfirmation",
    Message: "You have chosen to subscribe",
    Token: "abc",
    SubscribeURL: "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription",
    UnsubscribeURL: undefined,
  }),
);

/** The certificates of Amazon's roots in their binary form, and as the text of a certificate file. */
const ROOTS = rootCertificates
  .map((pem) => new X509Certificate(pem))
  .filter(({ subject }) => /Amazon Root CA|Starfield Services/.test(subject))
  .map(({ raw }) => Uint8Array.from(raw));
const ROOTS_PEM = ROOTS.map((der) => pemOf(der)).join("");

/** Nothing is looser than node:crypto, and what was read is written as it was. */
function certificateOf(der: Uint8Array): void {
  const certificate = readCertificate(der);
  let known;
  try {
    known = new X509Certificate(der);
  } catch {
    must("node:crypto reads what is read here", false);
    return;
  }
  mustEqual(
    "dates",
    [known.validFrom, known.validTo].map((date) => Date.parse(date)),
    [Math.floor(certificate.notBefore / 1000) * 1000, Math.floor(certificate.notAfter / 1000) * 1000],
  );
  const [again] = readCertificates(pemOf(der));
  mustEqual("as PEM and back", [...again.encoded], [...der]);
}

export const NOTIFICATION_TARGETS: readonly Target[] = [
  {
    name: "notification",
    seeds: [ENVELOPE, SUBSCRIPTION],
    refusesSeeds: "the key of this certificate has signed no notification",
    read: (bytes) => verifyNotification(bytes, { certificates: async () => ROOTS_PEM, maxAgeMs: 1e15 }),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "envelope",
    seeds: [ENVELOPE, SUBSCRIPTION],
    read: async (bytes) => {
      const envelope = readEnvelope(bytes);
      const signed = notificationText(envelope);
      mustEqual("read as text", readEnvelope(Buffer.from(bytes).toString("utf8")), envelope);
      mustEqual("written and read", readEnvelope(JSON.stringify(envelope)), envelope);
      must("what is signed has the message", signed.includes(envelope.Message));
      return notificationOf(envelope);
    },
    refuses: isOf(AmazonPayError),
  },
  {
    name: "certificate",
    seeds: [utf8(ROOTS_PEM), ...ROOTS],
    read: async (bytes) => {
      for (const { encoded } of readCertificates(bytes)) certificateOf(Uint8Array.from(encoded));
    },
    refuses: isOf(AmazonPayError),
  },
  {
    name: "certificate-der",
    seeds: ROOTS,
    read: async (bytes) => certificateOf(bytes),
    refuses: isOf(AmazonPayError),
  },
  {
    name: "der",
    seeds: ROOTS,
    read: async (bytes) => readElements(bytes),
    refuses: isOf(AmazonPayError),
  },
];
