import type { FieldTable, PriceField } from "./field.ts";
import { id, known, list, object, oneOf, price, required, text, timestamp } from "./kinds.ts";
import { lazy } from "./lazy.ts";
import { reportedStatus } from "./shared.ts";

/** Why a buyer disputes a charge: the values of `filingReason` (docs/amazon-pay/operations.md). */
export const FILING_REASONS = [
  "ProductNotReceived",
  "ProductUnacceptable",
  "ProductNoLongerNeeded",
  "CreditNotProcessed",
  "Overcharged",
  "DuplicateCharge",
  "SubscriptionCancelled",
  "Unrecognized",
  "Fraudulent",
  "Other",
] as const;

/** Kinds of evidence: the values of `evidenceType` (docs/amazon-pay/operations.md). */
export const EVIDENCE_TYPES = [
  "ProductDescription",
  "Receipt",
  "CancellationPolicy",
  "CustomerSignature",
  "TrackingNumber",
  "CarrierName",
  "DeviceId",
  "DeviceName",
  "DownloadDateTime",
  "Other",
] as const;

/** One official sample calls the filing time `creationTimestamp`: both names are known. */
export const createDisputeFields = lazy((): FieldTable => ({
  chargeId: required(id),
  providerMetadata: object({ providerDisputeId: text() }),
  disputeAmount: required({ ...price, positive: true } as PriceField),
  filingReason: required(oneOf(FILING_REASONS)),
  filingTimestamp: timestamp,
  creationTimestamp: timestamp,
  statusDetails: required(reportedStatus()),
  merchantResponseDeadline: timestamp,
}));

export const updateDisputeFields = lazy((): FieldTable => ({
  statusDetails: required(reportedStatus()),
  closureTimestamp: timestamp,
}));

export const contestDisputeFields = lazy((): FieldTable => ({
  merchantEvidences: required(
    list(object({ evidenceType: required(oneOf(EVIDENCE_TYPES)), fileId: id, evidenceText: text() })),
  ),
}));

export const uploadFileFields = lazy((): FieldTable => ({
  type: required(known("csv", "pdf", "xls", "xlsx", "doc", "docx", "ods", "jpg", "png")),
  purpose: required(known("disputeEvidence")),
}));
