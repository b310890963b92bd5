import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import type { StartedSandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import type { Filling } from "./suite.ts";

/** The address that the official tests finalize a session with. */
const ADDRESS = {
  name: "Susie Smith",
  addressLine1: "10 Ditka Ave",
  addressLine2: "Suite 2500",
  city: "Chicago",
  stateOrRegion: "IL",
  postalCode: "60602",
  countryCode: "US",
  phoneNumber: "800-000-0000",
};
const EURO = { amount: "1.00", currencyCode: "EUR" } as const;

/** Makes what the official tests expect to be there, and tells where. */
export async function makeObjects({ sandbox, ready }: StartedSandbox): Promise<Filling> {
  const merchant = ready.merchants.find(({ region }) => region === "eu");
  const key = merchant?.keys.find(({ publicKeyId }) => !/^(SANDBOX|LIVE)/.test(publicKeyId));
  if (merchant === undefined || key === undefined)
    throw new Error("the sandbox has no merchant in eu with a plain key");
  const { merchantId, storeId } = merchant;
  const privateKey = readFileSync(key.privateKeyFile, "utf8");
  const client = new AmazonPay({
    region: "eu",
    publicKeyId: key.publicKeyId,
    privateKey,
    environment: "sandbox",
    fetch: sandbox.fetch,
  });

  const permission = async (): Promise<string> => {
    const spec = { merchantId, amount: "100.00", currencyCode: "EUR" };
    return (await sandbox.control("POST", "/charge-permissions", spec)).chargePermissionId;
  };
  const buyerToken = async (): Promise<string> =>
    (await sandbox.control("POST", "/buyer-tokens", { merchantId })).buyerToken;
  const authorizedCharge = async (): Promise<string> => {
    const charge = { chargePermissionId: await permission(), chargeAmount: EURO, captureNow: false };
    return (await client.charges.create(charge)).chargeId;
  };
  const signedInSession = async (): Promise<string> => {
    const { checkoutSessionId } = await client.checkoutSessions.create({
      webCheckoutDetails: { checkoutReviewReturnUrl: "https://localhost/review" },
      storeId,
    });
    const path = `/checkout-sessions/${checkoutSessionId}/buyer`;
    await sandbox.control("POST", path, { action: "sign-in", shippingAddress: ADDRESS });
    return checkoutSessionId;
  };

  await sandbox.control("POST", "/reports", {
    merchantId,
    reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
    startTime: "20230618T150630Z",
    endTime: "20230911T150350Z",
    // The tests ask for this id by name.
    reportId: "59007019641",
  });

  return {
    privateKey,
    config: {
      publicKeyId: key.publicKeyId,
      region: "eu",
      sandbox: true,
      currencyCode: "EUR",
      countryCode: "DE",
      storeId,
      overrideServiceUrl: new URL(ready.https).host,
    },
    placeholders: {
      "webStoreClientTest.js": {
        chargePermissionId: await permission(),
        chargePermissionIdWithV2Algorithm: await permission(),
        buyerToken: await buyerToken(),
        buyerTokenWithV2Algorithm: await buyerToken(),
        finalizeCheckoutSessionId: await signedInSession(),
        finalizeCheckoutSessionIdWithV2Algorithm: await signedInSession(),
        pspChargeId: await authorizedCharge(),
        pspChargeIdWithV2Algorithm: await authorizedCharge(),
      },
      "amazonPayClientTest.js": {
        publicKey: createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString(),
        mwsAuthToken: merchant.mws.authToken,
        merchantId,
      },
      "inStoreClientTest.js": {},
    },
  };
}
