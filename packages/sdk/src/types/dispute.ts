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
  /** How far the dispute is. */
  state: Open<DisputeState>;
  /** Why it is in this state. */
  reasonCode?: Open<DisputeReason> | null;
  /** The same in words. */
  reasonDescription?: string | null;
  /** Who won; null until it is resolved. */
  resolution?: DisputeResolution | null;
  /** When it came into this state, under the name that one official sample has. */
  lastUpdated?: DisputeMoment | null;
  /** When it came into this state. */
  lastUpdatedTimestamp?: DisputeMoment | null;
}

/** Something that speaks for the merchant: a text, or a file uploaded before. */
export interface MerchantEvidence {
  /** What the evidence is. */
  readonly evidenceType: EvidenceType;
  /** Id of `files.create`. */
  readonly fileId?: string | null;
  /** The evidence itself, where it is a text, such as a tracking number. */
  readonly evidenceText?: string | null;
}

/** A dispute. */
export interface Dispute {
  /** For example `S01-0000000-0000000-B000000`. */
  disputeId: string;
  /** Charge that is disputed. */
  chargeId: string;
  /** Only `Chargeback` is known. */
  disputeType: Open<"Chargeback">;
  /** How much of the charge is disputed. */
  disputeAmount: Price;
  /** What the buyer says. */
  filingReason: FilingReason;
  /** Who decides. */
  resolutionAuthority: string | null;
  /** State, reason and, at the end, who won. */
  statusDetails: DisputeStatus;
  /** What the merchant handed in. */
  merchantEvidences?: MerchantEvidence[] | null;
  /** Until when the merchant may answer. */
  merchantResponseDeadline: DisputeMoment | null;
  /** When it was reported. */
  creationTimestamp?: DisputeMoment | null;
  /** `Sandbox` or `Live`. */
  releaseEnvironment: ReleaseEnvironment;
}

/** Request of `disputes.create`: payment service providers only. */
export interface DisputeCreate {
  /** Charge that is disputed. */
  readonly chargeId: string;
  /** The provider's own id of the dispute. */
  readonly providerMetadata?: { readonly providerDisputeId?: string | null } | null;
  /** How much of the charge is disputed. */
  readonly disputeAmount: PriceInput;
  /** What the buyer says. */
  readonly filingReason: FilingReason;
  /** When the buyer filed it. */
  readonly filingTimestamp?: DisputeMoment | null;
  /** The same under the name that one official sample has. */
  readonly creationTimestamp?: DisputeMoment | null;
  /** State at the beginning. */
  readonly statusDetails: Readonly<DisputeStatus>;
  /** Until when the merchant may answer. */
  readonly merchantResponseDeadline?: DisputeMoment | null;
}

/** Request of `disputes.update`. */
export interface DisputeUpdate {
  /** The new state, and who won. */
  readonly statusDetails: Readonly<DisputeStatus>;
  /** When it was closed. */
  readonly closureTimestamp?: DisputeMoment | null;
}

/** Request of `disputes.contest`: within 11 days of a chargeback, 7 days of a claim. */
export interface DisputeContest {
  /** Each a text or an uploaded file. */
  readonly merchantEvidences: readonly MerchantEvidence[];
}

/** Request of `files.create`. */
export interface FileCreate {
  /** The file's ending. */
  readonly type: Open<"csv" | "pdf" | "xls" | "xlsx" | "doc" | "docx" | "ods" | "jpg" | "png">;
  /** Only evidence in a dispute is known. */
  readonly purpose: Open<"disputeEvidence">;
}

/** Answer of `files.create`. */
export interface UploadFile {
  /** What a piece of evidence takes as its `fileId`. */
  id: string;
  /** The file's ending. */
  type: string;
  /** What it is for. */
  purpose: string;
  /** Where the bytes go, signed in advance. How they are sent is not documented. */
  url: string | null;
  /** In bytes, where it is known. */
  size: number | null;
  /** When the bytes came, where it is known. */
  uploadTimestamp: DisputeMoment | null;
  /** Until when `url` is good. */
  urlExpirationTimestamp: DisputeMoment | null;
}
