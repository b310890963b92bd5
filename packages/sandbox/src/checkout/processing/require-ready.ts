import type { CheckoutSession } from "../../engine/objects/index.ts";
import { constraintsOf } from "../../engine/sessions/constraints.ts";
import { PageRefusal } from "../page-refusal.ts";

/**
 * Whether a session may be on the processing page.
 *
 * @throws PageRefusal for a session that is over, or that still has constraints
 */
export function requireReady(session: CheckoutSession): void {
  const { state, reasonCode } = session.status;
  if (state !== "Open") {
    throw new PageRefusal(
      "InvalidCheckoutSessionStatus",
      `The checkout session is ${state}${reasonCode === null ? "" : ` (${reasonCode})`}.`,
      {
        status: 422,
        causes: [
          reasonCode === "Expired"
            ? "A checkout session lives for 24 hours. The buyer begins again at the shop."
            : "The page was opened again after the checkout had ended.",
        ],
      },
    );
  }
  const constraints = constraintsOf(session);
  if (constraints.length === 0) return;
  throw new PageRefusal("InvalidCheckoutSessionStatus", "The checkout session still has constraints.", {
    status: 422,
    causes: ["The buyer was sent here without amazonPayRedirectUrl, which is null until constraints is empty."],
    details: constraints.map(({ constraintId, description }) => ({ name: constraintId, text: description })),
  });
}
