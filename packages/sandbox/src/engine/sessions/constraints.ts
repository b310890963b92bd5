import type { CheckoutSession } from "../objects/index.ts";
import { booleanOf, objectOf } from "./read-details.ts";

/** Something that is missing before the buyer can be sent to Amazon. */
export interface Constraint {
  readonly constraintId: string;
  readonly description: string;
}

interface ConstraintRow extends Constraint {
  readonly missing: (session: CheckoutSession) => boolean;
}

/** docs/amazon-pay/operations.md. */
const CONSTRAINTS: readonly ConstraintRow[] = [
  {
    constraintId: "BuyerNotAssociated",
    description:
      "There is no buyer associated with the Checkout Session. Return the checkout session id to the Amazon Pay Button to allow buyer to login.",
    missing: (session) => session.buyer === null,
  },
  {
    constraintId: "ChargeAmountNotSet",
    description: "chargeAmount is not set.",
    missing: (session) => !isSetUpOnly(session) && session.details.paymentDetails.chargeAmount === null,
  },
  {
    constraintId: "CheckoutResultReturnUrlNotSet",
    description: "checkoutResultReturnUrl is not set.",
    missing: ({ details }) => (details.webCheckoutDetails["checkoutResultReturnUrl"] ?? null) === null,
  },
  {
    constraintId: "PaymentIntentNotSet",
    description: "paymentIntent is not set.",
    missing: (session) => !isSetUpOnly(session) && session.details.paymentDetails.paymentIntent === null,
  },
  {
    constraintId: "RecurringFrequencyNotSet",
    description: "recurringMetadata.frequency is not set.",
    missing: ({ details }) =>
      details.chargePermissionType === "Recurring" &&
      typeof objectOf(objectOf(details.other["recurringMetadata"])["frequency"])["unit"] !== "string",
  },
];

/** What is missing, in the order of answers; empty when the buyer can be sent to Amazon. */
export function constraintsOf(session: CheckoutSession): Constraint[] {
  return CONSTRAINTS.filter((row) => row.missing(session)).map(({ constraintId, description }) => ({
    constraintId,
    description,
  }));
}

/** Whether a payment method is merely stored, and nothing is to be paid. */
export function isSetUpOnly({ details }: CheckoutSession): boolean {
  return (
    details.chargePermissionType === "PaymentMethodOnFile" &&
    booleanOf(objectOf(details.other["paymentMethodOnFileMetadata"])["setupOnly"]) === true
  );
}
