import type { ExceptionCode } from "../rules/index.ts";
import type { Messages } from "../rules/message.ts";

/** A difference that a check has found. It becomes an exception, or confirms one. */
export interface Finding {
  readonly code: ExceptionCode;
  /** What it is about, in words that are the same in every store and every run. With the code it makes the identity. */
  readonly subject: string;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  readonly fileId: number | null;
  /** Physical line in the file, from 1. */
  readonly line: number | null;
  /** The difference, or the amount at stake, in minor units: see the table of checks. */
  readonly amount: bigint | null;
  readonly currency: string | null;
  /** Its message, in a form that can be put into any language. */
  readonly messages: Messages;
}
