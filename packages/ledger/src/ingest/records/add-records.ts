import type { BooksContext } from "../../books/context.ts";
import type { OnConflict } from "./keep-records.ts";
import type { NewRecord } from "./record.ts";
import { type GivenRecord, type RecordsTaken, takeRecords } from "./take-records.ts";

/** How records are added. */
export interface AddRecordsOptions {
  /** Whether a record may take the place of one that is there with another amount. Default `refuse`. */
  readonly onConflict?: OnConflict;
  /** Where they come from: the merchant's own program, or objects of the API. Default `library`. */
  readonly source?: "library" | "api";
}

/**
 * Adds the merchant's own charges and refunds: all of them or none. Records that are there already are recognised, so
 * that adding twice does no harm.
 *
 * @throws RecordsError `records.refused`: see its `problems`, whose `line` is the place in the list, from 1
 *
 * @example
 * await addRecords(context, [{ kind: "charge", transactionId: charge.chargeId, amount: "19.99", currency: "EUR",
 *   occurredAt: "2026-01-31T10:00:00Z", orderId: "1001" }]);
 */
export function addRecords(
  context: BooksContext,
  records: Iterable<NewRecord> | AsyncIterable<NewRecord>,
  options: AddRecordsOptions = {},
): Promise<RecordsTaken> {
  const origin = { source: options.source ?? "library", fileName: null, onConflict: options.onConflict ?? "refuse" };
  return takeRecords(context, origin, numbered(records));
}

/** Records that are handed on at a time. */
const AT_ONCE = 500;

async function* numbered(
  records: Iterable<NewRecord> | AsyncIterable<NewRecord>,
): AsyncGenerator<readonly GivenRecord[]> {
  let line = 0;
  let given: GivenRecord[] = [];
  for await (const record of records) {
    line += 1;
    given.push({ line, record });
    if (given.length < AT_ONCE) continue;
    yield given;
    given = [];
  }
  yield given;
}
