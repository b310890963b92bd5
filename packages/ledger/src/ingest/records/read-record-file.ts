import { type OrderEvent, OrdersError, type OrdersOptions, readOrderBatches } from "@amazon-pay-kit/orders";
import { RecordsError } from "./errors.ts";

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
    yield* readOrderBatches(source, options);
  } catch (error) {
    if (!(error instanceof OrdersError)) throw error;
    throw new RecordsError(error.code, error.message);
  }
}
