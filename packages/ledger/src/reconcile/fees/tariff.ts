import { parseAmount, readInstant } from "@amazon-pay-kit/money";
import { BooksError } from "../../books/errors.ts";
import type { FeeSchedule } from "./schedule.ts";

/** A rate ready for arithmetic. */
export interface ExactRate {
  readonly label: string;
  /** The percentage is `numerator / denominator` of the amount. */
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** Fee per authorization in minor units, positive. */
  readonly fixed: bigint;
}

/** What holds in one currency for one stretch of time: a row is right when it follows one of the rates. */
export interface Tariff {
  readonly currency: string;
  /** First moment, and the first after it; milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly rates: readonly ExactRate[];
  /** Fee for a disputed chargeback in minor units, positive; `null` when it is not checked. */
  readonly dispute: bigint | null;
}

/** A tier ready for arithmetic. */
export interface ExactTier extends ExactRate {
  /** Volume below which it holds, in minor units; `null` on the last. */
  readonly below: bigint | null;
}

/** A schedule ready for arithmetic, its tiers still to be chosen by volume. */
export interface ExactSchedule extends Tariff {
  readonly tiers: readonly ExactTier[];
}

const PERCENT = /^(\d{1,3})(?:\.(\d{1,6}))?$/;
const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;

function refuse(what: string): never {
  throw new BooksError("books.bad-option", `fees.schedules: ${what}`);
}

function percentOf(text: string): Pick<ExactRate, "numerator" | "denominator"> {
  const match = PERCENT.exec(text);
  if (match === null) refuse(`cannot read ${JSON.stringify(text)} as a percentage: expected a text such as "2.9"`);
  const fraction = match[2] ?? "";
  return { numerator: BigInt(`${match[1]}${fraction}`), denominator: 100n * 10n ** BigInt(fraction.length) };
}

function minorOf(text: string, currency: string, what: string): bigint {
  try {
    const minor = parseAmount(text, currency);
    return minor < 0n ? refuse(`${what} ${JSON.stringify(text)}: fees are written without a sign`) : minor;
  } catch (error) {
    if (error instanceof BooksError) throw error;
    return refuse(`${what}: ${(error as Error).message}`);
  }
}

function dayOf(text: string | undefined): number {
  if (text === undefined) return Number.MIN_SAFE_INTEGER;
  const time = DAY_TEXT.test(text) ? readInstant(`${text}T00:00:00Z`) : null;
  return time === null ? refuse(`from: expected a day such as 2026-01-31, found ${JSON.stringify(text)}`) : time;
}

/** A schedule checked and ready for arithmetic; `until` is set when the schedules are put in a row. */
function exactOf(schedule: FeeSchedule): ExactSchedule {
  const { currency } = schedule;
  const fixed = minorOf(schedule.tierFixed ?? "0", currency, "tierFixed");
  const tiers = (schedule.tiers ?? []).map((tier, index, all): ExactTier => {
    if ((tier.below === undefined) !== (index === all.length - 1)) refuse("every tier but the last needs `below`");
    const below = tier.below === undefined ? null : minorOf(tier.below, currency, "below");
    return { label: `tier ${index + 1}`, ...percentOf(tier.percentage), fixed, below };
  });
  const rates = (schedule.rates ?? []).map((rate): ExactRate => ({
    label: rate.label,
    ...percentOf(rate.percentage),
    fixed: minorOf(rate.fixed ?? "0", currency, "fixed"),
  }));
  if (rates.length + tiers.length === 0) refuse(`the schedule for ${currency} has neither rates nor tiers`);
  const open = schedule.tierChoice === "any";
  return {
    currency,
    from: dayOf(schedule.from),
    until: Number.MAX_SAFE_INTEGER,
    rates: open ? [...rates, ...tiers] : rates,
    tiers: open ? [] : tiers,
    dispute: schedule.dispute === undefined ? null : minorOf(schedule.dispute, currency, "dispute"),
  };
}

/**
 * The schedules of an account in a row: each holds until the next for its currency begins.
 *
 * @throws BooksError `books.bad-option`
 */
export function exactSchedules(schedules: readonly FeeSchedule[], accountId: string): readonly ExactSchedule[] {
  const own = schedules.filter((schedule) => schedule.accountId === undefined || schedule.accountId === accountId);
  const exact = own
    .map(exactOf)
    .sort((left, right) =>
      left.currency === right.currency ? left.from - right.from : left.currency < right.currency ? -1 : 1,
    );
  return exact.map((schedule, index) => {
    const next = exact[index + 1];
    if (next === undefined || next.currency !== schedule.currency) return schedule;
    if (next.from === schedule.from) refuse(`two schedules for ${schedule.currency} begin on the same day`);
    return { ...schedule, until: next.from };
  });
}
