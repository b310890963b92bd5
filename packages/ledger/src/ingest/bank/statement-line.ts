/** A line of a bank statement, as it is kept. */
export interface KeptLine {
  /** Physical line of the file, from 1. */
  readonly line: number;
  /** IBAN or account number; null where the file has none. */
  readonly bankAccount: string | null;
  /** Day of booking, as its start in UTC. */
  readonly bookedAt: number;
  /** Minor units; above zero for money that came in. */
  readonly amount: bigint;
  readonly currency: string;
  /** Every reference of the parties and the bank, with blanks between them. */
  readonly reference: string | null;
  /** Name of the other side. */
  readonly counterparty: string | null;
  /** Everything that the bank wrote of the entry. */
  readonly text: string | null;
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
