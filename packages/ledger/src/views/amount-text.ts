import { currencyDigits, parseAmount, MoneyError } from "@amazon-pay-kit/money";

/** A text as an amount, in minor units of the currencies that it fits: `48,211.07` and `48.211,07` are 4821107 cents. */
export interface AmountReading {
  /** Never negative: people leave the sign out. */
  readonly minor: bigint;
  /** Whether a currency has this many digits. */
  readonly fits: (currency: string) => boolean;
}

/** A whole number of at most seven digits is taken for an amount too; longer ones are ids. */
const AMOUNT = /^[^\w+-]*[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{1,7})[^\w]*(?:\s[A-Z]{3})?$/;

/** An amount as Germans write it: a comma before the cents, points between thousands. */
const WITH_COMMA = /^[^\d,.]*(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+,\d{1,2})[^\d,.]*$/;

/** Currencies that stand for all with as many digits. */
const STAND_INS = ["USD", "JPY", "KWD"];

/** One sign and three digits after it: thousands for nearly all, and decimals for the dinars that a bank may book. */
const THREE_DECIMALS = /^[^\w+-]*[+-]?(\d+)[.,](\d{3})[^\w]*(?:\s[A-Z]{3})?$/;

/** What a person typed, as the amounts that it may mean; none for a text that is no amount. */
export function amountsIn(typed: string): readonly AmountReading[] {
  const text = WITH_COMMA.test(typed) ? typed.replaceAll(".", "").replace(",", ".") : typed;
  if (!AMOUNT.test(text.trim())) return [];
  const cleaned = text.replaceAll(/[\s'’]/g, "").replace(/^[^\d+-]+|[^\d]+$/g, "");
  const [, whole, decimals] = THREE_DECIMALS.exec(typed.trim()) ?? [];
  const dinars: AmountReading[] =
    whole === undefined
      ? []
      : [{ minor: BigInt(`${whole}${decimals}`), fits: (currency) => currencyDigits(currency) === 3 }];
  const readings = STAND_INS.flatMap((standIn): AmountReading[] => {
    try {
      const minor = parseAmount(cleaned, standIn, { thousands: true });
      const digits = currencyDigits(standIn);
      return [{ minor: minor < 0n ? -minor : minor, fits: (currency) => currencyDigits(currency) === digits }];
    } catch (error) {
      if (error instanceof MoneyError) return [];
      throw error;
    }
  });
  return [...readings, ...dinars];
}
