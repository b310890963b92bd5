import type { Amount } from "./price.ts";
import type { Transition } from "./status.ts";

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
