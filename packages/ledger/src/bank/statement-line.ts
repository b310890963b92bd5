import type { BankProblem, BankProblemCode } from "./errors.ts";

/** A line of a bank statement, as any format gives it. */
export interface StatementLine {
  /** Physical line of the file, from 1. */
  readonly line: number;
  /** IBAN or account number; null where the file has none. */
  readonly bankAccount: string | null;
  /** Day of booking, as its start in UTC. */
  readonly bookedAt: number;
  /** Minor units; above zero for money that came in. */
  readonly amount: bigint;
  readonly currency: string;
  /** What the parties agreed on, or the bank's own reference. */
  readonly reference: string | null;
  /** Everything else that the bank prints. */
  readonly text: string | null;
}

/** A line as a reader gives it: read, or not readable. */
export type GivenLine = StatementLine | { readonly line: number; readonly problem: BankProblem };

/** A line that cannot be read. */
export function unreadable(line: number, code: BankProblemCode, message: string): GivenLine {
  return { line, problem: { code, line, message } };
}

/** An account number as it is compared: without blanks, in capitals. */
export function plainAccount(text: string): string {
  return text.replaceAll(/[\s-]/g, "").toUpperCase();
}

/** Texts that say something, joined; null where none does. */
export function joined(...texts: readonly (string | null | undefined)[]): string | null {
  const said = texts.map((text) => (text ?? "").replaceAll(/\s+/g, " ").trim()).filter((text) => text !== "");
  return said.length === 0 ? null : said.join(" ");
}
