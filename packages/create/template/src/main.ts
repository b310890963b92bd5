/** The shop against Amazon Pay, with the settings of `.env`. */
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { openShop } from "./open.ts";
import type { Shop } from "./shop.ts";

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`set ${name} in .env; .env.example says what it is`);
  return value;
}

const shop = await openShop(
  {
    pay: AmazonPay.fromEnv(),
    merchantId: setting("AMAZON_PAY_MERCHANT_ID"),
    storeId: setting("AMAZON_PAY_STORE_ID"),
    currency: setting("CURRENCY") as Shop["currency"],
    origin: setting("ORIGIN"),
  },
  Number(setting("PORT")),
);
console.log(`${shop.origin} is served on port ${setting("PORT")}; notifications go to ${shop.origin}/notifications`);
