/** The shop and a sandbox, on this machine, until Ctrl-C. */
import { startSandbox } from "@amazon-pay-kit/sandbox";
import { openShop } from "./open.ts";
import { AmazonPay } from "@amazon-pay-kit/sdk";

const { ready, sandbox, close } = await startSandbox({ port: 8580, httpsPort: 8543 });
const pay = AmazonPay.forSandbox(ready);
const { merchantId = "", storeId = "" } = pay.sandboxMerchant ?? {};
const shop = await openShop({ pay, merchantId, storeId, currency: "USD" }, Number(process.env["PORT"] ?? 3000));
await sandbox.control("POST", `/merchants/${merchantId}`, { notificationUrl: `${shop.origin}/notifications` });
console.log(`shop      ${shop.origin}\nsandbox   ${ready.http}/_sandbox/ui`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    await shop.close();
    await close();
  });
}
