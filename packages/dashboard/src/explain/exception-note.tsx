/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { ExceptionView } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Money } from "../components/money.tsx";
import type { Frame } from "../layout/page.tsx";
import { exceptionLink, exceptionTitle, Message, StatusBadge } from "../tables/exceptions.tsx";

/** An exception in a few lines: what it is, its state and amount, and the sentence about it. */
export const ExceptionNote: FC<{ item: ExceptionView; frame: Frame }> = ({ item, frame }) => (
  <>
    <span class="what">
      <a href={exceptionLink(frame, item)}>{exceptionTitle(item, frame)}</a>{" "}
      {item.amountMinor === null || item.currency === null ? null : (
        <span class="sum">
          <Money format={frame.format} minor={item.amountMinor} currency={item.currency} />
        </span>
      )}{" "}
      <StatusBadge status={item.status} frame={frame} />
    </span>
    <span class="note">
      <Message item={item} frame={frame} />
    </span>
  </>
);
