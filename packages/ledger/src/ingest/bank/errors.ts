import { withProblems } from "../imports/row-error.ts";
import { LedgerError } from "../../errors.ts";

/** Codes of {@link BankError}. */
export type BankErrorCode =
  /** Some lines cannot be taken: nothing of the file is. See `problems`. */
  | "bank.refused"
  /** The file is no statement that can be read, or leaves open what an option has to say: see `option`. */
  | "bank.unusable-file"
  /** An option or the mapping makes no sense. */
  | "bank.mapping"
  /** There is no such statement to withdraw. */
  | "bank.unknown-statement"
  /** The statement was withdrawn before. */
  | "bank.withdrawn"
  /** A withdrawal, or an accepted difference of balances, without a reason. */
  | "bank.note"
  /** The file has several bank accounts, and which is meant is not said. */
  | "bank.several-accounts"
  /** The statement is of another bank account than the ones before it, or than the one that was named. */
  | "bank.other-account";

/** What is wrong with one line of a statement. */
export type BankProblemCode =
  | "bank.amount"
  | "bank.currency"
  | "bank.date"
  | "bank.direction"
  | "bank.status"
  | "bank.balance"
  | "bank.unreadable";

/** One thing that is wrong with one line. */
export interface BankProblem {
  readonly code: BankProblemCode;
  /** Physical line of the file, from 1. */
  readonly line: number;
  readonly message: string;
}

/** Facts of a {@link BankError} beside its message. */
export interface BankErrorDetails extends ErrorOptions {
  readonly problems?: readonly BankProblem[];
  /** Option that makes the file usable: `--currency`. */
  readonly option?: string | null;
  /** All options that are to be given, where it takes several. */
  readonly options?: readonly string[];
  /** What an option can name: the columns of the file for `--map`, the accounts in it for `--bank-account`. */
  readonly choices?: readonly string[];
}

/** A bank statement cannot be imported. Nothing of it is stored. */
export class BankError extends LedgerError<BankErrorCode> {
  /** Everything that was found, by line; at most the first thousand. */
  readonly problems: readonly BankProblem[];
  /** Option of `apay bank import` that makes the file usable, such as `--encoding`; null where none does. */
  readonly option: string | null;
  /** Every option that the file leaves open, {@link option} first; empty where none helps. */
  readonly options: readonly string[];
  /** What the option can name, where the file says so: its columns for `--map`, its accounts for `--bank-account`; else empty. */
  readonly choices: readonly string[];

  constructor(code: BankErrorCode, message: string, details: BankErrorDetails = {}) {
    const { problems = [], option = null, options, choices = [], cause } = details;
    super(code, withProblems(message, problems), cause === undefined ? {} : { cause });
    this.problems = problems;
    this.option = option;
    this.options = options ?? (option === null ? [] : [option]);
    this.choices = choices;
  }
}
