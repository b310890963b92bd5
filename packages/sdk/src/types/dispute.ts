import type { EVIDENCE_TYPES, FILING_REASONS } from "../operations/fields/disputes.ts";
import type { DISPUTE_REASONS, DISPUTE_RESOLUTIONS, DISPUTE_STATES } from "../operations/states.ts";
import type { Timestamp, TimestampInput } from "./instant.ts";
import type { Closed, Open } from "../operations/open.ts";
import type { Price, PriceInput } from "./price.ts";
import type { ReleaseEnvironment } from "./status.ts";
import type { ChargeId, DisputeId, FileId } from "./ids.ts";

/** Why a buyer disputes a charge. */
export type FilingReason = Open<KnownFilingReason>;

/** Reasons that a buyer can give. */
export type KnownFilingReason = (typeof FILING_REASONS)[number];

/** States of a dispute that this version knows; see `isKnownDisputeState`. */
export type KnownDisputeState = (typeof DISPUTE_STATES)[number];

/** State of a dispute. */
export type DisputeState = Open<KnownDisputeState>;

/** Who can win. */
export type KnownDisputeResolution = (typeof DISPUTE_RESOLUTIONS)[number];

/** Who won. */
export type DisputeResolution = Open<KnownDisputeResolution>;

/** Why a dispute is in its state, as far as this version knows. */
export type KnownDisputeReason = (typeof DISPUTE_REASONS)[number];

/** Why a dispute is in its state. */
export type DisputeReason = Open<KnownDisputeReason>;

/** Kinds of evidence. */
export type KnownEvidenceType = (typeof EVIDENCE_TYPES)[number];

/** Kind of a piece of evidence. */
export type EvidenceType = Open<KnownEvidenceType>;

/** A moment of a dispute. Official samples differ: seconds or milliseconds since 1970; ISO text is passed on too. */
export type DisputeMoment = number | Timestamp;

/** The same in a request; a `Date` is sent as ISO text. */
export type DisputeMomentInput = number | TimestampInput;

/** State of a dispute. */
export interface DisputeStatus {
  /** How far the dispute is. */
  state: DisputeState;
  /** Why it is in this state. */
  reasonCode?: DisputeReason | null;
  /** The same in words. */
  reasonDescription?: string | null;
  /** Who won; null until it is resolved. */
  resolution?: DisputeResolution | null;
  /** When it came into this state, under the name that one official sample has. */
  lastUpdated?: DisputeMoment | null;
  /** When it came into this state. */
  lastUpdatedTimestamp?: DisputeMoment | null;
}

/** The same in a request. */
export interface DisputeStatusInput {
  /** How far the dispute is. */
  readonly state: Closed<KnownDisputeState>;
  /** Why it is in this state. */
  readonly reasonCode?: Closed<KnownDisputeReason> | null;
  /** The same in words. */
  readonly reasonDescription?: string | null;
  /** Who won; left out until it is resolved. */
  readonly resolution?: Closed<KnownDisputeResolution> | null;
  /** When it came into this state, under the name that one official sample has. */
  readonly lastUpdated?: DisputeMomentInput | null;
  /** When it came into this state. */
  readonly lastUpdatedTimestamp?: DisputeMomentInput | null;
}

/** Something that speaks for the merchant: a text, or a file uploaded before. */
export interface MerchantEvidence {
  /** What the evidence is. */
  readonly evidenceType: EvidenceType;
  /** Id of `files.create`. */
  readonly fileId?: FileId | null;
  /** The evidence itself, where it is a text, such as a tracking number. */
  readonly evidenceText?: string | null;
}

/** The same in a request. */
export interface MerchantEvidenceInput {
  /** What the evidence is. */
  readonly evidenceType: Closed<KnownEvidenceType>;
  /** Id of `files.create`. */
  readonly fileId?: FileId | null;
  /** The evidence itself, where it is a text, such as a tracking number. */
  readonly evidenceText?: string | null;
}

/** A dispute. */
export interface Dispute {
  /** For example `S01-0000000-0000000-B000000`. */
  disputeId: DisputeId;
  /** Charge that is disputed. */
  chargeId: ChargeId;
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
  readonly chargeId: ChargeId;
  /** The provider's own id of the dispute. */
  readonly providerMetadata?: { readonly providerDisputeId?: string | null } | null;
  /** How much of the charge is disputed. */
  readonly disputeAmount: PriceInput;
  /** What the buyer says. */
  readonly filingReason: Closed<KnownFilingReason>;
  /** When the buyer filed it. */
  readonly filingTimestamp?: DisputeMomentInput | null;
  /** The same under the name that one official sample has. */
  readonly creationTimestamp?: DisputeMomentInput | null;
  /** State at the beginning. */
  readonly statusDetails: DisputeStatusInput;
  /** Until when the merchant may answer. */
  readonly merchantResponseDeadline?: DisputeMomentInput | null;
}

/** Request of `disputes.update`. */
export interface DisputeUpdate {
  /** The new state, and who won. */
  readonly statusDetails: DisputeStatusInput;
  /** When it was closed. */
  readonly closureTimestamp?: DisputeMomentInput | null;
}

/** Request of `disputes.contest`: within 11 days of a chargeback, 7 days of a claim. */
export interface DisputeContest {
  /** Each a text or an uploaded file. */
  readonly merchantEvidences: readonly MerchantEvidenceInput[];
}

/** Request of `files.create`. */
export interface FileCreate {
  /** The file's ending. */
  readonly type: Closed<"csv" | "pdf" | "xls" | "xlsx" | "doc" | "docx" | "ods" | "jpg" | "png">;
  /** Only evidence in a dispute is known. */
  readonly purpose: Closed<"disputeEvidence">;
}

/** Answer of `files.create`. */
export interface UploadFile {
  /** What a piece of evidence takes as its `fileId`. */
  id: FileId;
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
