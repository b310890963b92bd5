/** createCharge by one of the two clients, a given number in flight. */
import { createRequire } from "node:module";
import { Agent } from "node:https";
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
    call = await (kind === "kit" ? kit : official)(server);
  },
  hammer: ({ inFlight, count }) => hammer(call, inFlight, count),
});
