import {
  type ErrorEvent,
  type HeaderEvent,
  type NoticeEvent,
  type ReadReportOptions,
  readReportBatches,
  type ReportColumn,
  type SummaryEvent,
} from "@amazon-pay-kit/reports";
import type { BulkLoad, RowWriter } from "../../../store/rows/bulk-load.ts";
import { SETTLEMENT_ROWS, TRANSACTION_ROWS } from "../../../store/rows/row-tables.ts";
import type { RowPlan } from "./row-plan.ts";
import { settlementPlan } from "./settlement-columns.ts";
import { transactionPlan } from "./transaction-columns.ts";

/** A file whose rows are on their way into the store. */
export interface LoadingFile {
  readonly accountId: string;
  readonly fileId: number;
  readonly byteCount: number;
  /** The bytes as they lie in the archive. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What a file turned out to hold. */
export interface RowsRead {
  readonly header: HeaderEvent;
  readonly summary: SummaryEvent;
  readonly errors: readonly ErrorEvent[];
  readonly notices: readonly NoticeEvent[];
  /** Rows that another file had already delivered. */
  readonly repeats: number;
}

/** Bytes of an average row, for the estimate of how many there are. Compressed files hold more; that costs only speed. */
export const ROW_BYTES = 150;

interface Way {
  readonly plan: RowPlan;
  readonly writer: RowWriter;
}

async function wayFor(bulk: BulkLoad, file: LoadingFile, header: HeaderEvent): Promise<Way> {
  const start: readonly [string, number] = [file.accountId, file.fileId];
  const columns: readonly ReportColumn[] = header.columns;
  const expected = Math.ceil(file.byteCount / ROW_BYTES);
  if (header.report === "settlement") {
    return { plan: settlementPlan(columns, start, expected), writer: await bulk.into(SETTLEMENT_ROWS, expected) };
  }
  const plan = transactionPlan(header.report, columns, start, expected);
  return { plan, writer: await bulk.into(TRANSACTION_ROWS, expected) };
}

/**
 * Reads a report file and writes its rows through the bulk door; errors and notices are gathered.
 *
 * @param check is shown the header before the first row is written, and may refuse the file
 * @throws UnusableReportError when the file as a whole cannot be used
 */
export async function readRows(
  bulk: BulkLoad,
  file: LoadingFile,
  options: ReadReportOptions,
  check: (header: HeaderEvent) => void,
): Promise<RowsRead> {
  const errors: ErrorEvent[] = [];
  const notices: NoticeEvent[] = [];
  let way: Way | undefined;
  let last: { readonly header: HeaderEvent; readonly summary: SummaryEvent } | undefined;
  for await (const { header, rows, lines, summary, ...found } of readReportBatches(file.bytes, options)) {
    if (way === undefined) {
      check(header);
      way = await wayFor(bulk, file, header);
    }
    const { plan, writer } = way;
    await writer.write(rows.length, (index, cells, at) => plan.fill(rows[index] ?? [], lines[index] ?? 0, cells, at));
    errors.push(...found.errors);
    notices.push(...found.notices);
    if (summary !== null) last = { header, summary };
  }
  if (way === undefined || last === undefined) throw new TypeError("a report reader ended without a summary");
  const { plan, writer } = way;
  const repeats = await writer.settle({
    accountId: file.accountId,
    fileId: file.fileId,
    suspects: plan.suspects,
    settlementIds: plan.settlementIds(),
    startAt: last.header.settlementStartDate ?? null,
    endAt: last.header.settlementEndDate ?? null,
    errors: last.summary.errors,
  });
  return { ...last, errors, notices, repeats };
}
