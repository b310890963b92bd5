/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { groupBy } from "@amazon-pay-kit/backports";
import { ageing, AGE_GROUPS, type AgeGroup, formatAmount } from "@amazon-pay-kit/ledger";
import { AgeBar } from "../charts/age-bar.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import type { ListColumn, ListTable } from "./list-table.ts";

/** What waits of one kind in one currency, by its ages. */
export interface AgeRow {
  readonly kind: string;
  readonly currency: string;
  readonly groups: readonly AgeGroup[];
}

type Age = (typeof AGE_GROUPS)[number]["name"];

/** The items of an age group. */
export function ageGroupLink(frame: Frame, group: AgeGroup): string {
  return `${linkTo(frame, "/ageing", { kind: group.kind, currency: group.currency, age: group.group })}#items`;
}

function totalOf({ groups }: AgeRow): bigint {
  return groups.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

const countOf = ({ groups }: AgeRow): number => groups.reduce((sum, { count }) => sum + count, 0);

function ageColumn(age: Age): ListColumn<AgeRow> {
  const groupOf = ({ groups }: AgeRow): AgeGroup | undefined => groups.find(({ group }) => group === age);
  return {
    title: `age ${age}`,
    numeric: true,
    cell: (row, frame) => {
      const group = groupOf(row);
      if (group === undefined) return "";
      const { amountMinor, currency } = group;
      return (
        <Money format={frame.format} minor={amountMinor} currency={currency} href={ageGroupLink(frame, group)} bare />
      );
    },
    csv: (row) => formatAmount(groupOf(row)?.amountMinor ?? 0n, row.currency),
  };
}

/** What is in no settlement yet: a row a kind and currency, a column an age. */
export const ageGroupsTable: ListTable<AgeRow> = {
  path: "/ageing",
  file: "/ageing/groups.csv",
  caption: (translate) => translate("ageing caption"),
  empty: "no open items",
  filters: [],
  async fetch({ views, account, now }) {
    const groups = await ageing(views, { accountId: account, now });
    const rows = [...groupBy(groups, ({ kind, currency }) => `${kind} ${currency}`).values()].map((own): AgeRow => ({
      kind: own[0]?.kind ?? "",
      currency: own[0]?.currency ?? "",
      groups: own,
    }));
    const nameOf = ({ kind, currency }: AgeRow): string => `${kind} ${currency}`;
    return { items: rows.toSorted((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1)), next: null };
  },
  columns: [
    {
      title: "column kind",
      cell: (row, frame) => {
        const name = frame.translate("ageing heading", {
          kind: term("open item", row.kind, frame.format.locale),
          currency: row.currency,
        });
        return (
          <>
            {name}
            <AgeBar
              title={frame.translate("chart ageing", { what: name })}
              parts={AGE_GROUPS.flatMap(({ name: age }) => {
                const group = row.groups.find((one) => one.group === age);
                if (group === undefined) return [];
                const text = `${frame.translate(`age ${age}`)}: ${frame.format.money(group.amountMinor, row.currency)}`;
                return [{ age, minor: group.amountMinor, text, href: ageGroupLink(frame, group) }];
              })}
            />
          </>
        );
      },
      csv: (row) => row.kind,
    },
    ...AGE_GROUPS.map(({ name }) => ageColumn(name)),
    {
      title: "column count",
      numeric: true,
      cell: (row, frame) => frame.format.count(countOf(row)),
      csv: (row) => String(countOf(row)),
    },
    {
      title: "column amount",
      numeric: true,
      cell: (row, frame) => <Money format={frame.format} minor={totalOf(row)} currency={row.currency} />,
      csv: (row) => formatAmount(totalOf(row), row.currency),
    },
    { title: "column currency", place: "spare", cell: (row) => row.currency, csv: (row) => row.currency },
  ],
};
