import type { Timestamp } from "./instant.ts";
import type { Open } from "./open.ts";
import type { Price, PriceInput } from "./price.ts";
import type { ReleaseEnvironment } from "./status.ts";

/** Why a buyer disputes a charge. */
export type FilingReason = Open<
  | "ProductNotReceived"
  | "ProductUnacceptable"
  | "ProductNoLongerNeeded"
  | "CreditNotProcessed"
  | "Overcharged"
  | "DuplicateCharge"
  | "SubscriptionCancelled"
  | "Unrecognized"
  | "Fraudulent"
  | "Other"
>;

/** States of a dispute. */
export type DisputeState = "UnderReview" | "ActionRequired" | "Resolved" | "Closed";

/** Who won. */
export type DisputeResolution = Open<"BuyerWon" | "MerchantWon" | "NoFault">;

/** Why a dispute is in its state. */
export type DisputeReason =
  | "MerchantResponseRequired"
  | "MerchantAdditionalEvidencesRequired"
  | "BuyerAdditionalEvidencesRequired"
  | "MerchantAcceptedDispute"
  | "MerchantResponseDeadlineExpired"
  | "BuyerCancelled"
  | "InvestigatorResolved"
  | "AutoResolved"
  | "ChargebackFiled";

/** Kinds of evidence. */
export type EvidenceType = Open<
  | "ProductDescription"
  | "Receipt"
  | "CancellationPolicy"
  | "CustomerSignature"
  | "TrackingNumber"
  | "CarrierName"
  | "DeviceId"
  | "DeviceName"
  | "DownloadDateTime"
  | "Other"
>;

/** A moment of a dispute. Official samples differ: seconds or milliseconds since 1970; ISO text is passed on too. */
export type DisputeMoment = number | Timestamp;

/** State of a dispute. */
export interface DisputeStatus {
  state: Open<DisputeState>;
  reasonCode?: Open<DisputeReason> | null;
  reasonDescription?: string | null;
  resolution?: DisputeResolution | null;
  lastUpdated?: DisputeMoment | null;
  lastUpdatedTimestamp?: DisputeMoment | null;
}

/** Something that speaks for the merchant: a text, or a file uploaded before. */
export interface MerchantEvidence {
  readonly evidenceType: EvidenceType;
  /** Id of `files.create`. */
  readonly fileId?: string | null;
  readonly evidenceText?: string | null;
}

/** A dispute: reference 4.11. */
export interface Dispute {
  disputeId: string;
  chargeId: string;
  disputeType: Open<"Chargeback">;
  disputeAmount: Price;
  filingReason: FilingReason;
  resolutionAuthority: string | null;
  statusDetails: DisputeStatus;
  merchantEvidences?: MerchantEvidence[] | null;
  merchantResponseDeadline: DisputeMoment | null;
  creationTimestamp?: DisputeMoment | null;
  releaseEnvironment: ReleaseEnvironment;
}

/** Request of `disputes.create`: payment service providers only. */
export interface DisputeCreate {
  readonly chargeId: string;
  readonly providerMetadata?: { readonly providerDisputeId?: string | null } | null;
  readonly disputeAmount: PriceInput;
  readonly filingReason: FilingReason;
  readonly filingTimestamp?: DisputeMoment | null;
  readonly creationTimestamp?: DisputeMoment | null;
  readonly statusDetails: Readonly<DisputeStatus>;
  readonly merchantResponseDeadline?: DisputeMoment | null;
}

/** Request of `disputes.update`. */
export interface DisputeUpdate {
  readonly statusDetails: Readonly<DisputeStatus>;
  readonly closureTimestamp?: DisputeMoment | null;
}

/** Request of `disputes.contest`: within 11 days of a chargeback, 7 days of a claim. */
export interface DisputeContest {
  readonly merchantEvidences: readonly MerchantEvidence[];
}

/** Request of `files.create`. */
export interface FileCreate {
  readonly type: Open<"csv" | "pdf" | "xls" | "xlsx" | "doc" | "docx" | "ods" | "jpg" | "png">;
  readonly purpose: Open<"disputeEvidence">;
}

/** Answer of `files.create`. */
export interface UploadFile {
  /** What a piece of evidence takes as its `fileId`. */
  id: string;
  type: string;
  purpose: string;
  /** Where the bytes go, signed in advance. How they are sent is not documented. */
  url: string | null;
  size: number | null;
  uploadTimestamp: DisputeMoment | null;
  urlExpirationTimestamp: DisputeMoment | null;
}
