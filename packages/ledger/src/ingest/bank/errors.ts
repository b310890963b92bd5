import { withProblems } from "../imports/row-error.ts";
import { LedgerError } from "../../errors.ts";

/** Codes of {@link BankError}. */
export type BankErrorCode =
  /** Some lines cannot be taken: nothing of the file is. See `problems`. */
  | "bank.refused"
  /** The file is no statement that can be read, or lacks a column that is needed. */
  | "bank.unusable-file"
  /** The mapping makes no sense. */
  | "bank.mapping"
  /** There is no such statement to withdraw. */
  | "bank.unknown-statement"
  /** The statement was withdrawn before. */
  | "bank.withdrawn"
  /** A withdrawal without a reason. */
  | "bank.note"
  /** The statement is of another bank account than the ones before it. */
  | "bank.other-account";

/** What is wrong with one line of a statement. */
export type BankProblemCode =
  | "bank.amount"
  | "bank.currency"
  | "bank.date"
  | "bank.account"
  | "bank.balance"
  | "bank.unreadable";

/** One thing that is wrong with one line. */
export interface BankProblem {
  readonly code: BankProblemCode;
  /** Physical line of the file, from 1. */
  readonly line: number;
  readonly message: string;
}

/** A bank statement cannot be imported. Nothing of it is stored. */
export class BankError extends LedgerError<BankErrorCode> {
  /** Everything that was found, by line; at most the first thousand. */
  readonly problems: readonly BankProblem[];

  constructor(code: BankErrorCode, message: string, problems: readonly BankProblem[] = []) {
    super(code, withProblems(message, problems));
    this.problems = problems;
  }
}
