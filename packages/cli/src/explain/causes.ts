import { DAY } from "@amazon-pay-kit/money";
import { amountAtRisk, formatAmount, type ExceptionView } from "@amazon-pay-kit/ledger";
import type { Context } from "../program/context.ts";
import type { Column } from "../terminal/table.ts";
import { accountColumn } from "./exception-columns.ts";

/** Exceptions that one thing brings. */
export interface CauseGroup {
  /** The one that says what it is; the first of the group where that one is not listed. */
  readonly head: ExceptionView;
  readonly exceptions: readonly ExceptionView[];
  /** In each currency the largest sum of one code. */
  readonly atRisk: ReadonlyMap<string, bigint>;
  /** When the oldest of them was found. */
  readonly foundAt: number;
}

/** Orders in which causes can be listed. */
export const CAUSE_ORDERS = ["amount", "age", "count"] as const;

function largest({ atRisk }: CauseGroup): bigint {
  return [...atRisk.values()].reduce((most, minor) => (minor > most ? minor : most), 0n);
}

const SORTS: Readonly<Record<(typeof CAUSE_ORDERS)[number], (left: CauseGroup, right: CauseGroup) => number>> = {
  amount: (left, right) => (largest(left) < largest(right) ? 1 : largest(left) > largest(right) ? -1 : 0),
  age: (left, right) => left.foundAt - right.foundAt,
  count: (left, right) => right.exceptions.length - left.exceptions.length,
};

/** Exceptions by what brings them, most money at risk first, or the oldest, or the largest group. */
export function causesOf(
  exceptions: readonly ExceptionView[],
  order: (typeof CAUSE_ORDERS)[number] = "amount",
): readonly CauseGroup[] {
  const groups = new Map<string, ExceptionView[]>();
  for (const one of exceptions) {
    const known = groups.get(one.cause);
    if (known === undefined) groups.set(one.cause, [one]);
    else known.push(one);
  }
  return [...groups]
    .flatMap(([cause, members]): CauseGroup[] => {
      const head = members.find(({ exceptionId }) => exceptionId === cause) ?? members[0];
      if (head === undefined) return [];
      const others = members.filter((one) => one !== head);
      const foundAt = Math.min(...members.map((one) => one.foundAt));
      return [{ head, exceptions: [head, ...others], atRisk: amountAtRisk(members), foundAt }];
    })
    .sort(SORTS[order]);
}

/** Money of several currencies in one cell. */
export function riskText(atRisk: ReadonlyMap<string, bigint>): string {
  return [...atRisk]
    .filter(([, minor]) => minor !== 0n)
    .map(([currency, minor]) => `${formatAmount(minor, currency)} ${currency}`)
    .join(" + ");
}

/** The columns of a list of causes; `all` are those of the whole list. */
export const causeColumns = (now: number, all: readonly CauseGroup[]): readonly Column<CauseGroup>[] => [
  ...accountColumn(all, ({ head }) => head.accountId),
  { title: "cause", value: ({ head }) => head.exceptionId.slice(0, 12) },
  {
    title: "code",
    value: ({ head }) => head.code,
    paint: ({ head }, cell, paint) => paint(head.severity === "error" ? "red" : "yellow", cell),
  },
  { title: "count", align: "right", value: ({ exceptions }) => String(exceptions.length) },
  { title: "at risk", align: "right", value: ({ atRisk }) => riskText(atRisk) },
  { title: "days", align: "right", value: ({ foundAt }) => String(Math.floor((now - foundAt) / DAY)), spare: 2 },
  { title: "order", value: ({ head }) => head.orderId ?? "", spare: 1 },
  { title: "what is wrong", value: ({ head }) => head.message, wraps: true },
];

/** How many exceptions of each code, and how much money they are about. */
export function showSums(context: Context, exceptions: readonly ExceptionView[]): void {
  const codes = [...new Set(exceptions.map(({ code }) => code))].sort();
  const rows = codes.map((code) => {
    const own = exceptions.filter((one) => one.code === code);
    return { code, count: own.length, atRisk: amountAtRisk(own) };
  });
  context.table(rows, [
    { title: "code", value: (row) => row.code },
    { title: "count", align: "right", value: (row) => String(row.count) },
    { title: "sum", align: "right", value: (row) => riskText(row.atRisk) },
  ]);
}
