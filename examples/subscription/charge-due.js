/**
 * Charges what is due. Run it every day; run twice, or again after a crash, it charges once:
 *
 *     node charge-due.js 2        charges the second month of all subscriptions that have paid the first only
 */
import { chargeSubscription } from "@amazon-pay-kit/sdk";
import { amount, pay, save, subscriptions } from "./shop.js";

const month = Number(process.argv[2]);
if (!Number.isSafeInteger(month) || month < 2) throw new Error("usage: node charge-due.js MONTH, from 2");
const list = subscriptions();
for (const subscription of list) {
  if (subscription.status !== "active" || subscription.paidUntil >= month) continue;
  const { chargePermissionId, attempt } = subscription;
  const result = await chargeSubscription(pay, { chargePermissionId, amount, period: `month-${month}`, attempt });
  if (result.outcome === "declined") {
    subscription.attempt = result.next.attempt ?? attempt;
    if (result.next.action === "stop") subscription.status = "ended";
    if (result.next.action === "ask-buyer") subscription.status = "waits for the buyer";
    console.log(`${chargePermissionId}: ${result.outcome}, ${result.next.action}`);
  } else {
    Object.assign(subscription, { paidUntil: month, attempt: 1 });
    console.log(`${chargePermissionId}: ${result.outcome} ${result.charge.chargeId}`);
  }
  // After each one: what was charged is not forgotten when the next one fails.
  save(list);
}
pay.close();
