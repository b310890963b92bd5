import { addDuration, isCurrency, parseAmount, parseDuration, readInstant } from "@amazon-pay-kit/money";
import { ControlError } from "../../control/control-error.ts";

/** Members of a body of the control plane. */
export type Fields = Readonly<Record<string, unknown>>;

function invalid(path: string, expected: string, value: unknown): ControlError {
  const shown =
    typeof value === "string" ? JSON.stringify(value.slice(0, 80)) : String(JSON.stringify(value)).slice(0, 80);
  return new ControlError("control.invalid", `${path}: expected ${expected}, found ${shown}`);
}

/** One of some words. */
export function wordOf<Word extends string>(path: string, value: unknown, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw invalid(path, `one of ${words.join(", ")}`, value);
  return found;
}

/** A whole number within bounds. */
export function wholeNumber(path: string, value: unknown, low: number, high: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < low || value > high) {
    throw invalid(path, `a whole number from ${low} to ${high}`, value);
  }
  return value;
}

/** One of some numbers. */
export function numberOf<Wanted extends number>(path: string, value: unknown, numbers: readonly Wanted[]): Wanted {
  const found = numbers.find((number) => number === value);
  if (found === undefined) throw invalid(path, `one of ${numbers.join(", ")}`, value);
  return found;
}

/** True or false. */
export function truth(path: string, value: unknown): boolean {
  if (typeof value !== "boolean") throw invalid(path, "true or false", value);
  return value;
}

/** A decimal text such as `"10.00"`, as minor units of the currency. */
export function amountOf(path: string, value: unknown, currency: string): bigint {
  if (typeof value !== "string") throw invalid(path, `an amount as text, such as "10.00"`, value);
  try {
    return parseAmount(value, currency);
  } catch {
    throw invalid(path, `an amount in ${currency} as text`, value);
  }
}

/** A currency code that Amazon Pay knows. */
export function currencyOf(path: string, value: unknown): string {
  if (typeof value !== "string" || !isCurrency(value)) throw invalid(path, "a currency code such as USD", value);
  return value;
}

/** A moment, in any of the service's forms. */
export function instantOf(path: string, value: unknown): number {
  const instant = typeof value === "string" ? readInstant(value) : null;
  if (instant === null) throw invalid(path, "a time such as 2026-01-31T00:00:00Z", value);
  return instant;
}

/** An ISO 8601 span that moves the clock on. */
export function spanOf(path: string, value: unknown): string {
  if (typeof value !== "string") throw invalid(path, "a span such as P1D", value);
  let length = 0;
  try {
    length = addDuration(0, parseDuration(value));
  } catch {
    throw invalid(path, "a span such as P1D", value);
  }
  if (length < 60_000) throw invalid(path, "a span of a minute or more", value);
  return value;
}

/** The members of an object. */
export function fieldsOf(path: string, value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(path, "an object", value);
  return value as Fields;
}
