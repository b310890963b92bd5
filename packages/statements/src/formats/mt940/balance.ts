import { isIsoCurrency, MoneyError, readAmount } from "@amazon-pay-kit/money";
import type { StatementBalance } from "../../events.ts";

/** A balance as it stands in the file: the value of its tag. */
export interface RawBalance {
  readonly line: number;
  readonly value: string;
}

/** An amount of SWIFT: digits and a comma, which may be the last. Some banks write a point instead. */
export function amountOf(text: string, currency: string, asked?: "." | ","): bigint {
  const decimal = text.includes(",") || !text.includes(".") ? "," : asked;
  return readAmount(text, { currency, decimal, openEnd: true }).minor;
}

/** Some banks leave out the currency of the closing balance, which is that of the opening one. */
const BALANCE = /^([CD])(\d{6})\s*([A-Z]{3})?\s*([\d.,]+)\s*$/;

/** The currency that a balance names, be it one that is not known. */
export function namedCurrency(raw: RawBalance | null): string | null {
  return BALANCE.exec(raw?.value.trim() ?? "")?.[3] ?? null;
}

/** A balance, or what is wrong with it. */
export function readBalance(value: string, ofStatement: string): StatementBalance | string {
  const [, mark, , currency = ofStatement, amount = ""] = BALANCE.exec(value.trim()) ?? [];
  if (mark === undefined) return `cannot be read: ${JSON.stringify(value.slice(0, 40))}`;
  if (currency === "") return "names no currency";
  if (!isIsoCurrency(currency)) return `has the unknown currency ${JSON.stringify(currency)}`;
  try {
    const minor = amountOf(amount, currency);
    return { minor: mark === "D" ? -minor : minor, currency };
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    return `cannot be read: ${error.message}`;
  }
}
