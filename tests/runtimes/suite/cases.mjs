/**
 * What `packages/sdk` promises on every runtime. Each case gets the address of the stand-in service and its facts (keys and
 * signatures made by Node), and throws when the promise is broken.
 */
import { AmazonPay, fetchTransport } from "@amazon-pay-kit/sdk";
import { WebStoreClient } from "@amazon-pay-kit/sdk/compat";
import { contentMd5, mwsSignature, MwsReports } from "@amazon-pay-kit/sdk/mws";
import {
  createTestSigner,
  memoryReplayStore,
  notificationHandler,
  verifyNotification,
} from "@amazon-pay-kit/sdk/notifications";
import { OPERATIONS } from "@amazon-pay-kit/sdk/operations";
import {
  canonicalRequest,
  privateKeySigner,
  publicKeyVerifier,
  signRequest,
  stringToSign,
  verifyRequest,
} from "@amazon-pay-kit/sdk/signing";
import { rejects, same } from "./check.mjs";
import { HEADERS, VECTORS } from "./vectors.mjs";

const ALGORITHMS = ["AMZN-PAY-RSASSA-PSS", "AMZN-PAY-RSASSA-PSS-V2"];
const UTF8 = new TextEncoder();
const PRICE = { amount: "10.00", currencyCode: "USD" };
const CHARGE = { chargePermissionId: "S01-0000000-0000000", chargeAmount: PRICE };

const client = ({ baseUrl, facts }, more = {}) =>
  new AmazonPay({ region: "na", publicKeyId: "SANDBOX-AE1", privateKey: facts.pkcs8, baseUrl, ...more });

export const CASES = {
  "canonical requests agree with the published vectors": async () => {
    for (const [method, path, query, hash] of VECTORS) {
      const text = canonicalRequest({ method, path, query, headers: HEADERS });
      same(stringToSign(text, ALGORITHMS[0]), `${ALGORITHMS[0]}\n${hash}`, `${method} ${path}`);
    }
  },

  "signatures made here hold here, and altered ones do not": async ({ facts }) => {
    const verifier = publicKeyVerifier(facts.publicKey);
    for (const algorithm of ALGORITHMS) {
      for (const privateKey of [facts.pkcs8, facts.pkcs1, facts.pkcs8.replaceAll("\n", "\\n")]) {
        const request = { method: "POST", path: "/v2/charges", headers: { ...HEADERS }, body: '{"a":"ü"}' };
        const { headers } = await signRequest(request, { publicKeyId: "SANDBOX-AE1", privateKey, algorithm });
        same((await verifyRequest({ ...request, headers }, verifier)).valid, true);
        same((await verifyRequest({ ...request, headers, body: '{"a":"u"}' }, verifier)).valid, false);
      }
    }
  },

  "signatures made by Node hold here": async ({ facts }) => {
    const verifier = publicKeyVerifier(facts.publicKey);
    for (const algorithm of ALGORITHMS) {
      const signature = Uint8Array.from(atob(facts.signatures[algorithm]), (character) => character.charCodeAt(0));
      same(await verifier.verify(UTF8.encode("payload"), signature, algorithm), true);
      same(await verifier.verify(UTF8.encode("Payload"), signature, algorithm), false);
    }
  },

  "keys that cannot be used are named": async () => {
    for (const [key, code] of [
      ["", "key.missing"],
      ["no key", "key.malformed"],
      ["-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----", "key.encrypted"],
    ]) {
      await rejects((async () => privateKeySigner(key))(), { code });
    }
  },

  "a call is signed, repeated after a failure under one key, and answered": async (context) => {
    const { data, status, requestId, retries } = await client(context).charges.create(CHARGE).withResponse();
    same([data.chargeId, status, requestId, retries], ["S01-0000000-0000000-C000001", 201, "request-1", 1]);
    same(data.sameKeyTwice, true);
  },

  "the same over fetch alone": async (context) => {
    const transport = fetchTransport();
    same(
      (await client(context, { transport }).charges.retrieve("S01-0000000-0000000-C000001")).chargeId,
      "S01-0000000-0000000-C000001",
    );
  },

  "declines, gateways and refused input have their errors": async (context) => {
    const amazonPay = client(context, { maxRetries: 0 });
    await rejects(amazonPay.charges.retrieve("declined"), {
      code: "api.declined",
      status: 422,
      reasonCode: "SoftDeclined",
      requestId: "request-1",
    });
    await rejects(amazonPay.charges.retrieve("gateway"), { code: "api.service", status: 502, reasonCode: null });
    await rejects(amazonPay.charges.create({ chargeAmount: { amount: "1.005", currencyCode: "USD" } }), {
      code: "request.invalid",
    });
  },

  "an abort ends a call, also in a pause": async (context) => {
    for (const path of ["hanging", "failing"]) {
      const controller = new AbortController();
      const call = client(context).charges.retrieve(path, { signal: controller.signal });
      setTimeout(() => controller.abort(new Error("enough")), 30);
      await rejects(call, { code: "request.aborted" });
    }
  },

  "a time limit ends a call": async (context) => {
    await rejects(client(context, { maxRetries: 0 }).charges.retrieve("hanging", { timeoutMs: 50 }), {
      code: "timeout.attempt",
      millis: 50,
    });
  },

  "a packed report is unpacked, and a broken one is not kept": async (context) => {
    const download = await client(context).reportDocuments.download("packed");
    same(await download.text(), "a,b\r\n1,ü\r\n");
    same(download.compression, "gzip");
    await rejects(
      client(context)
        .reportDocuments.download("cut")
        .then((cut) => cut.bytes()),
      { name: "DownloadError" },
    );
  },

  "buttons are signed": async (context) => {
    const payload = {
      storeId: "amzn1.application-oa2-client.x",
      webCheckoutDetails: { checkoutReviewReturnUrl: "https://localhost/" },
    };
    const { payloadJSON, signature, algorithm } = await client(context).button.create(payload);
    const bytes = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0));
    const verifier = publicKeyVerifier(context.facts.publicKey);
    same(await verifier.verify(UTF8.encode(stringToSign(payloadJSON, algorithm)), bytes, algorithm), true);
  },

  "notifications are proved by signature, certificate and window": async () => {
    for (const version of ["1", "2"]) {
      const signer = await createTestSigner({ version });
      const body = await signer.change({ ObjectType: "REFUND", ObjectId: "S01-R" });
      const replayStore = memoryReplayStore();
      same((await verifyNotification(body, { ...signer.trust, replayStore })).objectId, "S01-R");
      await rejects(verifyNotification(body, { ...signer.trust, replayStore }), { code: "notification.repeated" });
      await rejects(verifyNotification(body.replace("S01-R", "S01-S"), signer.trust), {
        code: "notification.wrong-signature",
      });
      await rejects(verifyNotification(body, { ...signer.trust, maxAgeMs: -1 }), {
        code: "notification.outside-window",
      });
      const unknown = await createTestSigner();
      const mixed = { ...signer.trust, ca: unknown.trust.ca };
      await rejects(verifyNotification(body, mixed), { code: "notification.untrusted-certificate" });
    }
  },

  "the handler answers requests": async () => {
    const signer = await createTestSigner();
    const seen = [];
    const handle = notificationHandler({ ...signer.trust, onChange: ({ objectId }) => void seen.push(objectId) });
    const body = await signer.change({ ObjectId: "S01-C" });
    same((await handle(signer.request("https://shop.example/ipn", body))).status, 200);
    same((await handle(new Request("https://shop.example/ipn", { method: "POST", body: "{}" }))).status, 400);
    same((await handle(new Request("https://shop.example/ipn"))).status, 405);
    same(seen, ["S01-C"]);
  },

  "MWS is signed, throttled and checked": async ({ baseUrl }) => {
    const example =
      "GET\nelasticmapreduce.amazonaws.com\n/\nAWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Action=DescribeJobFlows&SignatureMethod=HmacSHA256" +
      "&SignatureVersion=2&Timestamp=2011-10-03T15%3A19%3A30&Version=2009-03-31";
    same(
      await mwsSignature(example, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
      "i91nKc4PWAt0JJIdXwz9HxZCJDdiy6cf/Mj6vPxyYIs=",
    );
    same(contentMd5(UTF8.encode("message digest")), "+WtpfXy3k41SWi8xqvFh0A==");
    const mws = new MwsReports({ region: "na", sellerId: "A1", accessKeyId: "AK", secretKey: "secret", baseUrl });
    const { bytes, verified } = await mws.getReport("1");
    same([bytes.length, verified], [7, true]);
  },

  "compat answers as the official SDK, and signs at once where the runtime can": async ({ baseUrl, facts }) => {
    // The official classes know https only; the stand-in speaks http.
    const web = new WebStoreClient({
      publicKeyId: "SANDBOX-AE1",
      privateKey: facts.pkcs8,
      region: "us",
      fetch: (request) => fetch(new Request(request.url.replace("https://pay-api.amazon.com", baseUrl), request)),
    });
    same((await web.getCharge("S01-0000000-0000000-C000001")).data.chargeId, "S01-0000000-0000000-C000001");
    // Workers have a node:crypto, but not one that signs with parsed keys.
    const native =
      globalThis.process?.getBuiltinModule?.("node:crypto") !== undefined && !("WebSocketPair" in globalThis);
    if (native) same(web.generateButtonSignature({ a: 1 }).length, 344);
    else await rejects((async () => web.generateButtonSignature({ a: 1 }))(), { code: "key.unsupported" });
  },

  "the table of operations is there": async () => {
    same(OPERATIONS.length > 40, true);
  },
};

/** Runs all cases, one after the other. */
export async function runCases(baseUrl) {
  const facts = await (await fetch(`${baseUrl}/_facts`)).json();
  const results = [];
  for (const [name, run] of Object.entries(CASES)) {
    try {
      await run({ baseUrl, facts });
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return results;
}
