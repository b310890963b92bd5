/** An amount as the engine keeps it. */
export interface Amount {
  /** Minor units. */
  readonly minor: bigint;
  readonly currencyCode: string;
}

/** State of an object with its one reason, as sessions, charges and refunds have it. */
export interface Status<State extends string> {
  state: State;
  reasonCode: string | null;
  reasonDescription: string | null;
  lastUpdatedAt: number;
}

/** A line of an object's history, for the inspector page and the transaction reports. */
export interface Transition {
  readonly at: number;
  readonly from: string | null;
  readonly to: string;
  readonly reasonCode: string | null;
}

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

export type ChargePermissionState = "Chargeable" | "NonChargeable" | "Closed";

/** A buyer's consent to be charged. */
export interface ChargePermission {
  readonly chargePermissionId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly type: "OneTime" | "Recurring" | "PaymentMethodOnFile";
  state: ChargePermissionState;
  reasons: { reasonCode: string; reasonDescription: string }[] | null;
  lastUpdatedAt: number;
  /** What may be charged in all (OneTime) or in a calendar month. */
  readonly limit: Amount;
  /** What is left of it. */
  balance: Amount;
  /** First moment of the month that `balance` counts for; null for OneTime. */
  balanceMonth: number | null;
  readonly presentmentCurrency: string;
  readonly buyerId: string;
  instrumentId: string;
  readonly addressId: string | null;
  /** Buyer data that the merchant asked for; null is everything but the billing address. */
  readonly scopes: readonly string[] | null;
  /** Product type of the button; null where there was none. */
  readonly productType: string | null;
  merchantMetadata: {
    merchantReferenceId: string | null;
    merchantStoreName: string | null;
    noteToBuyer: string | null;
    customInformation: string | null;
  };
  recurringMetadata: unknown;
  readonly platformId: string | null;
  chargeCount: number;
  /** The charge that is in progress; there is never more than one. Left out where there was none yet. */
  openChargeId?: string;
  readonly createdAt: number;
  expiresAt: number | null;
  history: Transition[];
}

export type ChargeState =
  | "AuthorizationInitiated"
  | "Authorized"
  | "CaptureInitiated"
  | "Captured"
  | "Canceled"
  | "Declined";

/** One authorization and, at most, one capture of it. */
export interface Charge {
  readonly chargeId: string;
  readonly chargePermissionId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly amount: Amount;
  captured: Amount | null;
  refunded: Amount | null;
  softDescriptor: string | null;
  readonly captureNow: boolean;
  readonly canHandlePendingAuthorization: boolean;
  readonly channel: string | null;
  readonly chargeInitiator: string | null;
  readonly providerMetadata: unknown;
  readonly platformId: string | null;
  /** Where the buyer comes back to from a step-up, for saved payment methods. */
  readonly resultReturnUrl: string | null;
  /** The merchant's own reference of this charge (SellerReferenceId of the reports). */
  merchantMetadata: ChargeMetadata;
  status: Status<ChargeState>;
  authorizedAt: number | null;
  capturedAt: number | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  history: Transition[];
}

export interface ChargeMetadata {
  merchantReferenceId: string | null;
  merchantStoreName: string | null;
  noteToBuyer: string | null;
  customInformation: string | null;
}

export type RefundState = "RefundInitiated" | "Refunded" | "Declined";

/** Money given back for a captured charge; always asynchronous. */
export interface Refund {
  readonly refundId: string;
  readonly chargeId: string;
  readonly chargePermissionId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly amount: Amount;
  readonly softDescriptor: string | null;
  status: Status<RefundState>;
  readonly createdAt: number;
  refundedAt: number | null;
  history: Transition[];
}

/** A chargeback or A-to-z claim against a charge. */
export interface Dispute {
  readonly disputeId: string;
  readonly chargeId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly disputeType: string;
  readonly amount: Amount;
  readonly filingReason: string;
  readonly filedAt: number;
  state: string;
  reasonCode: string | null;
  reasonDescription: string | null;
  resolution: string | null;
  lastUpdatedAt: number;
  readonly merchantResponseDeadlineAt: number | null;
  /** Whether Amazon moves money for it; false for what a payment service provider reports. */
  readonly takesMoney: boolean;
  merchantEvidences: unknown[];
  closedAt: number | null;
  readonly createdAt: number;
  history: Transition[];
}
