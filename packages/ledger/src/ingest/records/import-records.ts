import type { BooksContext } from "../../books/context.ts";
import { RecordsError } from "./errors.ts";
import type { ColumnChoice } from "./file/columns.ts";
import { type FileSeen, readRecordFile } from "./file/read-file.ts";
import type { LeftOut } from "./file/read-row.ts";
import type { OnConflict } from "./keep-records.ts";
import { type RecordsTaken, takeRecords } from "./take-records.ts";

/** How a file of records is imported. */
export interface ImportRecordsOptions extends ColumnChoice {
  /** Name of the file, for messages and provenance. */
  readonly fileName?: string;
  /** Currency of rows that name none. */
  readonly currency?: string;
  /** Kind of rows that name none. Default `charge`. */
  readonly kind?: "charge" | "refund";
  /** Offset of times without one: `+01:00`. Default `Z`. */
  readonly utcOffset?: string;
  /** Amounts below zero are refunds. Default `false`: they are refused. */
  readonly signedAmounts?: boolean;
  /** Separator of the cells. Default `,`. */
  readonly separator?: string;
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
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  /** Orders whose export tells of a refund, but not when: those refunds are not in the books. */
  readonly undatedRefunds: number;
}

const OFFSET = /^(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Imports a file of the merchant's own charges and refunds: all of it or, if any row has an error, nothing. Importing the
 * same file twice is harmless.
 *
 * CSV (the order exports of WooCommerce, Shopify, Magento and Shopware are recognised by their columns, others with a
 * mapping) or NDJSON (one object a line, with the members of {@link NewRecord}); gzip and zip are unpacked.
 *
 * @example
 * await importRecords(context, createReadStream("orders.csv"), { map: { amount: "Total", orderId: "Number" }, currency: "EUR" });
 *
 * @throws RecordsError `records.refused` with every problem and its line, `records.unusable-file`, `records.mapping`
 */
export async function importRecords(
  context: BooksContext,
  source: AsyncIterable<Uint8Array>,
  options: ImportRecordsOptions = {},
): Promise<RecordsImported> {
  const { utcOffset = "Z", fileName = null } = options;
  if (!OFFSET.test(utcOffset)) {
    throw new RecordsError("records.mapping", `cannot read ${JSON.stringify(utcOffset)} as an offset: write +01:00`);
  }
  const seen: FileSeen = {
    format: "",
    leftOut: { "paid-otherwise": 0, "no-money-moved": 0, "further-item": 0 },
    undatedRefunds: 0,
  };
  const defaults = {
    kind: options.kind ?? "charge",
    currency: options.currency?.toUpperCase() ?? null,
    offset: utcOffset,
    signed: options.signedAmounts === true,
  };
  const origin = { source: "file" as const, fileName, onConflict: options.onConflict ?? "refuse" };
  const rows = readRecordFile(source, { ...options, defaults }, seen);
  const taken = await takeRecords(context, origin, rows, options.dryRun === true);
  return { ...taken, ...seen };
}
