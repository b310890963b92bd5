import type { OrderEvent, OrdersOptions, OrdersSummary, SkipReason } from "@amazon-pay-kit/orders";
import { type BooksContext, oneAccountOf } from "../../books/context.ts";
import type { OnConflict } from "./keep-records.ts";
import { readRecordBatches } from "./read-record-file.ts";
import { type GivenRecord, type RecordsTaken, takeRecords } from "./take-records.ts";

/** How a file of records is imported. */
export interface ImportRecordsOptions extends OrdersOptions {
  /** Name of the file, for messages and provenance. */
  readonly fileName?: string;
  /** Default `refuse`. */
  readonly onConflict?: OnConflict;
  /** Check everything and keep nothing. Default `false`. */
  readonly dryRun?: boolean;
}

/** Result of importing a file of records. */
export interface RecordsImported extends RecordsTaken {
  /** Format that was recognised. */
  readonly format: string;
  /** Rows that are no records, by the reason. */
  readonly leftOut: Readonly<Record<SkipReason, number>>;
  /** Orders whose export tells of a refund, but not when: those refunds are not in the books. */
  readonly undatedRefunds: number;
  /** What a person should know of this export. */
  readonly notices: readonly string[];
}

/**
 * Imports a file of the merchant's own charges and refunds: all of it or, if any row has an error, nothing. Importing the
 * same file twice is harmless.
 *
 * CSV or a workbook (the order exports of shops are recognised by their columns, others with a mapping) or NDJSON (one object a line, with
 * the members of {@link NewRecord}); gzip and zip are unpacked. Ids of the sandbox are left out, but for the account of a sandbox. What is stored is exactly what `readOrders` gives.
 *
 * @example
 * await importRecords(context, createReadStream("orders.csv"), { map: { amount: "Total", orderId: "Number" }, currency: "EUR" });
 *
 * @throws RecordsError `records.refused` with every problem and its line; `records.unusable-file`, `records.mapping` and the
 * other codes of a file that cannot be read, whose message names the option that would mend it
 */
export async function importRecords(
  context: BooksContext,
  source: AsyncIterable<Uint8Array>,
  options: ImportRecordsOptions = {},
): Promise<RecordsImported> {
  const { fileName = null } = options;
  const origin = { source: "file" as const, fileName, onConflict: options.onConflict ?? "refuse" };
  let summary: OrdersSummary | undefined;
  const reading = { ...options, sandboxIds: options.sandboxIds ?? (await sandboxIdsIn(context)) };
  const rows = recordsOf(readRecordBatches(source, reading), (end) => {
    summary = end;
  });
  const taken = await takeRecords(context, origin, rows, options.dryRun === true);
  if (summary === undefined) throw new Error("a file of records ended without a summary");
  const { format, skipped, undatedRefunds, notices } = summary;
  return { ...taken, format, leftOut: skipped, undatedRefunds, notices };
}

/** In the books of a sandbox account the ids of the sandbox are what counts; in live ones they are tests. */
async function sandboxIdsIn(context: BooksContext): Promise<"skip" | "keep"> {
  const account = await context.store.db
    .selectFrom("account")
    .select("environment")
    .where("account_id", "=", await oneAccountOf(context))
    .executeTakeFirst();
  return account?.environment === "sandbox" ? "keep" : "skip";
}

async function* recordsOf(
  batches: AsyncIterable<readonly OrderEvent[]>,
  atEnd: (summary: OrdersSummary) => void,
): AsyncGenerator<readonly GivenRecord[]> {
  for await (const events of batches) {
    const given: GivenRecord[] = [];
    for (const event of events) {
      if (event.type === "record") given.push({ line: event.line, checked: event });
      else if (event.type === "summary") atEnd(event);
      else if (event.type === "error") {
        const { code, line, message } = event;
        given.push({ line, problem: { code, line, message } });
      }
    }
    yield given;
  }
}
