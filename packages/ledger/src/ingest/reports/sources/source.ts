/** The ways by which reports come; `hand` is a single file that somebody loads. */
export type SourceName = "v2" | "mws" | "folder" | "hand";

/** The calls of a source that a service counts apart. */
export type SourceCall = "list" | "fetch" | "disbursements" | "acknowledge";

/** What can be done with a listed report. */
export type ListedStatus =
  /** Its bytes can be fetched. */
  | "ready"
  /** The service is still making it. */
  | "in-progress"
  /** There was nothing to report: proof that a gap is genuine. */
  | "no-data"
  /** The service could not make it, or it was cancelled. */
  | "failed";

/** A report as a source lists it. */
export interface ListedReport {
  readonly reportId: string;
  /** The service's own word. */
  readonly reportType: string;
  /** Data window in milliseconds since the epoch. */
  readonly windowStart: number | null;
  readonly windowEnd: number | null;
  readonly createdAt: number | null;
  readonly status: ListedStatus;
  /** The service's own word for it. */
  readonly processingStatus: string;
  /** What the bytes are asked for by. */
  readonly documentId: string | null;
  /** Name of the file, for reports that come by hand. */
  readonly fileName?: string;
}

/** A payout as a source lists it. */
export interface ListedDisbursement {
  readonly settlementId: string;
  /** What the bank statement prints; empty where the service gave none. */
  readonly referenceId: string;
  readonly sellerId: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly transferredAt: number;
}

/** A stretch of time that is asked for, in milliseconds since the epoch. */
export interface TimeWindow {
  readonly from: number;
  readonly until: number;
}

/**
 * Where reports come from. Adapters: API v2, MWS, a watched folder; all pass one conformance suite.
 *
 * A source keeps nothing between calls: what is known lies in the store, so that a killed process loses nothing.
 */
export interface ReportSource {
  readonly name: SourceName;

  /** The reports that were made in a stretch of time, page after page, each page as soon as it is there. */
  list(window: TimeWindow, signal: AbortSignal): AsyncIterable<readonly ListedReport[]>;

  /**
   * Opens the bytes of a report, exactly as the service sends them. Bytes that break off end in an error, never quietly.
   *
   * @param report with `status` `ready`
   */
  fetch(report: ListedReport, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;

  /** The service's own time where it says: as of the first page of the last {@link ReportSource.list}, which is there even when
   * nothing is listed. */
  serviceTime?(): number | null;

  /** Tells the service that these reports are stored for good, where it wants to know. */
  acknowledge?(reports: readonly ListedReport[], signal: AbortSignal): Promise<void>;

  /**
   * Tells of each call before it goes out, every attempt by itself, where the source knows: retries that its client makes
   * are calls that the service counts.
   */
  onAttempt?(listener: (call: SourceCall) => void): void;

  /** The payouts of a stretch of time, where the source knows them. */
  disbursements?(window: TimeWindow, signal: AbortSignal): AsyncIterable<readonly ListedDisbursement[]>;
}
