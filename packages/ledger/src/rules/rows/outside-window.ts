import { formatInstant } from "@amazon-pay-kit/money";
import { messagesOf } from "../message.ts";
import type { CheckedFile, RowRule } from "./row-rule.ts";

const messages = {
  "row.outside-window.before": "posted {posted}, before its start at {edge}",
  "row.outside-window.after": "posted {posted}, after its end at {edge}",
} as const;
const message = messagesOf(messages);

/** The times between which rows may be posted: the window of the file's header, give or take the tolerance. */
function earliest({ startAt, tolerance }: CheckedFile): number | null {
  return startAt === null ? null : startAt - tolerance;
}
function latest({ endAt, tolerance }: CheckedFile): number | null {
  return endAt === null ? null : endAt + tolerance;
}

/** Posted dates lie inside the window of the settlement's header, give or take the tolerance. */
export const outsideWindow = {
  code: "row.outside-window",
  severity: "warning",
  rule: "Every row is posted within the settlement's start and end",
  amount: "net amount of the row",
  remedy: "Check whether the row belongs to another settlement",
  messages,
  breaks: (is, row, file) => is.either(is.before(row.postedAt, earliest(file)), is.after(row.postedAt, latest(file))),
  explain(row, file) {
    const early = row.postedAt < (earliest(file) ?? row.postedAt);
    const edge = formatInstant((early ? file.startAt : file.endAt) ?? 0);
    return {
      amount: row.net,
      messages: message(early ? "row.outside-window.before" : "row.outside-window.after", {
        posted: formatInstant(row.postedAt),
        edge,
      }),
    };
  },
} as const satisfies RowRule;
