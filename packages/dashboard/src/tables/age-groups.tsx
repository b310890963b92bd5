/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { ageing, AGE_GROUPS, type AgeGroup } from "@amazon-pay-kit/ledger";
import { linkTo, type Frame } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import type { ListTable } from "./list-table.ts";
import { moneyColumn } from "./money-column.tsx";

const ORDER = AGE_GROUPS.map(({ name }): string => name);

/** The items of an age group. */
export function ageGroupLink(frame: Frame, group: AgeGroup): string {
  return `${linkTo(frame, "/ageing", { kind: group.kind, currency: group.currency, age: group.group })}#items`;
}

/** What is in no settlement yet, by kind, currency and age. */
export const ageGroupsTable: ListTable<AgeGroup> = {
  path: "/ageing",
  file: "/ageing/groups.csv",
  caption: (translate) => translate("ageing caption"),
  empty: "no open items",
  filters: ["kind", "currency"],
  async fetch({ views, query, account, now }) {
    const [kind, currency] = [query("kind"), query("currency")];
    const groups = (await ageing(views, { accountId: account, now })).filter(
      (group) => (kind === undefined || group.kind === kind) && (currency === undefined || group.currency === currency),
    );
    const place = (group: AgeGroup): string => `${group.kind} ${group.currency} ${ORDER.indexOf(group.group)}`;
    return { items: groups.toSorted((left, right) => (place(left) < place(right) ? -1 : 1)), next: null };
  },
  columns: [
    {
      title: "column kind",
      cell: (group, frame) => term("open item", group.kind, frame.format.locale),
      csv: (group) => group.kind,
    },
    { title: "column days", cell: (group) => group.group.replace("-", "–"), csv: (group) => group.group },
    {
      title: "column count",
      numeric: true,
      cell: (group, frame) => <a href={ageGroupLink(frame, group)}>{frame.format.count(group.count)}</a>,
      csv: (group) => String(group.count),
    },
    moneyColumn(
      "column amount",
      (group) => group.amountMinor,
      (group, frame) => ageGroupLink(frame, group),
    ),
    { title: "column currency", cell: (group) => group.currency, csv: (group) => group.currency },
  ],
};
