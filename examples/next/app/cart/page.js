import { connection } from "next/server";
import { origin, shop } from "../../shop.js";
import { PayButton } from "./pay-button.js";

export default async function Cart() {
  await connection();
  const { pay, merchantId, storeId } = shop();
  const signed = await pay.button.create({
    storeId,
    webCheckoutDetails: { checkoutReviewReturnUrl: `${origin()}/review` },
  });
  return <PayButton signed={signed} merchantId={merchantId} scriptUrl={pay.button.scriptUrl} />;
}
