import { AmazonPay } from "@amazon-pay-kit/sdk";

const { SANDBOX } = process.env;
let opened;

/** Made at the first request, not while Next builds: then there are no keys yet. */
export function shop() {
  opened ??= SANDBOX ? AmazonPay.forSandbox(SANDBOX, { region: "eu" }) : AmazonPay.fromEnv();
  const { merchantId, storeId } = opened.sandboxMerchant ?? {
    merchantId: process.env.AMAZON_PAY_MERCHANT_ID,
    storeId: process.env.AMAZON_PAY_STORE_ID,
  };
  return { pay: opened, merchantId, storeId };
}

export const origin = () => process.env.SHOP ?? "http://localhost:3000";
export const amount = { amount: "19.50", currencyCode: "EUR" };
/** What notifications told to read again. A shop has a queue instead. */
export const changed = (globalThis.changed ??= []);
