/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { getSettlement, type SettlementDetail, type SettlementPart } from "@amazon-pay-kit/ledger";
import { linkTo, type Frame } from "../layout/page.tsx";
import { pathOf, type ListTable, type TableSource } from "./list-table.ts";
import { moneyColumn } from "./money-column.tsx";
import { rowTypeText } from "./rows.tsx";

/** The settlement that a page or a file is about. */
export function settlementOf({ views, query, account }: TableSource): Promise<SettlementDetail> {
  return getSettlement(views, {
    accountId: account,
    settlementId: query("settlementId") ?? "",
    currency: query("currency"),
  });
}

/** The rows of one type in a settlement; all of them without a type. */
export function typeLink(frame: Frame, detail: TypeSum["settlement"], type?: string): string {
  const path = pathOf("/settlements/:id", () => detail.settlementId);
  return `${linkTo({ ...frame, account: detail.accountId }, path, { currency: detail.currency, type })}#rows`;
}

/** The sums of one type of rows, with the settlement that they are in. */
export interface TypeSum extends SettlementPart {
  readonly settlement: Pick<SettlementDetail, "accountId" | "settlementId" | "currency">;
  readonly currency: string;
}

/** The sums of a settlement as the table has them. */
export function typeSumsOf(detail: SettlementDetail): readonly TypeSum[] {
  return detail.parts.map((part) => ({ ...part, settlement: detail, currency: detail.currency }));
}

const rowsOf = (sum: TypeSum, frame: Frame): string => typeLink(frame, sum.settlement, sum.typeKey);

/** A settlement summed up by type of row. */
export const settlementTypesTable: ListTable<TypeSum> = {
  path: "/settlements/:settlementId",
  file: "/settlements/:settlementId/types.csv",
  caption: (translate, query) => translate("sums in", { currency: query("currency") ?? "" }),
  empty: "no rows",
  filters: ["currency"],
  fetch: async (source) => ({ items: typeSumsOf(await settlementOf(source)), next: null }),
  columns: [
    {
      title: "column type",
      cell: (sum, frame) => <a href={rowsOf(sum, frame)}>{rowTypeText(sum, frame)}</a>,
      csv: (sum) => sum.type,
    },
    {
      title: "column rows",
      numeric: true,
      cell: (sum, frame) => <a href={rowsOf(sum, frame)}>{frame.format.count(sum.rows)}</a>,
      csv: (sum) => String(sum.rows),
    },
    moneyColumn("column amount", (sum) => sum.amountMinor, rowsOf, true),
    moneyColumn("column fee", (sum) => sum.feeMinor, rowsOf, true),
    moneyColumn("column net", (sum) => sum.netMinor, rowsOf, true),
  ],
};
