/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatAmount } from "@amazon-pay-kit/ledger";
import { Money } from "../components/money.tsx";
import type { Frame } from "../layout/page.tsx";
import type { PlainText } from "../locales/texts.ts";
import type { ListColumn } from "./list-table.ts";

/** A column of amounts that lead to their rows. */
export function moneyColumn<Item extends { readonly currency: string }>(
  title: PlainText,
  pick: (item: Item) => bigint,
  href?: (item: Item, frame: Frame) => string | undefined,
  bare = false,
): ListColumn<Item> {
  return {
    title,
    numeric: true,
    cell: (item, frame) => (
      <Money format={frame.format} minor={pick(item)} currency={item.currency} href={href?.(item, frame)} bare={bare} />
    ),
    csv: (item) => formatAmount(pick(item), item.currency),
  };
}
