import { formatInstant } from "@amazon-pay-kit/money";
import type { RowCheck } from "./row-check.ts";
import { say } from "./sentences/say.ts";

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
    const edge = formatInstant((early ? file.startAt : file.endAt) ?? 0);
    const posted = formatInstant(row.postedAt);
    return {
      amount: row.net,
      says: say(early ? "row.outside-window.before" : "row.outside-window.after", { posted, edge }),
    };
  },
} as const satisfies RowCheck;
