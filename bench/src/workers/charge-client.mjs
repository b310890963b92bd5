/** createCharge by one of the clients, or by hand, a given number in flight. */
import { constants, createHash, createPrivateKey, sign } from "node:crypto";
import { Agent, request } from "node:https";
import { createRequire } from "node:module";
import { serveWorks } from "../serve-works.mjs";

const require = createRequire(import.meta.url);
const BODY = {
  chargePermissionId: "S01-5105180-3221187",
  chargeAmount: { amount: "10.00", currencyCode: "USD" },
  captureNow: true,
};

async function kit({ pem, port, ca }) {
  const { AmazonPay } = await import("@amazon-pay-kit/sdk");
  const pay = new AmazonPay({
    region: "na",
    publicKeyId: "SANDBOX-ABC",
    privateKey: pem,
    baseUrl: `https://localhost:${port}`,
    ca,
  });
  return () => pay.charges.create(BODY);
}

async function official({ pem, port, ca }) {
  const { WebStoreClient } = require("@amazonpay/amazon-pay-api-sdk-nodejs");
  // Its override switches verification off, but the certificate is given all the same, so both do the same work; keep-alive is on, as in its default.
  const axios = require("axios");
  axios.defaults.httpsAgent = new Agent({ ca, keepAlive: true });
  const pay = new WebStoreClient({
    publicKeyId: "SANDBOX-ABC",
    privateKey: pem,
    region: "us",
    algorithm: "AMZN-PAY-RSASSA-PSS-V2",
    overrideServiceUrl: `localhost:${port}`,
  });
  let key = 0;
  return () => pay.createCharge(BODY, { "x-amz-pay-idempotency-key": String((key += 1)).padStart(32, "0") });
}

/**
 * The least that a program of one's own could do: one request of `node:https`, two hashes and a signature over texts of the right
 * length. It checks nothing, repeats nothing and names no error.
 */
async function raw({ pem, port, ca }) {
  const agent = new Agent({ ca, keepAlive: true });
  const key = { key: createPrivateKey(pem), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const hash = (text) => createHash("sha256").update(text).digest("hex");
  let serial = 0;
  return () => {
    const body = JSON.stringify(BODY);
    const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
    const headers = {
      accept: "application/json",
      "content-type": "application/json",
      "x-amz-pay-date": date,
      "x-amz-pay-host": `localhost:${port}`,
      "x-amz-pay-idempotency-key": String((serial += 1)).padStart(32, "0"),
      "x-amz-pay-region": "na",
    };
    const names = Object.keys(headers).join(";");
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    const canonical = `POST\n/v2/charges\n\n${lines.join("")}\n${names}\n${hash(body)}`;
    const text = Buffer.from(`AMZN-PAY-RSASSA-PSS-V2\n${hash(canonical)}`);
    const signature = sign("sha256", text, key).toString("base64");
    headers.authorization = `AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-ABC, SignedHeaders=${names}, Signature=${signature}`;
    headers["content-length"] = Buffer.byteLength(body);
    return new Promise((resolve, reject) => {
      const asked = request(
        { host: "localhost", port, path: "/v2/charges", method: "POST", headers, agent },
        (response) => {
          const pieces = [];
          response.on("data", (piece) => pieces.push(piece));
          response.on("error", reject);
          response.on("end", () => {
            if (response.statusCode >= 300) reject(new Error(`status ${response.statusCode}`));
            else resolve(JSON.parse(Buffer.concat(pieces).toString()));
          });
        },
      );
      asked.on("error", reject);
      asked.end(body);
    });
  };
}

const CALLERS = { kit, official, raw };

async function hammer(call, inFlight, count) {
  let left = count;
  const shard = async () => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, shard));
}

let call;
serveWorks({
  async start({ kind, ...server }) {
    call = await CALLERS[kind](server);
  },
  hammer: ({ inFlight, count }) => hammer(call, inFlight, count),
});
