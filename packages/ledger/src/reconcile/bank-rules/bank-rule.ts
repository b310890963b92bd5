import { MoneyError, parseAmount } from "@amazon-pay-kit/money";
import { BooksError } from "../../books/errors.ts";
import { EXPLANATION_REASONS, type ExplanationReason } from "../exceptions/reasons.ts";

/** Differences at the bank that a rule may explain. */
export const BANK_RULE_CODES = ["match.amount", "bank.late-deposit", "bank.unknown-deposit"] as const;

/** One of {@link BANK_RULE_CODES}. */
export type BankRuleCode = (typeof BANK_RULE_CODES)[number];

/**
 * What is to be thought of a difference that comes again and again, such as the charge that a bank takes from every payout.
 * A run explains every difference that fits, with the reason, as a person would; the rule stands in its history.
 */
export interface BankRule {
  /** Stands in the history of what it explains: unique within an account. */
  readonly name: string;
  /** Account that it is for. Default: every account. */
  readonly accountId?: string;
  readonly code: BankRuleCode;
  /**
   * Greatest difference, a decimal text in {@link BankRule.currency}: needed for `match.amount`. A `bank-fee` or a `claim` is
   * money that did not arrive; the other reasons hold for more that arrived as well.
   */
  readonly most?: string;
  readonly currency?: string;
  /** So many calendar days after the day on which it was due: needed for `bank.late-deposit`. */
  readonly days?: number;
  /** What the text of the deposit must have, a regular expression without regard to case: needed for `bank.unknown-deposit`. */
  readonly text?: string;
  readonly reason: ExplanationReason;
  readonly note?: string;
}

/** A rule as a run applies it. */
export interface CheckedBankRule extends Omit<BankRule, "most" | "text"> {
  /** Minor units of its currency. */
  readonly most: bigint | null;
  readonly text: RegExp | null;
}

/** What each code must be bounded by: a rule without it would explain whatever comes. */
const NEEDED: Readonly<Record<BankRuleCode, "most" | "days" | "text">> = {
  "match.amount": "most",
  "bank.late-deposit": "days",
  "bank.unknown-deposit": "text",
};

const LONGEST_NAME = 60;

function refuse(rule: BankRule, what: string): never {
  throw new BooksError("books.bad-option", `bank rule ${JSON.stringify(rule.name)}: ${what}`);
}

function minorOf(rule: BankRule): bigint | null {
  const { most, currency } = rule;
  if (most === undefined) return currency === undefined ? null : refuse(rule, "currency belongs to most");
  if (currency === undefined) return refuse(rule, "most needs a currency, such as EUR");
  try {
    const minor = parseAmount(most, currency);
    return minor > 0n ? minor : refuse(rule, `most: expected an amount above zero, found ${most}`);
  } catch (error) {
    if (error instanceof MoneyError) return refuse(rule, `most: ${error.message}`);
    throw error;
  }
}

function patternOf(rule: BankRule): RegExp | null {
  if (rule.text === undefined) return null;
  try {
    return new RegExp(rule.text, "iu");
  } catch (error) {
    return refuse(rule, `text: expected a regular expression (${(error as Error).message})`);
  }
}

/**
 * Checks a rule.
 *
 * @throws BooksError `books.bad-option`, naming the rule
 */
export function checkedBankRule(rule: BankRule): CheckedBankRule {
  const name = rule.name.trim();
  if (name === "" || name.length > LONGEST_NAME)
    refuse(rule, `a rule needs a name of at most ${LONGEST_NAME} characters`);
  if (!BANK_RULE_CODES.includes(rule.code)) refuse(rule, `code: expected one of ${BANK_RULE_CODES.join(", ")}`);
  if (!EXPLANATION_REASONS.includes(rule.reason))
    refuse(rule, `reason: expected one of ${EXPLANATION_REASONS.join(", ")}`);
  const needed = NEEDED[rule.code];
  if (rule[needed] === undefined) refuse(rule, `${rule.code} needs ${needed}, or everything would be explained`);
  if (rule.days !== undefined && (!Number.isSafeInteger(rule.days) || rule.days < 1))
    refuse(rule, `days: expected a whole number, 1 or more, found ${rule.days}`);
  return { ...rule, name, most: minorOf(rule), text: patternOf(rule) };
}

/**
 * Checks all rules of a run.
 *
 * @throws BooksError `books.bad-option`, also where two rules of an account have one name
 */
export function checkedBankRules(rules: readonly BankRule[]): readonly CheckedBankRule[] {
  const checked = rules.map(checkedBankRule);
  for (const [index, rule] of checked.entries()) {
    const same = checked
      .slice(0, index)
      .some(
        (other) =>
          other.name === rule.name &&
          (other.accountId === rule.accountId || other.accountId === undefined || rule.accountId === undefined),
      );
    if (same) refuse(rule as unknown as BankRule, "another rule has the same name");
  }
  return checked;
}
