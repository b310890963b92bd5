import { formatAmount, HOUR } from "@amazon-pay-kit/money";
import { reserveRollForward } from "../../rules/reserve-roll-forward.ts";
import { settlementOpening } from "../../rules/settlement-opening.ts";
import { settlementRollForward } from "../../rules/settlement-roll-forward.ts";
import { settlementZeroSum } from "../../rules/settlement-zero-sum.ts";
import type { Finding } from "../finding.ts";
import type { Settings } from "../settings.ts";
import { subject } from "../subject.ts";
import type { Link } from "./link.ts";
import { message } from "../../rules/index.ts";

type Policy = Settings["transferPays"];

/** How long before the end of the period a transfer must be stamped to count as stamped in the middle. */
const MIDDLE = HOUR;

/**
 * Whether the transfer of a settlement pays what it opened with, so that a balance is left at its end.
 *
 * Files are known whose Transfer is stamped in the middle of the period, with captures after it.
 */
export function paysPreviousBalance(link: Link, before: Link | null, policy: Policy): boolean {
  if (link.payout === 0n || policy === "closing") return false;
  if (policy === "previous-balance") return true;
  const inTheMiddle = link.payoutAt !== null && link.endAt !== null && link.payoutAt < link.endAt - MIDDLE;
  return inTheMiddle && (link.payout === -link.carriedIn || (before !== null && link.payout === -before.left));
}

/** Whether a settlement should leave nothing: it paid out, and not what it opened with. */
function shouldBeEmpty(link: Link, before: Link | null, policy: Policy): boolean {
  return link.payout !== 0n && !paysPreviousBalance(link, before, policy);
}

/** Nobody holds back a reserve out of a negative balance: a settlement that shows both has lost a row. */
function holdsWhatIsNotThere(link: Link): boolean {
  return link.held > 0n && link.left < 0n;
}

/** What a settlement carries in beyond what was left to it. A negative Debt row may or may not be part of it. */
function openingDifference(left: bigint, next: Link): bigint {
  const whole = next.carriedIn - left;
  return whole !== 0n && next.carriedIn - next.debt === left ? 0n : whole;
}

/** This many settlements make a habit. */
const USUAL_CLOSING = 2;

/**
 * Whether every payout of a chain takes all that there is: several do, and none pays out and leaves a balance that the next
 * one takes on. Then a balance that is left and an opening that is not nothing are two faults, not one.
 */
export function payoutsEmpty(chain: readonly Link[], policy: Policy): boolean {
  const paying = new Set(chain.filter((link, index) => shouldBeEmpty(link, chain[index - 1] ?? null, policy)));
  if ([...paying].filter((link) => link.left === 0n).length < USUAL_CLOSING) return false;
  return chain.every((link, index) => !paying.has(link) || !isTakenOn(link, chain[index + 1]));
}

/** Whether no settlement of a chain, and it has several, takes on a balance that the one before left. */
export function nothingCarried(chain: readonly Link[]): boolean {
  if (chain.filter((link) => link.left === 0n).length < USUAL_CLOSING) return false;
  return chain.every((link, index) => !isTakenOn(link, chain[index + 1]));
}

function isTakenOn(link: Link, next: Link | undefined): boolean {
  return next !== undefined && link.left !== 0n && openingDifference(link.left, next) === 0n;
}

/** What is known about a chain when two of its links are compared. */
export interface BalanceFacts {
  /** By how much the opening of the earlier one was already found to be wrong. */
  readonly beforeOff: bigint;
  /** See {@link payoutsEmpty}. */
  readonly emptied: boolean;
  /** See {@link nothingCarried}. */
  readonly carryless: boolean;
  /** Whether rows of a settlement are known to be wrong by what it leaves too much (negative: too little). */
  readonly blames: (link: Link, difference: bigint) => boolean;
  readonly settings: Settings;
}

/** What the balances of two settlements that follow each other say. */
export interface BalanceVerdict {
  readonly findings: readonly Finding[];
  /** The earlier settlement does not lead to the opening of the later one. */
  readonly beforeFails: boolean;
  /** The later settlement's opening is wrong by so much; 0 when it is right. */
  readonly openingOff: bigint;
}

/**
 * Compares what a settlement leaves with what the next one carries in.
 *
 * When they differ, one of the two is wrong, and the evidence decides: a settlement that paid out and still leaves
 * something, holds back a reserve out of less than nothing, leaves a balance where no other one does, or has rows that are
 * wrong by as much, is the one (`settlement.roll-forward`); otherwise the next one's opening is the odd figure
 * (`settlement.opening`).
 *
 * @param earlier the settlement before `before`
 */
export function judgeBalance(
  earlier: Link | null,
  before: Link,
  next: Link,
  { beforeOff, emptied, carryless, blames, settings }: BalanceFacts,
): BalanceVerdict {
  const findings: Finding[] = [];
  const reserve = next.released - before.held;
  if (reserve !== 0n) findings.push(reserveFinding(before, next, reserve));
  const difference = openingDifference(before.left, next);
  if (difference === 0n || difference === -beforeOff) return { findings, beforeFails: false, openingOff: 0n };
  const policy = settings.transferPays;
  const openingIsPaid = paysPreviousBalance(next, null, policy) && next.payout === -next.carriedIn;
  const leftover = shouldBeEmpty(before, earlier, policy) && before.left !== 0n && before.left !== beforeOff;
  const beforeAtFault =
    leftover ||
    holdsWhatIsNotThere(before) ||
    (carryless && openingDifference(0n, next) === 0n) ||
    blames(before, -difference) ||
    (paysPreviousBalance(before, earlier, policy) && openingIsPaid);
  if (!beforeAtFault) {
    findings.push(openingFinding(before, next, difference, before.left));
    return { findings, beforeFails: false, openingOff: difference };
  }
  const own = leftover && emptied ? openingDifference(0n, next) : 0n;
  findings.push(rollForwardFinding(before, next, own - difference));
  if (own !== 0n) findings.push(openingFinding(before, next, own, 0n));
  return { findings, beforeFails: true, openingOff: own };
}

/** What a settlement says which no next one confirms: having paid out, or holding back all, it should leave nothing. */
export function judgeLast(earlier: Link | null, last: Link, openingOff: bigint, settings: Settings): Finding | null {
  if (!shouldBeEmpty(last, earlier, settings.transferPays) && !holdsWhatIsNotThere(last)) return null;
  if (last.left === 0n || last.left === openingOff) return null;
  return rollForwardFinding(last, null, last.left);
}

/** Where the policy demands it: a settlement with a transfer leaves nothing. */
export function judgeZeroSum(link: Link, settings: Settings): Finding | null {
  if (settings.zeroSum !== "require" || link.payout === 0n || link.left === 0n) return null;
  return about(link, {
    code: settlementZeroSum.code,
    amount: link.left,
    messages: message("settlement.zero-sum", { sum: formatAmount(link.left, link.currency) }),
  });
}

function about(link: Link, finding: Pick<Finding, "code" | "amount" | "messages">): Finding {
  return {
    ...finding,
    subject: subject.settlement(link.settlementId, link.currency),
    settlementId: link.settlementId,
    transactionId: null,
    fileId: link.fileId,
    line: null,
    currency: link.currency,
  };
}

function reserveFinding(before: Link, next: Link, difference: bigint): Finding {
  const text = (minor: bigint): string => formatAmount(minor, next.currency);
  return about(next, {
    code: reserveRollForward.code,
    amount: difference,
    messages: message("reserve.roll-forward", {
      released: text(next.released),
      before: before.settlementId,
      held: text(before.held),
    }),
  });
}

/** @param left what the settlement before left, or should have left */
function openingFinding(before: Link, next: Link, difference: bigint, left: bigint): Finding {
  const text = (minor: bigint): string => formatAmount(minor, next.currency);
  const facts = { carried: text(next.carriedIn), before: before.settlementId };
  return about(next, {
    code: settlementOpening.code,
    amount: difference,
    messages: [
      ...(left === before.left
        ? message("settlement.opening.left", { ...facts, left: text(left) })
        : message("settlement.opening.paid-out", facts)),
      ...(before.payout !== 0n && difference === -before.payout ? message("settlement.opening.came-back") : []),
    ],
  });
}

function rollForwardFinding(link: Link, next: Link | null, difference: bigint): Finding {
  const text = (minor: bigint): string => formatAmount(minor, link.currency);
  return about(link, {
    code: settlementRollForward.code,
    amount: difference,
    messages:
      next === null
        ? message("settlement.roll-forward.last", { left: text(link.left) })
        : message("settlement.roll-forward", {
            left: text(link.left),
            next: next.settlementId,
            carried: text(next.carriedIn),
          }),
  });
}
