/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { currencyDigits } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import type { Formatter } from "../locale/format.ts";

/**
 * An amount; a link to its rows where there are some. Its currency is muted, so that the figure stands out, and an amount
 * without decimals leaves their place empty, so that a column stays aligned by the decimal sign.
 */
export const Money: FC<{
  format: Formatter;
  minor: bigint;
  currency: string;
  href?: string | undefined;
  bare?: boolean;
}> = ({ format, minor, currency, href, bare = false }) => {
  const parts = bare
    ? format.amount(minor, currency)
    : format
        .moneyParts(minor, currency)
        .map(({ type, value }) => (type === "currency" ? <span class="cur">{value}</span> : value));
  const shown = currencyDigits(currency) === 0 ? <span class="whole">{parts}</span> : <span>{parts}</span>;
  return href === undefined ? shown : <a href={href}>{shown}</a>;
};
