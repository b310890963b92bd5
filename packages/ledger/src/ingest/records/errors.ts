import { withProblems } from "../imports/row-error.ts";
import { LedgerError } from "../../errors.ts";
import type { OrdersErrorCode, RecordErrorCode } from "@amazon-pay-kit/orders";

/** Codes of {@link RecordsError}. */
export type RecordsErrorCode =
  /** Some records cannot be taken: nothing of the file is. See `problems`. */
  | "records.refused"
  /** There is no such import of records. */
  | "records.unknown-import"
  /** The import was withdrawn before. */
  | "records.withdrawn"
  /** A withdrawal without a reason. */
  | "records.note"
  | OrdersErrorCode;

/** What is wrong with one record. */
export type RecordProblemCode = RecordErrorCode | "record.duplicate" | "record.conflict";

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
