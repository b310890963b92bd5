import { formatAmount, type ExceptionView } from "@amazon-pay-kit/ledger";
import type { Column } from "../terminal/table.ts";

/** The amount of a difference, or nothing. */
export function amountOf(item: ExceptionView): string {
  return item.amountMinor === null || item.currency === null
    ? ""
    : `${formatAmount(item.amountMinor, item.currency)} ${item.currency}`;
}

/** The columns of a list of exceptions of one account. */
export const exceptionColumns: readonly Column<ExceptionView>[] = [
  { title: "id", value: (item) => item.exceptionId.slice(0, 12) },
  {
    title: "code",
    value: (item) => item.code,
    paint: (item, cell, paint) => paint(item.severity === "error" ? "red" : "yellow", cell),
  },
  {
    title: "state",
    value: (item) => (item.askedBy === null ? item.status : `${item.status}, asked by ${item.askedBy}`),
    spare: 2,
  },
  { title: "owner", value: (item) => item.owner ?? "", spare: 4 },
  { title: "settlement", value: (item) => item.settlementId ?? "" },
  { title: "line", align: "right", value: (item) => (item.line === null ? "" : String(item.line)), spare: 1 },
  { title: "order", value: (item) => item.orderId ?? "", spare: 3 },
  { title: "amount", align: "right", value: amountOf },
  { title: "what is wrong", value: (item) => item.message, wraps: true },
];

/** A column that says whose each line is, where a list has lines of several accounts; else none. */
export function accountColumn<T>(items: readonly T[], accountOf: (item: T) => string): readonly Column<T>[] {
  return new Set(items.map(accountOf)).size > 1 ? [{ title: "account", value: accountOf }] : [];
}
