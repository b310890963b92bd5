import type {
  BankVerdict,
  ClaimKind,
  CloseCheck,
  Debtor,
  DepositRule,
  ExceptionStatus,
  ExplanationReason,
  ReportState,
  Severity,
  TransactionType,
} from "@amazon-pay-kit/ledger";
import type { Texts } from "@amazon-pay-kit/messages";

/** The English terms of a set, by the name that the books use. */
type Vocabulary<Name extends string> = Readonly<Record<Name, string>>;

/** States of an exception; the words of its history are among them. */
const EXCEPTION: Vocabulary<ExceptionStatus | "found" | "assigned" | "noted" | "asked"> = {
  open: "open",
  reopened: "reopened",
  explained: "explained",
  resolved: "resolved",
  found: "found",
  assigned: "assigned to",
  noted: "note",
  asked: "write-off asked for",
};

/** What an exception is, in plain words, by its code. */
const EXCEPTION_TITLE: Vocabulary<string> = {
  "bank.late-deposit": "Deposit came late",
  "bank.missing-deposit": "Payout has not reached the bank",
  "bank.unknown-deposit": "Deposit that no payout explains",
  "capture.unknown": "Payment that your records do not have",
  "capture.unsettled": "Sale that was not paid out",
  "capture.returned-twice": "Payment returned twice",
  "fee.mismatch": "Fee other than agreed",
  "match.amount": "Amount differs from your records",
  "match.amount deposit": "Deposit is not what was paid out",
  "match.currency": "Currency differs from your records",
  "match.status": "State differs from your records",
  "fee.invoice": "A fee invoice differs",
  "period.changed": "A closed month has changed",
  "refund.exceeds-capture": "Refund larger than the payment",
  "refund.orphan": "Refund without its payment",
  "refund.unknown": "Refund that your records do not have",
  "refund.unsettled": "Refund that was not settled",
  "report.late": "Report is late",
  "report.missing": "Report is missing",
  "report.quarantined": "Report could not be read",
  "reserve.roll-forward": "Reserve does not carry over",
  "row.fee-sum": "Fees of a row do not add up",
  "row.net": "Net amount of a row is wrong",
  "row.outside-window": "Row from outside the period",
  "row.unreadable": "Row could not be read",
  "settlement.gap": "Days between two settlements are missing",
  "settlement.mixed-id": "File of several settlements",
  "settlement.opening": "Opening balance differs",
  "settlement.overlap": "Settlements overlap",
  "settlement.reissued": "Settlement was delivered again, changed",
  "settlement.roll-forward": "Balance does not carry over",
  "settlement.zero-sum": "Settlement does not add up",
  "transaction.duplicate": "Transaction appears twice",
  "transaction.unknown-type": "Transaction of an unknown type",
};

const SEVERITY: Vocabulary<Severity> = {
  error: "error",
  warning: "warning",
};

const SETTLEMENT: Vocabulary<"balanced" | "exceptions" | "explained"> = {
  balanced: "balanced",
  exceptions: "differences",
  explained: "explained",
};

const SETTLEMENT_BANK: Vocabulary<BankVerdict> = {
  matched: "on the statement",
  differs: "differs",
  unchecked: "not compared",
  ignored: "ignored",
};

const REPORT_STATE: Vocabulary<ReportState> = {
  listed: "listed",
  "in-progress": "in progress",
  archived: "archived",
  loaded: "loaded",
  linked: "linked",
  "no-data": "no data",
  failed: "failed",
  quarantined: "quarantined",
  withdrawn: "withdrawn",
};

const COVERAGE: Vocabulary<"complete" | "late" | "missing" | "no-data"> = {
  complete: "complete",
  late: "late",
  missing: "missing",
  "no-data": "no data",
};

const TRANSACTION_TYPE: Vocabulary<TransactionType> = {
  authorization: "Authorization",
  capture: "Capture",
  refund: "Refund",
  debt: "Debt",
  "a-to-z-guarantee-claim": "A-to-z Guarantee claim",
  chargeback: "Chargeback",
  dispute: "Dispute",
  adjustment: "Adjustment",
  reserve: "Reserve",
  carryover: "Carryover",
  transfer: "Transfer",
};

/** Kinds of report, by their short names. */
const REPORT_TYPE: Vocabulary<
  "settlement" | "authorization" | "capture" | "refund" | "order reference" | "billing agreement"
> = {
  settlement: "settlement",
  authorization: "authorization",
  capture: "capture",
  refund: "refund",
  "order reference": "order reference",
  "billing agreement": "billing agreement",
};

const OPEN_ITEM: Vocabulary<"charge" | "refund"> = {
  charge: "charge",
  refund: "refund",
};

const COUNTERPART: Vocabulary<"record" | "transaction-report"> = {
  record: "your records",
  "transaction-report": "transaction report",
};

const DEPOSIT_RULE: Vocabulary<DepositRule> = {
  manual: "linked by hand",
  "disbursement-reference": "disbursement reference",
  "settlement-id": "settlement id",
  "amount-and-date": "amount and date",
  "several-in-one": "several payouts in one deposit",
  "one-in-parts": "one payout in parts",
  converted: "day and rate",
  "late-amount": "exact amount, later than usual",
  "near-amount": "same days, nearly the amount",
};

/** What is looked at before a month is closed. */
const CLOSE_CHECK: Vocabulary<CloseCheck> = {
  "month-over": "The month is over",
  "reports-complete": "Settlement reports reach to the end of the month without a gap",
  reconciled: "Everything is reconciled",
  "sync-finished": "No sync is unfinished",
  "versions-accepted": "No settlement waits for a decision about its version",
  "months-before": "The months before it are closed",
  "bank-statement": "Bank statements reach to the end of the month",
  "exceptions-open": "No difference of the month is open",
};

/** What is done where a check is not met. */
const CLOSE_REMEDY: Vocabulary<CloseCheck> = {
  "month-over": "Close it when it is over.",
  "reports-complete": "See which reports are missing.",
  reconciled: "Reconcile first.",
  "sync-finished": "See what is not loaded yet.",
  "versions-accepted": "Compare the versions and decide.",
  "months-before": "Close the months before it first.",
  "bank-statement": "Import the statement.",
  "exceptions-open": "See them; what is explained before the close is not part of it.",
};

/** Who owes money. */
const DEBTOR: Vocabulary<Debtor> = { "amazon-pay": "Amazon Pay", bank: "the bank" };

/** What is claimed. */
const CLAIM: Vocabulary<ClaimKind> = {
  "fee-above-schedule": "Fee above the schedule",
  "fee-not-returned": "Fee not given back on a refund",
  "returned-twice": "Payment that went back twice",
  "settled-twice": "Transaction that was taken twice",
  "missing-deposit": "Payout that did not arrive",
  "unsettled-capture": "Payment that was never settled",
  "short-deposit": "Deposit that is less than the payout",
};

/** Why a difference is all right, by the account that it is booked on. */
const REASON: Vocabulary<ExplanationReason> = {
  "bank-fee": "bank charge",
  fx: "exchange rate",
  "write-off": "written off",
  claim: "claimed",
  other: "other, not booked",
};

/** Signs between the cells of a table, in words. */
const SEPARATOR: Vocabulary<string> = {
  ";": "semicolon ;",
  ",": "comma ,",
  tab: "tab",
  "|": "bar |",
};

/** What a column of a bank's table holds. */
const STATEMENT_COLUMN: Vocabulary<string> = {
  bookedAt: "Day of booking",
  amount: "Amount",
  credit: "Money in",
  debit: "Money out",
  direction: "In or out",
  currency: "Currency",
  text: "Text",
  counterparty: "Other side",
  reference: "Reference",
};

const REGION: Vocabulary<"na" | "eu" | "jp"> = {
  na: "North America",
  eu: "Europe",
  jp: "Japan",
};

const ENVIRONMENT: Vocabulary<"live" | "sandbox"> = {
  live: "live",
  sandbox: "sandbox",
};

const VOCABULARIES = {
  exception: EXCEPTION,
  "exception title": EXCEPTION_TITLE,
  severity: SEVERITY,
  settlement: SETTLEMENT,
  "settlement bank": SETTLEMENT_BANK,
  "report state": REPORT_STATE,
  coverage: COVERAGE,
  "transaction type": TRANSACTION_TYPE,
  "report type": REPORT_TYPE,
  "open item": OPEN_ITEM,
  counterpart: COUNTERPART,
  "deposit rule": DEPOSIT_RULE,
  reason: REASON,
  "close check": CLOSE_CHECK,
  "close remedy": CLOSE_REMEDY,
  debtor: DEBTOR,
  claim: CLAIM,
  separator: SEPARATOR,
  "statement column": STATEMENT_COLUMN,
  region: REGION,
  environment: ENVIRONMENT,
} as const;

/** A set of terms that the books use. */
export type VocabularyName = keyof typeof VOCABULARIES;

/** The known terms of a set, in order: what a form offers. */
export function termsOf(vocabulary: VocabularyName): readonly string[] {
  return Object.keys(VOCABULARIES[vocabulary]);
}

/** The English terms of all sets as texts, each under the name of its set and its own. */
export const TERM_TEXTS: Texts = Object.fromEntries(
  Object.entries(VOCABULARIES).flatMap(([vocabulary, terms]) =>
    Object.entries(terms).map(([name, text]) => [`${vocabulary}: ${name}`, text]),
  ),
);
