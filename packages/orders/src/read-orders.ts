import type { Archive } from "@amazon-pay-kit/packed";
import { openTable, TableError } from "@amazon-pay-kit/tabular";
import { foreignFile } from "./beginning.ts";
import { OrdersError, type OrdersErrorCode } from "./errors.ts";
import { Faults } from "./faults.ts";
import { checkedOptions, type CheckedOptions, type OrdersOptions } from "./options.ts";
import { readObjects } from "./read-objects.ts";
import type { RowReading } from "./read-row.ts";
import { openOrderTable, type OrderTable } from "./read-table.ts";
import { openOrderSheets } from "./read-workbook.ts";
import type { OrderEvent, SkipReason } from "./record.ts";
import { Statuses } from "./statuses.ts";
import { unpackedOrders } from "./unpack.ts";

/** A brace that opens. */
const OBJECT = 0x7b;

const CODES: Readonly<Record<TableError["code"], OrdersErrorCode>> = {
  "table.encoding": "records.encoding",
  "table.unknown-encoding": "records.encoding",
  "table.separator": "records.separator",
  "table.record-too-long": "records.unusable-file",
  "table.mapping": "records.mapping",
  "table.workbook": "records.unusable-file",
};

/** Counts what a file holds, and puts together what one option would mend. */
class Tally {
  readonly #faults = new Faults();
  readonly #skipped: Record<SkipReason, number> = {
    "paid-otherwise": 0,
    "no-money-moved": 0,
    "further-item": 0,
    sandbox: 0,
  };
  #records = 0;
  #errors = 0;
  undatedRefunds = 0;

  take(line: number, reading: RowReading, events: OrderEvent[]): void {
    if ("record" in reading) {
      this.#records += 1;
      events.push(reading.record);
    } else if ("skipped" in reading) {
      this.#skipped[reading.skipped] += 1;
      events.push({ type: "skipped", line, reason: reading.skipped, message: reading.message });
    } else {
      for (const fault of reading.faults) {
        const error = this.#faults.take(line, fault);
        if (error === null) continue;
        this.#errors += 1;
        events.push(error);
      }
    }
  }

  *end(format: string, notice: string | undefined): Generator<OrderEvent> {
    for (const error of this.#faults.rest()) {
      this.#errors += 1;
      yield error;
    }
    yield {
      type: "summary",
      format,
      records: this.#records,
      errors: this.#errors,
      skipped: this.#skipped,
      undatedRefunds: this.undatedRefunds,
      notices: notice === undefined || this.#records === 0 ? [] : [notice],
    };
  }
}

/**
 * Reads an export of a shop to its charges and refunds: CSV or the sheets of an Excel workbook whose columns are known or mapped,
 * or one object a line (NDJSON).
 *
 * Each row ends as a record, as a row that is left out with its reason, or as an error; errors that one option would mend
 * (unknown status words, ambiguous dates) are told once with their count, after the rows. Memory stays flat.
 *
 * @example
 * for await (const event of readOrders(createReadStream("orders.csv"), { currency: "EUR" }))
 *   if (event.type === "record") console.log(event.orderId, event.amount, event.currency);
 *
 * @param source bytes of the file, packed (gzip, zip) or not
 * @throws OrdersError where the file cannot be read at all; its message names the option that would mend it
 */
export async function* readOrders(
  source: AsyncIterable<Uint8Array>,
  options: OrdersOptions = {},
): AsyncGenerator<OrderEvent, void, void> {
  for await (const events of readOrderBatches(source, options)) yield* events;
}

/**
 * As {@link readOrders}, events in batches: for files of millions of rows.
 *
 * @throws OrdersError as there, behind the events of the rows before
 */
export async function* readOrderBatches(
  source: AsyncIterable<Uint8Array>,
  options: OrdersOptions = {},
): AsyncGenerator<readonly OrderEvent[], void, void> {
  const checked = checkedOptions(options);
  const file = await unpackedOrders(source);
  try {
    if (file.kind === "workbook") {
      yield* workbookEvents(file.archive, options, checked);
      return;
    }
    const foreign = foreignFile(file.head);
    if (foreign !== null) throw new OrdersError("records.unusable-file", foreign);
    if (file.head[0] === OBJECT) yield* objectEvents(file.bytes, options, checked);
    else yield* tableEvents(file.bytes, options, checked);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw new OrdersError(CODES[error.code], error.message, error.option, error);
  } finally {
    file.close();
  }
}

/** Objects that are handed on at a time. */
const OBJECTS_AT_ONCE = 500;

async function* objectEvents(
  bytes: AsyncIterable<Uint8Array>,
  options: OrdersOptions,
  checked: CheckedOptions,
): AsyncGenerator<readonly OrderEvent[]> {
  const tally = new Tally();
  const rules = {
    options: checked,
    statuses: new Statuses({}, checked.statuses),
    signed: checked.signed,
    namesCurrency: true,
  };
  let events: OrderEvent[] = [];
  try {
    for await (const { line, reading } of readObjects(bytes, options.encoding, rules)) {
      tally.take(line, reading, events);
      if (events.length < OBJECTS_AT_ONCE) continue;
      yield events;
      events = [];
    }
  } catch (error) {
    yield events;
    throw error;
  }
  yield [...events, ...tally.end("ndjson", undefined)];
}

async function* tableEvents(
  bytes: AsyncIterable<Uint8Array>,
  options: OrdersOptions,
  checked: CheckedOptions,
): AsyncGenerator<readonly OrderEvent[]> {
  const tally = new Tally();
  const table = await openTable(bytes, options);
  const orders = await openOrderTable(table, options, checked);
  yield* rowEvents(orders, tally);
  yield [...tally.end(orders.profile.name, orders.profile.notice)];
}

async function* workbookEvents(
  archive: Archive,
  options: OrdersOptions,
  checked: CheckedOptions,
): AsyncGenerator<readonly OrderEvent[]> {
  const tally = new Tally();
  const tables = await openOrderSheets(archive, options, checked);
  for (const table of tables) yield* rowEvents(table, tally);
  const profile = tables[0]?.profile;
  yield [...tally.end(profile?.name ?? "", profile?.notice)];
}

async function* rowEvents(orders: OrderTable, tally: Tally): AsyncGenerator<readonly OrderEvent[]> {
  const { rows, reader } = orders;
  for await (const batch of rows) {
    const events: OrderEvent[] = [];
    try {
      for (const row of batch) {
        const read = reader.read(row);
        if (read === null) continue;
        if (read.undatedRefund) tally.undatedRefunds += 1;
        tally.take(read.line, read.reading, events);
      }
    } catch (error) {
      yield events;
      throw error;
    }
    yield events;
  }
}
