import type { FC } from "hono/jsx";
import type { Formatter } from "../locale/format.ts";

/** An amount, negative ones in another colour and with their sign; a link to its rows where there are some. */
export const Money: FC<{
  format: Formatter;
  minor: bigint;
  currency: string;
  href?: string | undefined;
  bare?: boolean;
}> = (props) => {
  const text =
    props.bare === true
      ? props.format.amount(props.minor, props.currency)
      : props.format.money(props.minor, props.currency);
  const shown = <span class={props.minor < 0n ? "neg" : ""}>{text}</span>;
  return props.href === undefined ? shown : <a href={props.href}>{shown}</a>;
};
