/** An ESM project on Node: every entry point loads, and a client signs a call. */
import * as sdk from "@amazon-pay-kit/sdk";
import * as clock from "@amazon-pay-kit/sdk/clock";
import compat, { WebStoreClient } from "@amazon-pay-kit/sdk/compat";
import * as keyExchange from "@amazon-pay-kit/sdk/key-exchange";
import * as mws from "@amazon-pay-kit/sdk/mws";
import * as notifications from "@amazon-pay-kit/sdk/notifications";
import * as operations from "@amazon-pay-kit/sdk/operations";
import * as random from "@amazon-pay-kit/sdk/random";
import * as signing from "@amazon-pay-kit/sdk/signing";
import { check, privateKey } from "../check.mjs";

const { AmazonPay, AmazonPayError, ApiError, VERSION } = sdk;
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
  mws.MwsReports,
  keyExchange.createExchangeKeys,
  notifications.verifyNotification,
  signing.canonicalRequest,
  clock.systemClock,
  random.systemRandom,
  operations.OPERATIONS,
]) {
  check(value !== undefined, "every entry point loads");
}

// Every file takes what it shares with the client from there: what has one name is one thing, and an error is an `AmazonPayError`.
const exported = new Map(Object.entries(sdk));
for (const part of [signing, operations, clock, random, notifications, mws, keyExchange]) {
  for (const [name, value] of Object.entries(part)) {
    check(!exported.has(name) || exported.get(name) === value, `${name} is the same in every entry point`);
    check(!name.endsWith("Error") || value.prototype instanceof AmazonPayError || value === AmazonPayError, name);
  }
}
await new WebStoreClient({ region: "xx" }).getCharge("C").then(
  () => check(false, "a wrong region must be refused"),
  (error) => check(error instanceof AmazonPayError && error.cause instanceof sdk.ConfigurationError, String(error)),
);

// What is not an entry point is private.
await import("@amazon-pay-kit/sdk/dist/client/requester.js").then(
  () => check(false, "inner files must not be reachable"),
  (error) => check(error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED", String(error)),
);
