/** An ESM project on Node: every entry point loads, and a client signs a call. */
import { AmazonPay, ApiError, VERSION } from "@amazon-pay-kit/sdk";
import * as clock from "@amazon-pay-kit/sdk/clock";
import compat, { WebStoreClient } from "@amazon-pay-kit/sdk/compat";
import { MwsReports } from "@amazon-pay-kit/sdk/mws";
import { verifyNotification } from "@amazon-pay-kit/sdk/notifications";
import { OPERATIONS } from "@amazon-pay-kit/sdk/operations";
import * as random from "@amazon-pay-kit/sdk/random";
import { canonicalRequest } from "@amazon-pay-kit/sdk/signing";
import { check, privateKey } from "../check.mjs";

const sent = [];
const client = new AmazonPay({
  region: "eu",
  publicKeyId: "SANDBOX-AE1",
  privateKey,
  fetch: async (request) => {
    sent.push(request);
    return Response.json({ chargeId: "S01-0000000-0000000-C000000" });
  },
});
const charge = await client.charges.retrieve("S01-0000000-0000000-C000000");
check(charge.chargeId === "S01-0000000-0000000-C000000", "the answer arrives");
check(
  sent[0].headers.get("authorization").startsWith("AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=SANDBOX-AE1"),
  "it is signed",
);
check(ApiError.prototype instanceof Error && /^\d+\.\d+\.\d+$/.test(VERSION), "names are exported");
check(compat.WebStoreClient === WebStoreClient, "compat has a default export as well");
for (const value of [
  MwsReports,
  verifyNotification,
  canonicalRequest,
  clock.systemClock,
  random.systemRandom,
  OPERATIONS,
]) {
  check(value !== undefined, "every entry point loads");
}

// What is not an entry point is private.
await import("@amazon-pay-kit/sdk/dist/client/requester.js").then(
  () => check(false, "inner files must not be reachable"),
  (error) => check(error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED", String(error)),
);
