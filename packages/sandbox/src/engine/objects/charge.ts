import type { Amount } from "./price.ts";
import type { Status, Transition } from "./status.ts";

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
