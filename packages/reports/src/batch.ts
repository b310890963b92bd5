import type { ErrorEvent, HeaderEvent, NoticeEvent, SummaryEvent } from "./events.ts";
import type { CellValue } from "./layouts/layout.ts";

/**
 * Some consecutive rows of a file, for callers that take them in bulk.
 *
 * `rows[i]` has its values in the order of `header.columns`: first every column of the layout in the layout's order
 * (whether or not the file has it, so that places are the same for all files of a kind), then the columns that the
 * layout does not know. With `personalData: "drop"` the personal columns are not in `header.columns` at all.
 */
export interface ReportBatch {
  /** The same object in every batch of a file. */
  readonly header: HeaderEvent;
  readonly rows: readonly (readonly CellValue[])[];
  /** Physical line and byte at which `rows[i]` starts. */
  readonly lines: readonly number[];
  readonly offsets: readonly number[];
  readonly errors: readonly ErrorEvent[];
  readonly notices: readonly NoticeEvent[];
  /** In the last batch, and only there. */
  readonly summary: SummaryEvent | null;
}
