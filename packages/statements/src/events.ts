/** Formats of statements that are read. */
export const STATEMENT_FORMATS = [
  "mt940",
  "camt.052",
  "camt.053",
  "camt.054",
  "csv",
  "ofx",
  "bai2",
  "qif",
  "xlsx",
] as const;

/** One of {@link STATEMENT_FORMATS}. */
export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

/** A balance as the bank states it. */
export interface StatementBalance {
  /** Minor units; below zero for an overdrawn account. */
  readonly minor: bigint;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** Beginning of a statement: one account, one span of time. A file may hold several. */
export interface StatementStart {
  readonly type: "statement";
  /** Physical line on which it begins, from 1. */
  readonly line: number;
  /** Name of the file inside an archive; null outside of one. */
  readonly file: string | null;
  readonly format: StatementFormat;
  /** IBAN or account number, without blanks, in capitals; null where the file has none. */
  readonly account: string | null;
  readonly currency: string | null;
  /** Booked balance before the first entry; null where the file states none. */
  readonly opening: StatementBalance | null;
  /** Booked balance after the last entry; null where the file states none. */
  readonly closing: StatementBalance | null;
}

/** One booked entry. */
export interface StatementLine {
  readonly type: "line";
  /** Physical line on which the entry begins, from 1. */
  readonly line: number;
  /** Name of the file inside an archive; null outside of one. */
  readonly file: string | null;
  /** Day of booking, `2026-10-05`. */
  readonly bookedAt: string;
  /** Day from which the bank reckons interest; null where it is not stated. */
  readonly valueAt: string | null;
  /** Minor units; above zero for money that came in. */
  readonly amount: bigint;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Every reference of the parties and the bank, in the order of the file, without repetitions and `NOTPROVIDED`. */
  readonly references: readonly string[];
  /** Name of the other side; null where it is not stated by itself. */
  readonly counterparty: string | null;
  /** Everything the bank wrote about the entry, in the order of the file; null where it wrote nothing. */
  readonly text: string | null;
}

/** Codes of {@link StatementProblem}. */
export type StatementProblemCode =
  | "line.amount"
  | "line.currency"
  | "line.date"
  /** Neither credit nor debit, or both. */
  | "line.direction"
  /** A status of which it is not known whether it is booked. */
  | "line.status"
  /** The line is damaged: cells that are missing, text in another encoding. */
  | "line.damaged"
  /** Opening balance, entries and closing balance do not agree; see `difference`. */
  | "statement.balance"
  /** Totals or counts that the file states about itself do not agree with it. */
  | "statement.control-total";

/** One thing that is wrong with a line, or with a statement's own sums. */
export interface StatementProblem {
  readonly type: "error";
  /** Physical line, from 1. */
  readonly line: number;
  /** Name of the file inside an archive; null outside of one. */
  readonly file: string | null;
  readonly code: StatementProblemCode;
  /** What is wrong and what to do. */
  readonly message: string;
  /** For `statement.balance`: by how much the closing balance is above what opening balance and entries come to. */
  readonly difference?: StatementBalance;
}

/** Something that is not booked, or no entry: left out, and counted. */
export interface StatementSkipped {
  readonly type: "skipped";
  readonly line: number;
  readonly file: string | null;
  /** Why, in few words: `PDNG`, `row of totals`. */
  readonly reason: string;
}

/** Something that a person should know of a statement that is read all the same. */
export interface StatementNote {
  readonly type: "note";
  readonly line: number;
  readonly file: string | null;
  /**
   * `statement-text`: what the bank wrote about the statement as a whole, behind its entries. `balance-gap`: balances that do not
   * follow from each other. `control-total`: sums that the file states of itself and that its entries do not come to. `continues`:
   * the statement goes on in another file. `reversal`: an entry that is taken back, where no balance proves which way it goes.
   * `reference-repeated`: a reference that should come once.
   */
  readonly code:
    | "text-missing"
    | "status-unknown"
    | "statement-text"
    | "balance-gap"
    | "control-total"
    | "continues"
    | "reversal"
    | "reference-repeated";
  readonly message: string;
}

/** What was read; always last. */
export interface StatementSummary {
  readonly type: "summary";
  readonly lines: number;
  readonly errors: number;
  readonly skipped: number;
  /** How often each reason of {@link StatementSkipped} came. */
  readonly skippedBecause: Readonly<Record<string, number>>;
}

/** What {@link readStatement} yields, in the order of the file. */
export type StatementEvent =
  | StatementStart
  | StatementLine
  | StatementProblem
  | StatementSkipped
  | StatementNote
  | StatementSummary;

/** What a reader of one format yields. */
export type FormatEvent = Exclude<StatementEvent, StatementSummary>;
