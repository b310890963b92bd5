import { MOST_SHEET_ROWS, type WorkbookKind, workbookOf } from "../../workbook.ts";
import { ExportError } from "../errors.ts";
import { batchesOf, type ExportType } from "../export-table.ts";
import { EXPORTED, type ExportFormat } from "../format.ts";
import { tableOf, textsOf } from "./table-cells.ts";

const KIND: Readonly<Record<ExportType, WorkbookKind>> = {
  text: "text",
  instant: "text",
  amount: "amount",
  integer: "integer",
};

/** A workbook for people: one sheet, amounts as numbers with their currency's digits, times in UTC. */
export const xlsxFormat: ExportFormat = {
  name: "xlsx",
  title: "Excel workbook",
  extension: "xlsx",
  carries: EXPORTED,
  async *stream(job) {
    const table = tableOf(job);
    const texts = textsOf(table);
    const rows: (readonly (string | null)[])[] = [];
    for await (const batch of batchesOf(table, job.books)) {
      for (const cells of batch) rows.push(texts(cells));
      if (rows.length >= MOST_SHEET_ROWS) {
        throw new ExportError(
          "export.too-large",
          `a sheet has at most ${MOST_SHEET_ROWS} rows with its headings, and there are more ${job.what}: export shorter spans with a from and a to, or use csv`,
        );
      }
      job.onProgress(rows.length);
    }
    const columns = table.columns.map(({ name, type }) => ({ title: name, kind: KIND[type] }));
    yield await workbookOf([{ name: table.name, columns, rows }]);
  },
};
