import { type OrderEvent, OrdersError, type OrdersOptions, readOrderBatches } from "@amazon-pay-kit/orders";
import { plainBytes, ReportError } from "@amazon-pay-kit/reports";
import { RecordsError } from "./errors.ts";

/** The bytes of a file that a person hands in, unpacked where they are packed. */
async function* unpacked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* plainBytes(source);
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    throw new RecordsError(
      "records.unusable-file",
      "the file is packed, and its packing is damaged, or it holds several files, as an Excel workbook does: unpack it first, or save it anew as CSV (UTF-8)",
    );
  }
}

/**
 * Reads a file of the merchant's own charges and refunds, packed (gzip, zip) or not, without any books: exactly what
 * `importRecords` takes from it.
 *
 * @example for await (const event of readRecordFile(createReadStream("orders.csv.gz"))) console.log(event);
 * @throws RecordsError where the file cannot be read at all; its message names the option that would mend it
 */
export async function* readRecordFile(
  source: AsyncIterable<Uint8Array>,
  options: OrdersOptions = {},
): AsyncGenerator<OrderEvent, void, void> {
  for await (const events of readRecordBatches(source, options)) yield* events;
}

/** As {@link readRecordFile}, many events at a time. */
export async function* readRecordBatches(
  source: AsyncIterable<Uint8Array>,
  options: OrdersOptions = {},
): AsyncGenerator<readonly OrderEvent[], void, void> {
  try {
    yield* readOrderBatches(unpacked(source), options);
  } catch (error) {
    if (!(error instanceof OrdersError)) throw error;
    throw new RecordsError(error.code, error.message);
  }
}
