import { reportBytes } from "@amazon-pay-kit/reports";
import type { Store } from "../store.ts";

const START = Date.UTC(2026, 0, 5);

/** A capture of this many cents, this many seconds into the settlement. */
export interface CaptureRow {
  readonly cents: number;
  /** Instead of `cents`, what a number cannot hold. */
  readonly large?: bigint;
  readonly second?: number;
  readonly transactionId?: string | null;
  readonly description?: string | null;
  readonly type?: string;
}

/** The bytes of a settlement report with these captures, over this many hours (24 when not said). */
export function settlementFile(
  rows: readonly CaptureRow[],
  options: { readonly settlementId?: string; readonly sellerId?: string; readonly hours?: number } = {},
): Uint8Array {
  const header = {
    sellerId: options.sellerId ?? "A1XX111XXX111XXX",
    settlementStartDate: START,
    settlementEndDate: START + (options.hours ?? 24) * 3_600_000,
  };
  return reportBytes(
    "settlement",
    header,
    rows.map(
      ({
        cents,
        large = BigInt(cents),
        second = 0,
        transactionId = "P01-1111111-2222222-C333333",
        description = null,
        type = "Capture",
      }) => ({
        values: {
          transactionPostedDate: START + second * 1000,
          settlementId: options.settlementId ?? "5984862222",
          amazonTransactionId: transactionId,
          transactionType: type,
          currencyCode: "USD",
          transactionDescription: description,
          transactionAmount: large,
          transactionPercentageFee: -2n,
          transactionFixedFee: -3n,
          totalTransactionFee: -5n,
          netTransactionAmount: large - 5n,
        },
      }),
    ),
  );
}

/** One state of a refund. */
export interface RefundRow {
  readonly id: string;
  readonly status: string;
  readonly second: number;
}

/** The bytes of a refund report. */
export function refundFile(rows: readonly RefundRow[]): Uint8Array {
  return reportBytes(
    "refund",
    {},
    rows.map(({ id, status, second }) => ({
      values: {
        amazonRefundId: id,
        refundReferenceId: "REFUND_1",
        amazonCaptureId: "P01-1111111-2222222-C333333",
        amazonOrderReferenceId: "P01-1111111-2222222",
        refundAmount: 100n,
        currencyCode: "USD",
        refundType: "SellerInitiated",
        refundStatus: status,
        lastUpdateTimestamp: START + second * 1000,
        creationTimestamp: START,
      },
    })),
  );
}

/** The bytes of a capture report, which names the buyer. */
export function captureFile(): Uint8Array {
  return reportBytes("capture", {}, [
    {
      values: {
        amazonCaptureId: "P01-1111111-2222222-C333333",
        captureReferenceId: "c1",
        amazonAuthorizationId: "P01-1111111-2222222-A333333",
        amazonOrderReferenceId: "P01-1111111-2222222",
        captureAmount: 1000n,
        currencyCode: "USD",
        sellerCaptureNote: "blue sweater",
        captureStatus: "Completed",
        lastUpdateTimestamp: START,
        creationTimestamp: START,
        buyerName: "Jane Canary",
        buyerEmailAddress: "jane@canary.example",
      },
    },
  ]);
}

let files = 0;

/** Records a file as fetched, without an archive: the loader is given the bytes directly. */
export async function recordFile(
  store: Store,
  accountId: string,
  bytes: Uint8Array,
): Promise<{ accountId: string; fileId: number }> {
  const number = (files += 1);
  const row = await store.db
    .insertInto("file")
    .values({
      account_id: accountId,
      content_hash: `hash-${number}`,
      kind: "unknown",
      archive_path: `file-${number}.csv`,
      byte_count: bytes.length,
      row_count: 0,
      error_count: 0,
      seller_id: null,
      window_start_at: null,
      window_end_at: null,
      archived_at: START,
      loaded_at: null,
      quarantine_code: null,
      quarantine_message: null,
    })
    .returning("file_id")
    .executeTakeFirstOrThrow();
  await store.db
    .insertInto("report")
    .values({
      account_id: accountId,
      source: "folder",
      report_id: `report-${number}`,
      report_type: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
      window_start_at: null,
      window_end_at: null,
      created_at: null,
      processing_status: "COMPLETED",
      document_id: null,
      state: "archived",
      state_reason: null,
      first_seen_at: START,
      last_seen_at: START,
      attempts: 1,
      next_attempt_at: null,
      acknowledged_at: null,
    })
    .execute();
  await store.db
    .insertInto("report_file")
    .values({
      account_id: accountId,
      source: "folder",
      report_id: `report-${number}`,
      content_hash: `hash-${number}`,
      file_id: row.file_id,
      fetched_at: START,
      linked: 0,
    })
    .execute();
  return { accountId, fileId: row.file_id };
}
