import { beforeAll, describe, expect, it } from "vitest";
import { manualClock } from "../clock/manual.ts";
import { type Issued, issue } from "./conformance/issued.ts";
import type { UnsignedEnvelope } from "./envelope/envelope.ts";
import { notificationText } from "./envelope/notification-text.ts";
import { signEnvelope, type SignatureVersion } from "./envelope/signature.ts";
import { memoryReplayStore } from "./replay/memory.ts";
import { verifyNotification, type VerifyOptions } from "./verify.ts";

const NOW = Date.parse("2026-06-01T12:00:00Z");
const HOST = "127.0.0.1:8543";
const CERTIFICATE_URL = `https://${HOST}/sns/SimpleNotificationService-1.pem`;

const envelope: UnsignedEnvelope = {
  Type: "Notification",
  MessageId: "6d7d23b6-d741-57f7-9ec3-77755310ebf2",
  TopicArn: "arn:aws:sns:eu-west-1:291180941288:A1G8446IYHA4MRA29VRQM4GSQN44",
  Message: JSON.stringify({
    MerchantID: "A3URCZVLDMDI45",
    ObjectType: "CHARGE",
    ObjectId: "S01-5105180-3221187-C056351",
    ChargePermissionId: "S01-5105180-3221187",
    NotificationType: "STATE_CHANGE",
    NotificationId: "d0ba7a41-7b4c-4e8b-8f4b-6f3f9ed3a8a1",
    NotificationVersion: "V2",
  }),
  Timestamp: "2026-06-01T11:59:58.123Z",
};

let root: Issued;
let signer: Issued;
beforeAll(async () => {
  root = await issue({ authority: true, name: "Own authority" });
  signer = await issue({ dnsNames: [], addresses: ["127.0.0.1"] }, root);
});

const signed = async (changes: Partial<UnsignedEnvelope> = {}, version: SignatureVersion = "1", key = signer) =>
  signEnvelope({ ...envelope, ...changes }, { pkcs8: key.pkcs8, certificateUrl: CERTIFICATE_URL, version });

const options = (more: VerifyOptions = {}): VerifyOptions => ({
  trustedHosts: [HOST],
  ca: root.pem,
  certificates: async () => signer.pem,
  clock: manualClock(NOW),
  ...more,
});

const refuses = async (body: Parameters<typeof verifyNotification>[0], code: string, more: VerifyOptions = {}) =>
  expect(verifyNotification(body, options(more))).rejects.toMatchObject({ name: "NotificationError", code });

describe("options and bodies that are not what they should be", () => {
  it.each<[string, object | null, RegExp]>([
    ["one merchant as text", { merchantIds: "A3URCZVLDMDI45X" }, /`merchantIds` must be a list of texts/],
    ["one host as text", { trustedHosts: `x${HOST}` }, /`trustedHosts` must be a list of texts/],
    ["one topic as text", { topics: "2911809412881" }, /`topics` must be a list of texts/],
    ["a list of numbers", { topics: [291180941288] }, /`topics` must be a list of texts/],
    ["a misspelt condition", { merchantId: ["A1"] }, /unknown option `merchantId`: known are topics, merchantIds/],
    ["a version as number", { signatureVersions: [2] }, /`signatureVersions` must be a list of texts/],
    ["an age in words", { maxAgeMs: "1h" }, /`maxAgeMs` must be a number of milliseconds/],
    ["a Set as store", { replayStore: new Set() }, /`replayStore` must be a replay store/],
    ["a clock without a time", { clock: {} }, /`clock` must be a clock/],
    ["a certificate instead of its source", { certificates: "-----BEGIN" }, /`certificates` must be a function/],
    ["another chain", { chain: "none" }, /`chain` must be "anchored" or "https"/],
  ])("%s is refused, before anything is believed", async (_, more, words) => {
    const given = verifyNotification(JSON.stringify(await signed()), options(more as VerifyOptions));
    await expect(given).rejects.toMatchObject({
      code: "notification.bad-option",
      message: expect.stringMatching(words),
    });
  });

  it("null instead of options is refused", async () => {
    const given = verifyNotification(JSON.stringify(await signed()), null as never);
    await expect(given).rejects.toMatchObject({ code: "notification.bad-option" });
  });

  it("a byte order mark and an ArrayBuffer do no harm", async () => {
    const text = JSON.stringify(await signed());
    const bytes = new TextEncoder().encode(`\uFEFF${text}`);
    for (const body of [`\uFEFF${text}`, bytes, bytes.buffer])
      expect(await verifyNotification(body, options())).toMatchObject({ type: "Notification" });
  });

  it("usual mistakes are named", async () => {
    const text = JSON.stringify(await signed());
    const base64 = Buffer.from(text).toString("base64");
    const pretty = Buffer.from(JSON.stringify(JSON.parse(text), null, 2)).toString("base64");
    const wrong: readonly (readonly [unknown, string])[] = [
      [base64, "it is base64: decode it"],
      [pretty, "it is base64: decode it"],
      [JSON.stringify(text), "do not stringify it again"],
      [Promise.resolve(text), "it is a Promise: await it"],
      [new Request("https://shop.example/ipn", { method: "POST", body: text }), "it is a Request"],
      [undefined, "there is none"],
      [null, "there is none"],
      ["", "it is empty"],
      [" \n", "it is empty"],
      ["[object Object]", "turned into a text"],
      ["<html>", "not JSON in UTF-8"],
      [5, "it is no JSON object"],
    ];
    for (const [body, words] of wrong)
      await expect(verifyNotification(body as never, options()), words).rejects.toMatchObject({
        code: "notification.unreadable-envelope",
        message: expect.stringContaining(words) as string,
      });
  });
});

describe("verifyNotification", () => {
  it("refuses a message altered in any member", async () => {
    const good = await signed({ Subject: "Amazon Pay" });
    const changes = {
      Message: good.Message.replace("C056351", "C056352"),
      MessageId: "6d7d23b6-d741-57f7-9ec3-77755310ebf3",
      Subject: "amazon pay",
      Timestamp: "2026-06-01T11:59:58.124Z",
      TopicArn: good.TopicArn.replace("eu-west-1", "eu-west-2"),
      Signature: good.Signature.replace(/^./, (first) => (first === "A" ? "B" : "A")),
    };
    for (const [name, value] of Object.entries(changes)) {
      await refuses({ ...good, [name]: value }, "notification.wrong-signature");
    }
    await refuses({ ...good, SignatureVersion: "2" }, "notification.wrong-signature");
    await refuses({ ...good, SignatureVersion: "3" }, "notification.wrong-signature");
    await refuses({ ...good, Subject: undefined as never }, "notification.unreadable-envelope");
  });

  it("refuses borders between members that were moved within the signed text", async () => {
    const tail = "\nMessageId\nx\nTimestamp\n2026-06-01T11:59:58.123Z";
    const good = await signed({ Message: `{}${tail}\nTopicArn\narn:aws:sns:eu-west-1:291180941288:Other` });
    const [, rest = ""] = good.Message.split("{}\nMessageId\n");
    const moved = { ...good, Message: "{}", MessageId: `${rest}\nMessageId\n${good.MessageId}` };
    expect(notificationText(moved)).toBe(notificationText(good));
    await refuses(moved, "notification.unreadable-envelope");
  });

  it("refuses the signature of another key and a certificate for another name", async () => {
    const unknown = await issue({ dnsNames: [], addresses: ["127.0.0.1"], bits: 3072 });
    await refuses(await signed({}, "1", unknown), "notification.wrong-signature");
    await refuses(await signed({}, "1", unknown), "notification.untrusted-certificate", {
      certificates: async () => unknown.pem,
    });
    const elsewhere = await issue({ dnsNames: ["example.com"] }, root);
    await refuses(await signed(), "notification.untrusted-certificate", { certificates: async () => elsewhere.pem });
  });

  it("refuses an expired certificate, however good the rest", async () => {
    const expired = await issue(
      { dnsNames: [], addresses: ["127.0.0.1"], notAfter: new Date("2026-06-01T11:59:59Z") },
      root,
    );
    await refuses(await signed(), "notification.untrusted-certificate", { certificates: async () => expired.pem });
  });

  it("refuses addresses of certificates that SNS does not use, before fetching anything", async () => {
    const addresses = [
      "http://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
      "https://sns.us-east-1.amazonaws.com.example.com/SimpleNotificationService-1.pem",
      "https://example.com/sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
      "https://sns.us-east-1.amazonaws.com:444/SimpleNotificationService-1.pem",
      "https://sns.us-east-1.amazonaws.com/?Action=GetEndpoint&x=SimpleNotificationService-1.pem",
      "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem?Action=ListTopics",
      "https://sns.us-east-1.amazonaws.com/other.pem",
      "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.crt",
      "https://me@sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
      "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem#a",
      "https://127.0.0.1:8544/SimpleNotificationService-1.pem",
      "https://127.0.0.1:8543/certificate",
      "nonsense",
    ];
    const good = await signed();
    for (const address of addresses) {
      let fetched = false;
      const certificates = async () => {
        fetched = true;
        return signer.pem;
      };
      const changed = { ...good, SigningCertURL: address };
      await expect(verifyNotification(changed, options({ certificates })), address).rejects.toMatchObject({
        code: "notification.untrusted-url",
      });
      expect(fetched, address).toBe(false);
    }
  });

  it("does not let an own authority vouch for SNS", async () => {
    const forSns = await issue({ dnsNames: ["sns.amazonaws.com"] }, root);
    const body = await signEnvelope(envelope, {
      pkcs8: forSns.pkcs8,
      certificateUrl: "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    });
    await refuses(body, "notification.untrusted-certificate", { certificates: async () => forSns.pem });
    const accepted = options({ certificates: async () => forSns.pem, chain: "https" });
    expect((await verifyNotification(body, accepted)).type).toBe("Notification");
  });

  it("asks for an authority where a host is trusted without one", async () => {
    const body = await signed();
    const { ca: _none, ...without } = options();
    await expect(verifyNotification(body, without)).rejects.toMatchObject({ code: "notification.bad-option" });
  });

  it("refuses messages outside the window, to the millisecond", async () => {
    const at = (time: number) => signed({ Timestamp: new Date(time).toISOString() });
    const hour = 3_600_000;
    const oldest = NOW - 14 * 24 * hour - hour;
    await refuses(await at(oldest - 1), "notification.outside-window");
    await verifyNotification(await at(oldest), options());
    await refuses(await at(NOW + 300_001), "notification.outside-window");
    await verifyNotification(await at(NOW + 300_000), options());
    await refuses(await at(NOW - 1001), "notification.outside-window", { maxAgeMs: 1000 });
    await refuses(await at(NOW + 1), "notification.outside-window", { maxSkewMs: 0 });
  });

  it("refuses topics, merchants and signature versions that were not asked for", async () => {
    const body = await signed();
    await refuses(body, "notification.not-for-you", { topics: ["123456789012"] });
    await refuses(body, "notification.not-for-you", { topics: [] });
    await refuses(body, "notification.not-for-you", { merchantIds: ["A1"] });
    await refuses(body, "notification.wrong-signature", { signatureVersions: ["2"] });
    const wanted = { topics: ["291180941288"], merchantIds: ["A3URCZVLDMDI45"], signatureVersions: ["1"] as const };
    await verifyNotification(body, options(wanted));
    await verifyNotification(body, options({ topics: [envelope.TopicArn] }));
  });

  it("refuses a message that was seen before", async () => {
    const replayStore = memoryReplayStore();
    const body = await signed();
    await verifyNotification(body, options({ replayStore }));
    await refuses(body, "notification.repeated", { replayStore });
    await verifyNotification(await signed({ MessageId: "other" }), options({ replayStore }));
  });

  it("does not let a forged message use up a message's id", async () => {
    const replayStore = memoryReplayStore();
    const body = await signed();
    await refuses({ ...body, Message: "{}" }, "notification.wrong-signature", { replayStore });
    expect((await verifyNotification(body, options({ replayStore }))).messageId).toBe(body.MessageId);
  });

  it("refuses genuine messages that are not of API v2", async () => {
    const legacy = JSON.stringify({ NotificationData: "<xml/>", SellerId: "A1" });
    for (const Message of ["", "no JSON", "[]", "{}", '{"MerchantID":1}', legacy]) {
      const expected = Message === "" ? "notification.unreadable-envelope" : "notification.unreadable-message";
      await refuses(await signed({ Message }), expected);
    }
    await expect(verifyNotification(await signed({ Message: legacy }), options())).rejects.toThrowError(/before v2/);
  });

  it("reads text, bytes and parsed bodies, both signature versions, and keeps unknown members", async () => {
    const Message = JSON.stringify({ ...(JSON.parse(envelope.Message) as object), ObjectType: "NEW_KIND", Extra: 1 });
    for (const version of ["1", "2"] as const) {
      const body = await signed({ Message }, version);
      const text = JSON.stringify(body);
      for (const form of [text, new TextEncoder().encode(text), Buffer.from(text), { ...body }]) {
        expect(await verifyNotification(form, options())).toEqual({
          type: "Notification",
          messageId: envelope.MessageId,
          topicArn: envelope.TopicArn,
          sentAt: envelope.Timestamp,
          merchantId: "A3URCZVLDMDI45",
          objectType: "NEW_KIND",
          objectId: "S01-5105180-3221187-C056351",
          chargePermissionId: "S01-5105180-3221187",
          notificationType: "STATE_CHANGE",
          notificationId: "d0ba7a41-7b4c-4e8b-8f4b-6f3f9ed3a8a1",
          notificationVersion: "V2",
          raw: JSON.parse(Message) as object,
        });
      }
    }
  });

  it("reads the members in lower camel case as well", async () => {
    const Message = '{"merchantID":"M","objectType":"REFUND","objectId":"S01-R1","notificationType":"STATE_CHANGE"}';
    expect(await verifyNotification(await signed({ Message }), options())).toMatchObject({
      merchantId: "M",
      objectType: "REFUND",
      objectId: "S01-R1",
      chargePermissionId: null,
      notificationId: null,
    });
  });

  it("reads confirmations, with the address inside the signature", async () => {
    const request = await signed({
      Type: "SubscriptionConfirmation",
      Message: "You have chosen …",
      Token: "2336412f37",
      SubscribeURL: "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription",
    });
    expect(await verifyNotification(request, options())).toMatchObject({
      type: "SubscriptionConfirmation",
      token: "2336412f37",
      subscribeUrl: "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription",
    });
    await refuses({ ...request, SubscribeURL: "https://example.com/" }, "notification.wrong-signature");
    await refuses({ ...request, Type: "UnsubscribeConfirmation" }, "notification.wrong-signature");
    await refuses({ ...request, Type: "Notification" }, "notification.wrong-signature");
    const { Token: _none, ...without } = request;
    await refuses(without, "notification.unreadable-envelope");
  });
});
