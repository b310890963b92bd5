import { withProblems } from "../imports/row-error.ts";
import { LedgerError } from "../../errors.ts";

/** Codes of {@link RecordsError}. */
export type RecordsErrorCode =
  /** Some records cannot be taken: nothing of the file is. See `problems`. */
  | "records.refused"
  /** The file has no rows, or lacks a column that the mapping names. */
  | "records.unusable-file"
  /** The mapping makes no sense. */
  | "records.mapping";

/** What is wrong with one record. */
export type RecordProblemCode =
  | "record.kind"
  | "record.amount"
  | "record.sign"
  | "record.currency"
  | "record.time"
  | "record.status"
  | "record.no-id"
  | "record.duplicate"
  | "record.conflict"
  | "record.unreadable";

/** One thing that is wrong with one record. */
export interface RecordProblem {
  readonly code: RecordProblemCode;
  /** Physical line of the file, from 1; for records given by a program their place, from 1. */
  readonly line: number;
  readonly message: string;
}

/** Records cannot be imported. None of them is stored. */
export class RecordsError extends LedgerError<RecordsErrorCode> {
  /** Everything that was found, by line; at most the first thousand. */
  readonly problems: readonly RecordProblem[];

  constructor(code: RecordsErrorCode, message: string, problems: readonly RecordProblem[] = []) {
    super(code, withProblems(message, problems));
    this.problems = problems;
  }
}
