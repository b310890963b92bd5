import type { Sandbox } from "../index.ts";

/** Where a buyer ends up. */
export interface PaidSession {
  /** Address that the buyer's browser would go to: the result page of the merchant. */
  readonly redirectUrl: string | null;
}

/**
 * Plays the buyer of a checkout session that has everything but a buyer: signs in, and approves on Amazon's page.
 *
 * @param instrument a test card, by id or last digits; default: one that is accepted
 * @throws ControlError when constraints are left
 */
export async function payThrough(
  sandbox: Sandbox,
  checkoutSessionId: string,
  instrument?: string,
): Promise<PaidSession> {
  const buyer = `/checkout-sessions/${checkoutSessionId}/buyer`;
  await sandbox.control(
    "POST",
    buyer,
    instrument === undefined ? { action: "sign-in" } : { action: "sign-in", instrument },
  );
  return (await sandbox.control("POST", buyer, { action: "approve" })) as PaidSession;
}
