import { DAY, UTC } from "@amazon-pay-kit/money";
import { formatInstant, type DepositedTransfer, type ExplainedDeposit } from "@amazon-pay-kit/ledger";
import type { Context } from "../program/context.ts";

/** As much of a hash as tells files apart; with a colon and a line it can be explained again. */
export function place(contentHash: string, line: number): string {
  return `${contentHash.slice(0, 12)}:${line}`;
}

/** The day of a moment in the time zone of the books, or a question mark. */
export function day(context: Pick<Context, "calendar">, instant: number | null): string {
  return instant === null ? "?" : context.calendar().dayOf(instant);
}

/** The day that a bank printed: it has no time of day, and none of a time zone. */
export function bankDay(bookedAt: number): string {
  return formatInstant(bookedAt).slice(0, 10);
}

/** Days from the one of a transfer to the one that the bank printed, as the two are shown. */
export function daysOnTheWay(
  context: Pick<Context, "calendar">,
  { bookedAt }: ExplainedDeposit,
  { transferredAt }: DepositedTransfer,
): number {
  return transferredAt === null
    ? 0
    : Math.round((bookedAt - UTC.startOf(context.calendar().dayOf(transferredAt))) / DAY);
}
