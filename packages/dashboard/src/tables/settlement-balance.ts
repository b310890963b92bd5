import { formatAmount } from "@amazon-pay-kit/ledger";
import { balanceSteps, type BalanceStep } from "./balance-steps.ts";
import { translatorFor } from "../locales/texts.ts";
import type { ListTable } from "./list-table.ts";
import { settlementOf } from "./settlement-types.tsx";

const english = translatorFor("en");

/** What the waterfall of a settlement draws: the steps from opening to closing balance. */
export const settlementBalanceTable: ListTable<BalanceStep & { readonly currency: string }> = {
  path: "/settlements/:settlementId",
  file: "/settlements/:settlementId/balance.csv",
  caption: (translate, query) =>
    translate("chart waterfall", { settlement: query("settlementId") ?? "", currency: query("currency") ?? "" }),
  empty: "no rows",
  filters: ["currency"],
  async fetch(source) {
    const detail = await settlementOf(source);
    return { items: balanceSteps(detail).map((step) => ({ ...step, currency: detail.currency })), next: null };
  },
  columns: [
    { title: "column step", cell: (step, frame) => frame.translate(step.word), csv: (step) => english(step.word) },
    {
      title: "column amount",
      cell: (step, frame) => frame.format.amount(step.minor, step.currency),
      csv: (step) => formatAmount(step.minor, step.currency),
    },
    { title: "column currency", cell: (step) => step.currency, csv: (step) => step.currency },
  ],
};
