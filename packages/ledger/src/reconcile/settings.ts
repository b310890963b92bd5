import { checkFeeTax, type FeeTax } from "../fee-tax/fee-tax.ts";
import { DAY, MINUTE } from "@amazon-pay-kit/money";
import { BooksError } from "../books/errors.ts";
import { type BankRule, checkedBankRules } from "./bank-rules/bank-rule.ts";
import type { FeeSettings } from "./fees/schedule.ts";

/**
 * Whether an unmatched row means anything: `auto` where the account keeps records (or bank statements) for that time,
 * `required` always, `ignored` never.
 */
export type Kept = "auto" | "required" | "ignored";

/** How a run judges. Every one has a default; a change of any makes the next run a full one. */
export interface ReconcileSettings {
  /**
   * When the transfer pays: `closing` what the settlement itself made, `previous-balance` what it opened with (files
   * are known whose transfer is stamped in the middle of the period), `auto` whichever the figures show. Default `auto`.
   */
  readonly transferPays?: "auto" | "closing" | "previous-balance";
  /** `require` raises `settlement.zero-sum` for a settlement with a transfer that leaves a balance. Default `report`. */
  readonly zeroSum?: "report" | "require";
  /** How far windows may be apart, overlap, or rows lie outside, in milliseconds. Default 2 minutes. */
  readonly windowTolerance?: number;
  /** When `capture.unknown` and `refund.unknown` are raised. Default `auto`. */
  readonly records?: Kept;
  /** When `bank.missing-deposit` and `bank.unknown-deposit` are raised. Default `auto`. */
  readonly bank?: Kept;
  /**
   * A charge or refund with an Amazon Pay id is unsettled when settlements reach so far beyond it, in milliseconds.
   * Default one day: it is settled in the period in which it was captured.
   */
  readonly unsettledGrace?: number;
  /**
   * Any other record (an order whose day of capture is unknown), or one beyond the last settlement, is unsettled when it
   * is so old, in milliseconds. Default 16 days: the longest known cycle and two days.
   */
  readonly unsettledAfter?: number;
  /**
   * Whether the books hold the account's whole history, so that a refund without its capture is an orphan. `auto`: the
   * first settlement opens with nothing, or began {@link refundHorizon} before the refund. Default `auto`.
   */
  readonly history?: "auto" | "complete" | "partial";
  /** How long after its capture a refund may come, in milliseconds. Default 120 days. */
  readonly refundHorizon?: number;
  /** Business days in which a transfer arrives at the bank. Default 5. */
  readonly bankDays?: number;
  /** Text of a bank line that says that it comes from Amazon Pay, a regular expression without regard to case and width. */
  readonly depositPattern?: string;
  /** Accounts whose bank converts every payout: a conversion is no difference there, unless its rate leaves the tolerance. */
  readonly conversions?: readonly ConversionRule[];
  /** What is to be thought of differences at the bank that come again and again; the first that fits explains one. */
  readonly bankRules?: readonly BankRule[];
  /** The fee audit. */
  readonly fees?: FeeSettings;
  /** Value added tax that is in the fees, for comparing fee invoices. Default: none. */
  readonly feeTax?: readonly FeeTax[];
}

/** That the bank of an account converts every payout. */
export interface ConversionRule {
  /** Account that it is for. Default: every account. */
  readonly accountId?: string;
  /** Percent by which the rate of a conversion may differ from those next to it: a decimal text, `1.5`. */
  readonly tolerance: string;
}

/**
 * The tolerance of an account's conversions in hundredths of a percent; `null` where conversions are differences.
 *
 * @throws BooksError `books.bad-option`
 */
export function conversionTolerance(settings: Settings, accountId: string): bigint | null {
  const rule = settings.conversions.findLast((one) => one.accountId === undefined || one.accountId === accountId);
  if (rule === undefined) return null;
  const [, whole = "", part = ""] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(rule.tolerance) ?? refuseTolerance(rule);
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, "0"));
}

function refuseTolerance({ tolerance }: ConversionRule): never {
  return refuse("conversions", tolerance, "percent with at most two digits after the point, such as 1.5");
}

/** Settings with nothing left out. */
export type Settings = Required<ReconcileSettings>;

const DEFAULTS: Settings = {
  transferPays: "auto",
  zeroSum: "report",
  windowTolerance: 2 * MINUTE,
  records: "auto",
  bank: "auto",
  unsettledGrace: DAY,
  unsettledAfter: 16 * DAY,
  history: "auto",
  refundHorizon: 120 * DAY,
  bankDays: 5,
  depositPattern: "amazon\\s*-?\\s*pay|amzn\\s*pay|amazon payments|アマゾン\\s*[-・]?\\s*ペイ",
  conversions: [],
  bankRules: [],
  fees: {},
  feeTax: [],
};

const CHOICES = {
  transferPays: ["auto", "closing", "previous-balance"],
  zeroSum: ["report", "require"],
  records: ["auto", "required", "ignored"],
  bank: ["auto", "required", "ignored"],
  history: ["auto", "complete", "partial"],
} as const;

function refuse(name: string, value: unknown, expected: string): never {
  throw new BooksError("books.bad-option", `${name}: expected ${expected}, found ${JSON.stringify(value)}`);
}

/**
 * Settings with their defaults, checked.
 *
 * @throws BooksError `books.bad-option`
 */
export function settingsOf(given: ReconcileSettings = {}): Settings {
  const settings: Settings = { ...DEFAULTS, ...withoutUndefined(given) };
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = settings[name as keyof typeof CHOICES];
    if (!(choices as readonly string[]).includes(value)) refuse(name, value, choices.join(", "));
  }
  for (const name of ["windowTolerance", "unsettledGrace", "unsettledAfter", "refundHorizon", "bankDays"] as const) {
    const value = settings[name];
    if (!Number.isSafeInteger(value) || value < 0) refuse(name, value, "a whole number, 0 or more");
  }
  depositPatternOf(settings);
  checkFeeTax(settings.feeTax);
  checkedBankRules(settings.bankRules);
  for (const rule of settings.conversions)
    conversionTolerance({ ...settings, conversions: [rule] }, rule.accountId ?? "");
  return settings;
}

/**
 * The pattern that tells a deposit from Amazon Pay by its text.
 *
 * @throws BooksError `books.bad-option`
 */
export function depositPatternOf(settings: Settings): RegExp {
  try {
    return new RegExp(settings.depositPattern, "iu");
  } catch (error) {
    return refuse("depositPattern", settings.depositPattern, `a regular expression (${(error as Error).message})`);
  }
}

function withoutUndefined(given: ReconcileSettings): ReconcileSettings {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
