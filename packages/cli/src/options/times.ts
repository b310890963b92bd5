import { dayAfter, formatCompact, readInstant } from "@amazon-pay-kit/money";
import { CliError } from "../errors.ts";
import { text, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function unreadable(text: string, option: string): CliError {
  return new CliError("usage.time", `${option}: cannot read ${JSON.stringify(text)} as a time`, {
    remedy: "use 2026-01-31 or 2026-01-31T00:00:00Z",
  });
}

/** A day as people type it; null for a text that is meant to be something else. */
function dayOf(text: string, option: string): string | null {
  if (!DAY.test(text)) return null;
  if (readInstant(`${text}T00:00:00Z`) === null) throw unreadable(text, option);
  return text;
}

/** A moment as people type it: `2026-01-31`, the start of that day in the time zone of the books, or a full time with its offset. */
export function momentOf(context: Pick<Context, "calendar">, text: string, option: string): number {
  const day = dayOf(text, option);
  if (day !== null) return context.calendar().startOf(day);
  const instant = readInstant(text);
  if (instant === null) throw unreadable(text, option);
  return instant;
}

/** The end of a period: a day as such is meant to its end, however many hours it has. */
export function endOf(context: Pick<Context, "calendar">, text: string, option: string): number {
  const day = dayOf(text, option);
  return day === null ? momentOf(context, text, option) : context.calendar().startOf(dayAfter(day));
}

/** A period in milliseconds since the epoch; what was not given is undefined. */
export interface Period {
  readonly from: number | undefined;
  readonly until: number | undefined;
}

/**
 * The period that `--from` and `--to` name.
 *
 * @throws CliError `usage.time` for what is no time, `usage.period` for one that ends before it begins
 */
export function periodOf(context: Pick<Context, "calendar">, input: Input): Period {
  const [from, to] = [text(input, "from"), text(input, "to")];
  const period = {
    from: from === undefined ? undefined : momentOf(context, from, "--from"),
    until: to === undefined ? undefined : endOf(context, to, "--to"),
  };
  if (period.from === undefined || period.until === undefined || period.from < period.until) return period;
  throw new CliError("usage.period", `--from ${from} is not before the end of --to ${to}`, {
    remedy: "change the two round",
  });
}

/** {@link momentOf} in the form of the API, or undefined. */
export function apiTime(
  context: Pick<Context, "calendar">,
  text: string | undefined,
  option: string,
): string | undefined {
  return text === undefined ? undefined : formatCompact(momentOf(context, text, option));
}

/** {@link endOf} in the form of the API, or undefined. Today ends now: the service refuses a time that is still to come. */
export function apiEnd(
  context: Pick<Context, "calendar" | "clock">,
  text: string | undefined,
  option: string,
): string | undefined {
  if (text === undefined) return undefined;
  const [from, end, now] = [momentOf(context, text, option), endOf(context, text, option), context.clock.now()];
  return formatCompact(from <= now && now < end ? now : end);
}
