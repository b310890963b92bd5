import type { Amount } from "./price.ts";
import type { Transition } from "./status.ts";

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
