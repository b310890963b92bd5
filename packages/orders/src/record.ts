/** Members of a record that a column of a file, or a member of an object, can fill. */
export const RECORD_MEMBERS = [
  "kind",
  "transactionId",
  "parentTransactionId",
  "referenceId",
  "permissionId",
  "orderId",
  "amount",
  "currency",
  "occurredAt",
  "status",
] as const;

/** One of {@link RECORD_MEMBERS}. */
export type RecordMember = (typeof RECORD_MEMBERS)[number];

/** What became of a charge or refund, whatever the shop calls it. */
export const RECORD_STATUSES = [
  "captured",
  "refunded",
  "partially-refunded",
  "authorized",
  "pending",
  "canceled",
  "declined",
] as const;

/** One of {@link RECORD_STATUSES}. */
export type RecordStatus = (typeof RECORD_STATUSES)[number];

/** A charge or refund as a shop has it. */
export interface OrderRecord {
  readonly type: "record";
  /** Physical line on which it begins, from 1. */
  readonly line: number;
  readonly kind: "charge" | "refund";
  /** `captured` for a charge and `refunded` for a refund where the file has no status. */
  readonly status: RecordStatus;
  /** Charge id or refund id of Amazon Pay. */
  readonly transactionId: string | null;
  /** Charge that a refund belongs to. */
  readonly parentTransactionId: string | null;
  /** The merchant's reference (SellerReferenceId of the reports). */
  readonly referenceId: string | null;
  /** Charge permission (AmazonOrderReferenceId of the reports). */
  readonly permissionId: string | null;
  /** Number of the order in the shop. */
  readonly orderId: string | null;
  /** Minor units, above zero for both kinds. */
  readonly amount: bigint;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Milliseconds since the epoch. */
  readonly occurredAt: number;
}

/** Why a row is no charge or refund of Amazon Pay. */
export type SkipReason =
  /** Paid otherwise: another means of payment, Amazon's marketplace, Amazon Payment Services. */
  | "paid-otherwise"
  /** An authorization, a void, an order of nothing. */
  | "no-money-moved"
  /** A further item of the order above. */
  | "further-item"
  /** Its ids are of the sandbox (`S01-`…): no money moved. */
  | "sandbox";

/** A row that is left out. */
export interface SkippedRow {
  readonly type: "skipped";
  readonly line: number;
  readonly reason: SkipReason;
  /** What in the row says so. */
  readonly message: string;
}

/** Stable codes of what is wrong with rows. */
export type RecordErrorCode =
  | "record.kind"
  | "record.amount"
  | "record.sign"
  | "record.currency"
  | "record.time"
  | "record.status"
  | "record.no-id"
  | "record.unreadable";

/** Something wrong with a row, or the same thing with several. */
export interface RecordError {
  readonly type: "error";
  /** Physical line from 1; of the first one, where it is wrong with several. */
  readonly line: number;
  readonly code: RecordErrorCode;
  /** What is wrong and what to do; names the option where one decides. */
  readonly message: string;
  /** How many rows have it. */
  readonly rows: number;
}

/** The end of a file. */
export interface OrdersSummary {
  readonly type: "summary";
  /** Name of the profile that was recognised, `mapped` or `ndjson`. */
  readonly format: string;
  readonly records: number;
  /** How many errors were told. */
  readonly errors: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
  /** Orders whose export tells of a refund, but not when: those refunds are not among the records. */
  readonly undatedRefunds: number;
  /** What a person should know of this export. */
  readonly notices: readonly string[];
}

/** What {@link readOrders} gives, in the order of the file; errors that one option would mend come together at its end. */
export type OrderEvent = OrderRecord | SkippedRow | RecordError | OrdersSummary;
