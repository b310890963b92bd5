import {
  currenciesNamed,
  type DateForm,
  type DateReading,
  type DecimalSign,
  isIsoCurrency,
  MoneyError,
  readAmount,
  readDate,
} from "@amazon-pay-kit/money";

/** How amounts and days of a file are written, as far as it is known. */
export interface CellForms {
  readonly decimal: DecimalSign | undefined;
  /** Declared or usual forms of the days; empty where none is known. */
  readonly dates: readonly DateForm[];
}

/** The day in a cell, and the form it has. @throws MoneyError */
export function readDay(text: string, { dates }: CellForms): DateReading {
  let first: MoneyError | null = null;
  for (const form of dates.length === 0 ? [undefined] : dates) {
    try {
      return readDate(text, form);
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      first ??= error;
    }
  }
  throw first ?? new MoneyError("time.unreadable-day", `cannot read ${JSON.stringify(text)} as a day`);
}

/** The currency that a cell names, by code or by a sign that only one has; null for none. */
export function currencyIn(text: string): string | null {
  const plain = text.trim();
  const code = plain.toUpperCase();
  if (isIsoCurrency(code)) return code;
  const named = plain === "" ? null : currenciesNamed(plain);
  return named?.length === 1 ? (named[0] ?? null) : null;
}

/** Whether the option `--decimal` would make an amount readable that is not without it. */
export function decimalDecides(text: string, currency: string, given: DecimalSign | undefined): boolean {
  return ([".", ","] as const).some((decimal) => {
    if (decimal === given) return false;
    try {
      readAmount(text, { currency, decimal });
      return true;
    } catch {
      return false;
    }
  });
}

/** Whether another form of days would make a day readable: the sentence of the reader says which. */
export function formDecides(error: MoneyError): boolean {
  return error.code === "time.ambiguous-day" || /with --date-format/.test(error.message);
}
