import type { CheckFacts } from "./check-facts.ts";
import type { Said } from "./sentences/say.ts";

/** A row of a settlement file as the checks see it. Money in minor units, times in milliseconds. */
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

/** What a check says about a row that fails. */
export interface RowVerdict {
  readonly amount: bigint | null;
  readonly says: Said;
}

/** A check that needs nothing but the row and its file. */
export interface RowCheck extends CheckFacts {
  judge(row: CheckedRow, file: CheckedFile): RowVerdict | null;
}
