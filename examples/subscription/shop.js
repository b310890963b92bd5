/** What the server and the monthly job share: the client, the price, and the subscriptions in a file. A shop has a database instead. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { AmazonPay } from "@amazon-pay-kit/sdk";

const { SANDBOX, SUBSCRIPTIONS = "subscriptions.json" } = process.env;
export const pay = SANDBOX ? AmazonPay.forSandbox(SANDBOX, { region: "eu" }) : AmazonPay.fromEnv();
export const { merchantId, storeId } = pay.sandboxMerchant ?? {
  merchantId: process.env.AMAZON_PAY_MERCHANT_ID,
  storeId: process.env.AMAZON_PAY_STORE_ID,
};
export const amount = { amount: "9.90", currencyCode: "EUR" };
export const subscriptions = () => (existsSync(SUBSCRIPTIONS) ? JSON.parse(readFileSync(SUBSCRIPTIONS, "utf8")) : []);
export const save = (list) => writeFileSync(SUBSCRIPTIONS, JSON.stringify(list, null, 2));
