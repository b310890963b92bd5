/**
 * Decimals of a currency in Amazon Pay amounts: none for JPY, two for every other ledger or presentment
 * currency (docs/amazon-pay/operations.md).
 */
export function currencyDigits(code: string): 0 | 2 {
  return code === "JPY" ? 0 : 2;
}
