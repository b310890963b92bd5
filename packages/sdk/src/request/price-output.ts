import { ConfigurationError } from "../errors/configuration-error.ts";
import { currencyDigits } from "../operations/fields/currency-digits.ts";
import { isText } from "../kind.ts";
import type { Price } from "../types/price.ts";

/**
 * An amount of an answer as an exact integer of minor units: the shape of the kit's money type.
 *
 * @example toMoney({ amount: "10.5", currencyCode: "USD" }) // { minor: 1050n, currency: "USD" }
 * @throws ConfigurationError `config.number` for an amount that has more decimals than its currency, or is no decimal, or is none at
 *   all, as the `captureAmount` of a charge that was not captured
 */
export function toMoney(price: Readonly<Price>): { minor: bigint; currency: string } {
  if (!isText((price as Partial<Price> | null | undefined)?.currencyCode))
    throw new ConfigurationError(
      "config.number",
      "toMoney needs an amount of the service: what has not happened yet, such as a capture, has none",
    );
  const digits = currencyDigits(price.currencyCode);
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(price.amount)) ?? [];
  const kept = fraction.slice(0, digits).padEnd(digits, "0");
  if (whole === undefined || /[1-9]/.test(fraction.slice(digits))) {
    throw new ConfigurationError(
      "config.number",
      `an amount of the service is not a decimal with at most ${digits} decimals in ${price.currencyCode}`,
    );
  }
  const minor = BigInt(whole + kept);
  return { minor: sign === "-" ? -minor : minor, currency: price.currencyCode };
}
