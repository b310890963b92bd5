import { formatInstant } from "@amazon-pay-kit/money";
import type { RowCheck } from "./row-check.ts";

/** Posted dates lie inside the window of the settlement's header, give or take the tolerance. */
export const rowOutsideWindow = {
  code: "row.outside-window",
  severity: "warning",
  rule: "Every row is posted within the settlement's start and end",
  amount: "net amount of the row",
  remedy: "Check whether the row belongs to another settlement",
  judge(row, file) {
    const early = file.startAt !== null && row.postedAt < file.startAt - file.tolerance;
    const late = file.endAt !== null && row.postedAt > file.endAt + file.tolerance;
    if (!early && !late) return null;
    const [edge, what] = early ? [file.startAt ?? 0, "before its start"] : [file.endAt ?? 0, "after its end"];
    return {
      amount: row.net,
      message: `posted ${formatInstant(row.postedAt)}, ${what} at ${formatInstant(edge)}`,
    };
  },
} as const satisfies RowCheck;
