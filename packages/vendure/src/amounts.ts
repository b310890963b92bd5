import { currencyDigits, formatAmount, isCurrency, share } from "@amazon-pay-kit/money";
import { ConfigurationError } from "@amazon-pay-kit/sdk";

/** An amount as Amazon Pay takes it. */
export interface Amount {
  readonly amount: string;
  readonly currencyCode: string;
}

/**
 * An amount of Vendure: a whole number of the money strategy's smallest unit, by default a hundredth in every currency, in yen too. What the
 * currency has no digits for is rounded half up.
 */
export function amountOf(value: number, currencyCode: string, precision: number): Amount {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new ConfigurationError(
      "config.option",
      `${String(value)} is no amount of Vendure: a whole number, 0 or more`,
    );
  if (!isCurrency(currencyCode))
    throw new ConfigurationError("config.option", `there is no currency ${JSON.stringify(currencyCode)}`);
  const digits = currencyDigits(currencyCode);
  const minor = share(BigInt(value), 10n ** BigInt(digits), 10n ** BigInt(precision));
  return { amount: formatAmount(minor, currencyCode), currencyCode };
}
