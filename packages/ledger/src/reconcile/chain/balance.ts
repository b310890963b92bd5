import { formatAmount, HOUR } from "@amazon-pay-kit/money";
import { reserveRollForward } from "../checks/reserve-roll-forward.ts";
import { settlementOpening } from "../checks/settlement-opening.ts";
import { settlementRollForward } from "../checks/settlement-roll-forward.ts";
import { settlementZeroSum } from "../checks/settlement-zero-sum.ts";
import type { Finding } from "../finding.ts";
import type { Settings } from "../settings.ts";
import { subject } from "../subject.ts";
import type { Link } from "./link.ts";

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

/** What a settlement carries in beyond what the one before left. A negative Debt row may or may not be part of it. */
function openingDifference(before: Link, next: Link): bigint {
  const whole = next.carriedIn - before.left;
  return whole !== 0n && next.carriedIn - next.debt === before.left ? 0n : whole;
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
 * something has a row missing or altered (`settlement.roll-forward`); otherwise the next one's opening is the odd figure
 * (`settlement.opening`).
 *
 * @param beforeOff by how much the earlier settlement's own opening was already found to be wrong
 */
export function judgeBalance(
  earlier: Link | null,
  before: Link,
  next: Link,
  beforeOff: bigint,
  settings: Settings,
): BalanceVerdict {
  const findings: Finding[] = [];
  const reserve = next.released - before.held;
  if (reserve !== 0n) findings.push(reserveFinding(before, next, reserve));
  const difference = openingDifference(before, next);
  if (difference === 0n || difference === -beforeOff) return { findings, beforeFails: false, openingOff: 0n };
  const policy = settings.transferPays;
  const openingIsPaid = paysPreviousBalance(next, null, policy) && next.payout === -next.carriedIn;
  const beforeAtFault =
    (shouldBeEmpty(before, earlier, policy) && before.left !== beforeOff) ||
    (paysPreviousBalance(before, earlier, policy) && openingIsPaid);
  findings.push(
    beforeAtFault ? rollForwardFinding(before, next, -difference) : openingFinding(before, next, difference),
  );
  return { findings, beforeFails: beforeAtFault, openingOff: beforeAtFault ? 0n : difference };
}

/** What the last settlement says, which no next one confirms: having paid out, it should leave nothing. */
export function judgeLast(earlier: Link | null, last: Link, openingOff: bigint, settings: Settings): Finding | null {
  if (!shouldBeEmpty(last, earlier, settings.transferPays)) return null;
  if (last.left === 0n || last.left === openingOff) return null;
  return rollForwardFinding(last, null, last.left);
}

/** Where the policy demands it: a settlement with a transfer leaves nothing. */
export function judgeZeroSum(link: Link, settings: Settings): Finding | null {
  if (settings.zeroSum !== "require" || link.payout === 0n || link.left === 0n) return null;
  return about(link, {
    code: settlementZeroSum.code,
    amount: link.left,
    message: `the net amounts add up to ${formatAmount(link.left, link.currency)} instead of zero`,
  });
}

function about(link: Link, finding: Pick<Finding, "code" | "amount" | "message">): Finding {
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
    message: `releases a reserve of ${text(next.released)}, but settlement ${before.settlementId} held back ${text(before.held)}`,
  });
}

function openingFinding(before: Link, next: Link, difference: bigint): Finding {
  const text = (minor: bigint): string => formatAmount(minor, next.currency);
  return about(next, {
    code: settlementOpening.code,
    amount: difference,
    message: `carries in ${text(next.carriedIn)}, but settlement ${before.settlementId} left ${text(before.left)}`,
  });
}

function rollForwardFinding(link: Link, next: Link | null, difference: bigint): Finding {
  const text = (minor: bigint): string => formatAmount(minor, link.currency);
  return about(link, {
    code: settlementRollForward.code,
    amount: difference,
    message:
      `the rows leave ${text(link.left)} after the transfer, ` +
      (next === null
        ? "and no later settlement takes it on"
        : `but settlement ${next.settlementId} carries in ${text(next.carriedIn)}`),
  });
}
