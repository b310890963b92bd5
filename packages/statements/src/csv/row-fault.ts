import { KitError } from "@amazon-pay-kit/money";
import type { StatementProblemCode } from "../events.ts";

/** What an option has to say before the file can be read. */
export interface OpenQuestion {
  readonly type: "question";
  readonly option: "--map" | "--currency" | "--date-format" | "--decimal" | "--debit-word";
  readonly line: number;
  readonly message: string;
}

/** A row that is wrong by itself. */
export class RowFault extends KitError {
  readonly code: StatementProblemCode;
  constructor(code: StatementProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A row that an option decides, for the whole file. */
export class Question extends KitError {
  readonly code = "option.needed";
  readonly option: OpenQuestion["option"];
  constructor(option: OpenQuestion["option"], message: string) {
    super(message);
    this.option = option;
  }
}
