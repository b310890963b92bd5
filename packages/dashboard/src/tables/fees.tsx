/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { feesOverTime, formatAmount, formatInstant, type FeePoint } from "@amazon-pay-kit/ledger";
import { Money } from "../components/money.tsx";
import { permyriad } from "../locale/ratio.ts";
import type { Frame } from "../layout/page.tsx";
import type { PlainText } from "../locales/texts.ts";
import type { ListColumn, ListTable } from "./list-table.ts";
import { PERIOD_FILTERS, periodOf } from "./period.ts";
import { settlementLink } from "./settlements.tsx";

function amount(title: PlainText, pick: (point: FeePoint) => bigint | null): ListColumn<FeePoint> {
  return {
    title,
    numeric: true,
    cell: (point, frame: Frame) => {
      const minor = pick(point);
      if (minor === null) return <span class="soft">{frame.translate("not audited")}</span>;
      return (
        <Money format={frame.format} minor={minor} currency={point.currency} href={settlementLink(frame, point)} bare />
      );
    },
    csv: (point) => {
      const minor = pick(point);
      return minor === null ? "" : formatAmount(minor, point.currency);
    },
  };
}

/** Fees of each settlement, as charged and as expected. */
export const feesTable: ListTable<FeePoint> = {
  path: "/fees",
  file: "/fees.csv",
  caption: (translate) => translate("fees caption"),
  empty: "no fees",
  filters: ["currency", ...PERIOD_FILTERS],
  fetch: async ({ views, query, account, calendar }) => {
    const points = await feesOverTime(views, {
      ...periodOf({ query, calendar }),
      accountId: account,
      currency: query("currency"),
    });
    return { items: points.toReversed(), next: null };
  },
  columns: [
    {
      title: "column settlement",
      cell: (point, frame) => <a href={settlementLink(frame, point)}>{point.settlementId}</a>,
      csv: (point) => point.settlementId,
    },
    {
      title: "column until",
      cell: (point, frame) => <span class="nowrap">{frame.format.day(point.endAt)}</span>,
      csv: (point) => formatInstant(point.endAt),
    },
    amount("column activity", (point) => point.activityMinor),
    amount("column fees", (point) => point.feesMinor),
    amount("column expected", (point) =>
      point.expectedMinor === null ? null : point.feesMinor - point.differenceMinor,
    ),
    amount("column unexpected", (point) => (point.expectedMinor === null ? null : point.differenceMinor)),
    amount("column never captured", (point) => point.leakMinor),
    {
      title: "column share",
      numeric: true,
      cell: (point, frame) => (
        <a href={settlementLink(frame, point)}>{frame.format.percent(-point.feesMinor, point.activityMinor)}</a>
      ),
      csv: (point) => (point.activityMinor === 0n ? "" : formatShare(-point.feesMinor, point.activityMinor)),
    },
    { title: "column currency", cell: (point) => point.currency, csv: (point) => point.currency },
    { title: "account", cell: (point) => point.accountId, csv: (point) => point.accountId },
  ],
};

/** A ratio with four decimals, rounded, without a float. */
export function formatShare(numerator: bigint, denominator: bigint): string {
  const tenThousandths = permyriad(numerator, denominator);
  const sign = tenThousandths < 0n ? "-" : "";
  const digits = String(tenThousandths < 0n ? -tenThousandths : tenThousandths).padStart(5, "0");
  return `${sign}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
