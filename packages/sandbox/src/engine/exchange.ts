import { currencyDigits, share } from "@amazon-pay-kit/money";
import type { Merchant } from "./objects/index.ts";

/** Currencies in which each region's merchants are settled. Source: regions table; EU accounts may have both. */
const LEDGER_CURRENCIES: Readonly<Record<Merchant["region"], readonly string[]>> = {
  na: ["USD"],
  eu: ["EUR", "GBP"],
  jp: ["JPY"],
};

/**
 * What one euro costs, in millionths of a unit of each currency. The sandbox has no market: the rates are made up,
 * plausible, and stand still, so that every run gives the same books.
 */
const PER_EURO_MICROS: Readonly<Record<string, bigint>> = {
  __proto__: null as never,
  EUR: 1_000_000n,
  GBP: 858_000n,
  USD: 1_085_000n,
  JPY: 162_400_000n,
  AUD: 1_652_000n,
  CHF: 957_000n,
  DKK: 7_459_000n,
  HKD: 8_471_000n,
  NOK: 11_630_000n,
  NZD: 1_789_000n,
  SEK: 11_240_000n,
  ZAR: 20_310_000n,
  INR: 90_400_000n,
};

/** The currency in which a charge ends up in the books: its own where the merchant may hold it, else the ledger's. */
export function settlementCurrency(merchant: Merchant, chargeCurrency: string): string {
  return LEDGER_CURRENCIES[merchant.region].includes(chargeCurrency) ? chargeCurrency : merchant.currency;
}

function microsOf(currency: string): bigint {
  const micros = PER_EURO_MICROS[currency];
  if (micros === undefined) throw new TypeError(`the sandbox has no exchange rate for ${currency}`);
  return micros;
}

/**
 * An amount in another currency, half a minor unit rounded up.
 *
 * @example convert(1085n, "USD", "EUR") // 1000n
 */
export function convert(minor: bigint, from: string, to: string): bigint {
  if (from === to) return minor;
  const scale = (currency: string): bigint => 10n ** BigInt(currencyDigits(currency));
  return share(minor, microsOf(to) * scale(to), microsOf(from) * scale(from));
}

/**
 * How many units of the presentment currency one unit of the ledger's currency costs, as text with six digits: the
 * `conversionRate` by which a live charge divides its amount.
 */
export function conversionRate(presentment: string, ledger: string): string {
  const millionths = share(1_000_000n, microsOf(presentment), microsOf(ledger)).toString().padStart(7, "0");
  return `${millionths.slice(0, -6)}.${millionths.slice(-6)}`;
}
