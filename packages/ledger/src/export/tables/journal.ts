import type { ExportJob } from "../format.ts";
import { NAMED_ACCOUNTS } from "../journal/accounts.ts";
import { Chart } from "../journal/chart.ts";
import { journalEntries } from "../journal/entries.ts";
import { hashesOf, settlementsOf } from "../journal/sources.ts";
import type { ExportTable } from "../export-table.ts";

/** The journal as a table, a line a posting: for programs without a format of their own here. */
export function journalTable({ journal, settings }: Pick<ExportJob, "journal" | "settings">): ExportTable {
  const chart = new Chart(NAMED_ACCOUNTS, settings, null, { pattern: /\S/, words: "a name" });
  return {
    name: "journal",
    columns: [
      { name: "entry", type: "integer" },
      { name: "date", type: "text" },
      { name: "account_id", type: "text" },
      { name: "settlement_id", type: "text" },
      { name: "transaction_id", type: "text" },
      { name: "order_id", type: "text" },
      { name: "role", type: "text" },
      { name: "account", type: "text" },
      { name: "currency", type: "text" },
      { name: "debit", type: "amount" },
      { name: "credit", type: "amount" },
      { name: "description", type: "text" },
      { name: "file_sha256", type: "text" },
      { name: "first_line", type: "integer" },
      { name: "last_line", type: "integer" },
      { name: "tax_code", type: "text" },
      { name: "entry_number", type: "text" },
      { name: "cost_centre", type: "text" },
      { name: "cost_unit", type: "text" },
    ],
    async *rows(books) {
      let number = 0;
      for await (const entry of journalEntries(books, journal)) {
        number += 1;
        const [source, ...others] = entry.sources;
        for (const { role, account, taxCode, costCentre, costUnit, minor } of chart.lines(entry)) {
          yield [
            number,
            entry.day,
            entry.accountId,
            settlementsOf(entry),
            entry.transactionId,
            entry.orderId,
            role,
            account,
            entry.currency,
            minor > 0n ? minor : null,
            minor < 0n ? -minor : null,
            entry.description,
            hashesOf(entry),
            source === undefined || others.length > 0 ? null : source.lines[0],
            source === undefined || others.length > 0 ? null : source.lines[1],
            taxCode,
            entry.number,
            costCentre,
            costUnit,
          ];
        }
      }
    },
  };
}
