import { csvLine } from "../../views/csv-text.ts";
import { EXPORTED, type ExportFormat } from "../format.ts";
import { PIECE, tableOf, textsOf } from "./table-cells.ts";

/** Comma-separated text (RFC 4180, UTF-8) that no spreadsheet takes for formulas. */
export const csvFormat: ExportFormat = {
  name: "csv",
  title: "comma-separated text",
  extension: "csv",
  carries: EXPORTED,
  async *stream(job) {
    const table = tableOf(job);
    const texts = textsOf(table);
    let piece = csvLine(table.columns.map(({ name }) => name));
    let count = 0;
    for await (const cells of table.rows(job.books)) {
      piece += csvLine(texts(cells).map((text) => text ?? ""));
      job.onProgress((count += 1));
      if (piece.length < PIECE) continue;
      yield piece;
      piece = "";
    }
    yield piece;
  },
};
