import type { Messages } from "../../rules/message.ts";

/** An exception as causes are told by. */
export interface Symptom {
  readonly exceptionId: string;
  readonly code: string;
  readonly subject: string;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  readonly fileId: number | null;
  readonly line: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly recordId: number | null;
  readonly messages: Messages;
  /** When the charge or refund that waits for a settlement was made; null for all others. */
  readonly occurredAt: number | null;
  /** The import that brought the own record. */
  readonly importId: number | null;
}

/** Exceptions that one thing brings: the first of them says what it is. */
export interface Cause {
  readonly head: Symptom;
  /** The others. */
  readonly others: readonly Symptom[];
  /** What it says, given the number of the others. */
  readonly explain: (counted: string, total: string) => Messages;
}

/** A value of a sentence of a symptom. */
export function valueOf({ messages }: Symptom, name: string): string | null {
  for (const { values } of messages) if (Object.hasOwn(values, name)) return String(values[name] ?? "");
  return null;
}

/** A moment or day in a sentence, in milliseconds. */
export function timeOf(symptom: Symptom, name: string): number | null {
  const value = valueOf(symptom, name);
  const time = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? null : time;
}
