import type { Messages } from "../message.ts";
import type { Rule } from "../rule.ts";
import type { Terms } from "./terms.ts";

/** A row of a settlement file as rules see it. Money in minor units, times in milliseconds. */
export interface CheckedRow {
  readonly fileId: number;
  readonly line: number;
  readonly settlementId: string;
  readonly postedAt: number;
  /** TransactionType as written. */
  readonly type: string;
  readonly typeKey: string;
  readonly transactionId: string | null;
  readonly currency: string;
  readonly amount: bigint;
  readonly percentageFee: bigint;
  readonly fixedFee: bigint;
  readonly totalFee: bigint;
  readonly net: bigint;
}

/**
 * Which way the fees of a file are signed: `net = amount + fee`, as in real files, or `net = amount - fee`, as the
 * documents can be read.
 */
export type SignConvention = "amount-plus-fee" | "amount-minus-fee";

/** What a row is checked against. */
export interface CheckedFile {
  readonly fileId: number;
  /** SHA-256 of the file. */
  readonly contentHash: string;
  /** The settlement that most rows of the file name. */
  readonly settlementId: string;
  readonly startAt: number | null;
  readonly endAt: number | null;
  readonly convention: SignConvention;
  /** How far outside the window a row may be posted, in milliseconds. */
  readonly tolerance: number;
}

/** What a rule says about a row that breaks it. */
export interface RowVerdict {
  readonly amount: bigint | null;
  readonly messages: Messages;
}

/** The columns that a predicate may use. */
export type RowColumn = "postedAt" | "typeKey" | "amount" | "percentageFee" | "fixedFee" | "totalFee" | "net";

/** A rule that needs nothing but a row and its file. */
export interface RowRule extends Rule {
  /**
   * Whether a row breaks the rule. Written once: the database filters and counts by it, and a row is judged by it.
   *
   * @param is makes values and conditions, see {@link Terms}
   */
  breaks<Value, Condition>(
    is: Terms<Value, Condition>,
    row: Readonly<Record<RowColumn, Value>>,
    file: CheckedFile,
  ): Condition;
  /** What there is to say about a row that breaks it. */
  explain(row: CheckedRow, file: CheckedFile): RowVerdict;
}
