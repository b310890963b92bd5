import type { CheckFacts, Severity } from "./check-facts.ts";
import { bankLateDeposit } from "./bank-late-deposit.ts";
import { bankMissingDeposit } from "./bank-missing-deposit.ts";
import { bankUnknownDeposit } from "./bank-unknown-deposit.ts";
import { captureUnknown } from "./capture-unknown.ts";
import { captureUnsettled } from "./capture-unsettled.ts";
import { feeMismatch } from "./fee-mismatch.ts";
import { matchAmount } from "./match-amount.ts";
import { matchCurrency } from "./match-currency.ts";
import { refundExceedsCapture } from "./refund-exceeds-capture.ts";
import { refundOrphan } from "./refund-orphan.ts";
import { refundUnknown } from "./refund-unknown.ts";
import { refundUnsettled } from "./refund-unsettled.ts";
import { reportLate } from "./report-late.ts";
import { reportMissing } from "./report-missing.ts";
import { reportQuarantined } from "./report-quarantined.ts";
import { reserveRollForward } from "./reserve-roll-forward.ts";
import { rowFeeSum } from "./row-fee-sum.ts";
import { rowNet } from "./row-net.ts";
import { rowOutsideWindow } from "./row-outside-window.ts";
import { rowUnreadable } from "./row-unreadable.ts";
import { settlementGap } from "./settlement-gap.ts";
import { settlementMixedId } from "./settlement-mixed-id.ts";
import { settlementOpening } from "./settlement-opening.ts";
import { settlementOverlap } from "./settlement-overlap.ts";
import { settlementReissued } from "./settlement-reissued.ts";
import { settlementRollForward } from "./settlement-roll-forward.ts";
import { settlementZeroSum } from "./settlement-zero-sum.ts";
import { transactionDuplicate } from "./transaction-duplicate.ts";
import { transactionUnknownType } from "./transaction-unknown-type.ts";

/**
 * Every check: one line here, one file beside. Most codes are those of the contract of `apay reconcile --json`;
 * `row.unreadable`, `settlement.zero-sum`, `refund.unknown` and `bank.late-deposit` follow its form.
 */
export const CHECKS = [
  rowFeeSum,
  rowNet,
  rowOutsideWindow,
  rowUnreadable,
  settlementRollForward,
  settlementZeroSum,
  settlementOpening,
  settlementGap,
  settlementOverlap,
  settlementMixedId,
  settlementReissued,
  reserveRollForward,
  transactionDuplicate,
  transactionUnknownType,
  captureUnsettled,
  captureUnknown,
  refundOrphan,
  refundUnknown,
  refundExceedsCapture,
  refundUnsettled,
  matchAmount,
  matchCurrency,
  feeMismatch,
  bankMissingDeposit,
  bankLateDeposit,
  bankUnknownDeposit,
  reportMissing,
  reportLate,
  reportQuarantined,
] as const satisfies readonly CheckFacts[];

/** A stable code of an exception. */
export type ExceptionCode = (typeof CHECKS)[number]["code"];

const BY_CODE: ReadonlyMap<string, CheckFacts> = new Map(CHECKS.map((check) => [check.code, check]));

/** What is known about a code; `undefined` for one that is none. */
export function checkOf(code: string): CheckFacts | undefined {
  return BY_CODE.get(code);
}

/** How bad an exception with this code is. */
export function severityOf(code: ExceptionCode): Severity {
  return BY_CODE.get(code)?.severity ?? "error";
}
