import { formatAmount } from "@amazon-pay-kit/money";
import type { Amount } from "../../engine/objects/index.ts";

/** An amount as the reader's language writes it, exactly: `$10.00`, `10,00 €`, `￥1,234`. */
export function moneyText(amount: Amount, language: string): string {
  const decimal = formatAmount(amount.minor, amount.currencyCode) as Intl.StringNumericLiteral;
  return new Intl.NumberFormat(language, { style: "currency", currency: amount.currencyCode }).format(decimal);
}
