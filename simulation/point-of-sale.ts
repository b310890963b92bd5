import { AmazonPayError } from "@amazon-pay-kit/sdk";
import { integer, type Random } from "@amazon-pay-kit/sdk/random";
import type { Environment } from "./environment.ts";

/** Times that a shop asks for its money before it gives up on a service that fails. */
const TRIES = 40;

/**
 * Charges a buyer over the failing network, and asks again under the same key until there is an answer, as a shop does that
 * was not told what became of its call. Returns what is wrong: anything but one charge.
 */
export async function chargeOnce(environment: Environment, index: number, random: Random): Promise<string[]> {
  const merchant = environment.merchants[index];
  if (merchant === undefined) return [];
  const amount = String(integer(random, 500, 20_000));
  const price = { amount, currencyCode: merchant.currency } as const;
  const { chargePermissionId } = (await environment.sandbox.control("POST", "/charge-permissions", {
    merchantId: merchant.merchantId,
    type: "OneTime",
    ...price,
  })) as { chargePermissionId: string };
  const idempotencyKey = `pos-${chargePermissionId}`.slice(0, 32);
  const client = environment.clientOf(index);
  let chargeId: string | undefined;
  for (let attempt = 0; attempt < TRIES && chargeId === undefined; attempt += 1) {
    try {
      const order = { chargePermissionId, chargeAmount: price, captureNow: true, canHandlePendingAuthorization: false };
      ({ chargeId } = await client.charges.create(order, { idempotencyKey }));
    } catch (error) {
      if (!(error instanceof AmazonPayError)) throw error;
    }
  }
  const made = [...environment.sandbox.engine.state.charges.under("merchant", merchant.merchantId)].filter(
    (charge) => charge.chargePermissionId === chargePermissionId,
  );
  if (made.length === 1 && made[0]?.chargeId === chargeId) return [];
  return [`m${index}: ${made.length} charges were made of one, and the shop knows ${chargeId ?? "none"}`];
}
