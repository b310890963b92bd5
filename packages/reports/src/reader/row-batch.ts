import type { ErrorEvent, NoticeEvent } from "../events.ts";
import type { CellValue } from "../layouts/layout.ts";

/** What has been read since the last batch was handed out. */
export class RowBatch {
  readonly rows: (readonly CellValue[])[] = [];
  readonly lines: number[] = [];
  readonly offsets: number[] = [];
  readonly errors: ErrorEvent[] = [];
  readonly notices: NoticeEvent[] = [];
}
