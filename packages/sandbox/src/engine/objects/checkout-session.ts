import type { Amount } from "./price.ts";
import type { Status, Transition } from "./status.ts";

export type CheckoutSessionState = "Open" | "Completed" | "Canceled";

/** A buyer who has signed in, with what the merchant may see. */
export interface SessionBuyer {
  readonly buyerId: string;
  readonly instrumentId: string;
  readonly addressId: string | null;
  /** Every chosen address, for product type `PayAndShipMultiAddress` only. */
  readonly addressIds?: readonly string[];
}

/** A checkout session as the engine keeps it; `api/` renders the members that a live answer shows. */
export interface CheckoutSession {
  readonly checkoutSessionId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  /** Request members as the merchant gave them, after validation, amounts as {@link Amount}. */
  details: CheckoutDetails;
  status: Status<CheckoutSessionState>;
  buyer: SessionBuyer | null;
  /** Whether the buyer has been through the redirect's confirm step. */
  buyerConfirmed: boolean;
  chargePermissionId: string | null;
  chargeId: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  history: Transition[];
}

/** What create, button and update may set. `null` is "not set". */
export interface CheckoutDetails {
  storeId: string;
  productType: string | null;
  webCheckoutDetails: Record<string, string | null>;
  paymentDetails: {
    paymentIntent: string | null;
    canHandlePendingAuthorization: boolean;
    chargeAmount: Amount | null;
    totalOrderAmount: Amount | null;
    /** As it was given; where there is a charge amount, that decides. */
    presentmentCurrency: string | null;
    softDescriptor: string | null;
    allowOvercharge: boolean | null;
    extendExpiration: boolean | null;
    estimateOrderTotal: Amount | null;
  };
  chargePermissionType: string;
  /** Everything else is kept as JSON and given back as it came. */
  other: Record<string, unknown>;
}
