import type { Severity } from "../rules/rule.ts";

/** What is said of a settlement's own figures. */
export type SettlementStatus = "balanced" | "exceptions" | "explained";

/** What is said of a settlement's transfer and the bank statements. */
export type BankVerdict = "matched" | "differs" | "unchecked" | "ignored";

/** The verdict on one settlement in one currency. Amounts are decimal texts with the currency's digits. */
export interface SettlementVerdict {
  readonly settlementId: string;
  readonly currency: string;
  /** `YYYY-MM-DDTHH:MM:SSZ`; `null` where the file says nothing. */
  readonly start: string | null;
  readonly end: string | null;
  /** `explained`: every difference of it has been explained. */
  readonly status: SettlementStatus;
  /**
   * Whether its transfer was compared with a bank statement: `matched` all of it arrived; `differs` something else arrived, or
   * nothing; `unchecked` no statement speaks of it yet, or nothing was transferred; `ignored` by configuration.
   */
  readonly bank: BankVerdict;
  /** Reserve released and balance carried in. */
  readonly opening: string;
  /** Gross captures, refunds, chargebacks, claims, adjustments. */
  readonly activity: string;
  /** Effect of the fees on the balance: negative where taken. */
  readonly fees: string;
  /** Paid to the bank (negative), or taken from the merchant's card (positive). */
  readonly transfer: string;
  /** `opening + activity + fees + transfer`: what is held back and what is carried on; the opening of the next. */
  readonly closing: string;
  readonly rows: number;
}

/** An open exception. */
export interface ExceptionVerdict {
  /** Unique over all accounts, and the same in every run. */
  readonly id: string;
  /** Id of the exception that heads those of the same cause, which comes before them; its own where it stands alone. */
  readonly cause: string;
  readonly code: string;
  readonly severity: Severity;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  /** The merchant's own order number, and reference. */
  readonly orderId: string | null;
  readonly referenceId: string | null;
  /** Line in the report file, or in the file of the own record where it is about that alone. */
  readonly line: number | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly message: string;
}

/** A stretch of time of one report type. */
export interface CoverageVerdict {
  readonly reportType: string;
  readonly from: string;
  readonly to: string;
  readonly status: "complete" | "missing" | "late" | "no-data";
}

/** What `apay reconcile --json` prints: the members and their order are a contract. */
export interface Verdicts {
  readonly settlements: readonly SettlementVerdict[];
  readonly exceptions: readonly ExceptionVerdict[];
  readonly coverage: readonly CoverageVerdict[];
}
