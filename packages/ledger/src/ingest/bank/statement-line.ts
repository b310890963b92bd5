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

/** A line with a currency that no list has: most often the wrong column. */
export function unknownCurrency(line: number, currency: string): GivenLine {
  const message =
    `unknown currency ${JSON.stringify(currency)}: expected an ISO 4217 code such as EUR; ` +
    "where it is none (a crypto-asset, points), take the line out of the file";
  return unreadable(line, "bank.currency", message);
}

/** An account number as it is compared: without blanks, in capitals. */
export function plainAccount(text: string): string {
  return text.replaceAll(/[\s-]/g, "").toUpperCase();
}

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/;

/** Shorter numbers could be the end of an IBAN by chance. */
const SHORTEST_NUMBER = 6;

/**
 * Whether two account numbers are of one account. MT940 writes bank code and number (`12030000/0000202051`) and many a CSV
 * the number alone, where camt.053 writes the IBAN (`DE02120300000000202051`) that both are the end of.
 */
export function sameAccount(left: string, right: string): boolean {
  if (left === right) return true;
  const [iban, other] = IBAN.test(left) ? [left, right] : [right, left];
  if (!IBAN.test(iban) || IBAN.test(other)) return false;
  const [number = "", bank = ""] = other.split("/").reverse();
  const plain = number.replace(/^0+/, "");
  return plain.length >= SHORTEST_NUMBER && iban.endsWith(plain) && iban.slice(4).startsWith(bank);
}

/** Texts that say something, joined; null where none does. */
export function joined(...texts: readonly (string | null | undefined)[]): string | null {
  const said = texts.map((text) => (text ?? "").replaceAll(/\s+/g, " ").trim()).filter((text) => text !== "");
  return said.length === 0 ? null : said.join(" ");
}
