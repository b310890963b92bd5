import { bankLateDeposit } from "./bank-late-deposit.ts";
import { bankMissingDeposit } from "./bank-missing-deposit.ts";
import { bankUnknownDeposit } from "./bank-unknown-deposit.ts";
import { captureReturnedTwice } from "./capture-returned-twice.ts";
import { captureUnknown } from "./capture-unknown.ts";
import { captureUnsettled } from "./capture-unsettled.ts";
import { feeInvoice } from "./fee-invoice.ts";
import { feeMismatch } from "./fee-mismatch.ts";
import { matchAmount } from "./match-amount.ts";
import { matchCurrency } from "./match-currency.ts";
import { matchStatus } from "./match-status.ts";
import { periodChanged } from "./period-changed.ts";
import { refundExceedsCapture } from "./refund-exceeds-capture.ts";
import { refundOrphan } from "./refund-orphan.ts";
import { refundUnknown } from "./refund-unknown.ts";
import { refundUnsettled } from "./refund-unsettled.ts";
import { reportLate } from "./report-late.ts";
import { reportMissing } from "./report-missing.ts";
import { reportQuarantined } from "./report-quarantined.ts";
import { reserveRollForward } from "./reserve-roll-forward.ts";
import { rowUnreadable } from "./row-unreadable.ts";
import { settlementGap } from "./settlement-gap.ts";
import { settlementMixedId } from "./settlement-mixed-id.ts";
import { settlementOpening } from "./settlement-opening.ts";
import { settlementOverlap } from "./settlement-overlap.ts";
import { settlementReissued } from "./settlement-reissued.ts";
import { settlementRollForward } from "./settlement-roll-forward.ts";
import { settlementZeroSum } from "./settlement-zero-sum.ts";
import { transactionDuplicate } from "./transaction-duplicate.ts";

import { CAUSE_MESSAGES } from "./causes.ts";
import { messagesOf } from "./message.ts";
import { ROW_RULES } from "./rows/index.ts";
import type { Rule, Severity } from "./rule.ts";

/**
 * Every rule: one line here, one file beside. Most codes are those of the contract of `apay reconcile --json`; the others
 * follow its form.
 */
export const RULES = [
  ...ROW_RULES,
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
  captureUnsettled,
  captureUnknown,
  captureReturnedTwice,
  refundOrphan,
  refundUnknown,
  refundExceedsCapture,
  refundUnsettled,
  matchAmount,
  matchCurrency,
  matchStatus,
  feeMismatch,
  feeInvoice,
  bankMissingDeposit,
  bankLateDeposit,
  bankUnknownDeposit,
  reportMissing,
  reportLate,
  reportQuarantined,
  periodChanged,
] as const satisfies readonly Rule[];

type AnyRule = (typeof RULES)[number];

/** A stable code of an exception. */
export type ExceptionCode = AnyRule["code"];

type Merged<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The English messages of all rules and causes, by name. */
export const MESSAGES = Object.assign({}, CAUSE_MESSAGES, ...RULES.map((rule) => rule.messages)) as Merged<
  AnyRule["messages"]
> &
  typeof CAUSE_MESSAGES;

/** Name of a message. */
export type MessageName = keyof typeof MESSAGES;

/** A message of some rule with its values. */
export const message = messagesOf(MESSAGES);

const BY_CODE: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.code, rule]));

/** What is known about a code; `undefined` for one that is none. */
export function ruleOf(code: string): Rule | undefined {
  return BY_CODE.get(code);
}

/** How bad an exception with this code is. */
export function severityOf(code: ExceptionCode): Severity {
  return BY_CODE.get(code)?.severity ?? "error";
}
