import { csvCell, csvLine } from "../../views/csv-text.ts";
import { batchesOf } from "../export-table.ts";
import { EXPORTED, type ExportFormat } from "../format.ts";
import { cellTexts, PIECE, tableOf } from "./table-cells.ts";

/** Texts that {@link csvCell} leaves as they are, most of all: ids, times, amounts, words. */
const PLAIN = /^(?:-\d+(?:\.\d+)?|[A-Za-z0-9](?:[\w .:()/#&-]*[\w.:()/#&-])?)$/;

/** Comma-separated text (RFC 4180, UTF-8) that no spreadsheet takes for formulas. */
export const csvFormat: ExportFormat = {
  name: "csv",
  title: "comma-separated text",
  extension: "csv",
  carries: EXPORTED,
  async *stream(job) {
    const table = tableOf(job);
    const texts = cellTexts(table);
    let piece = csvLine(table.columns.map(({ name }) => name));
    // Half of the columns have the text of the row above, which needs no second look at its letters.
    const above: (string | null)[] = texts.map(() => null);
    const written: string[] = texts.map(() => "");
    let count = 0;
    for await (const batch of batchesOf(table, job.books)) {
      for (const cells of batch) {
        let at = 0;
        for (const text of texts) {
          const shown = text(cells[at] ?? null, cells);
          if (at > 0) piece += ",";
          if (shown !== above[at]) {
            above[at] = shown;
            written[at] = shown === null || shown === "" ? "" : PLAIN.test(shown) ? shown : csvCell(shown);
          }
          piece += written[at];
          at += 1;
        }
        piece += "\r\n";
        job.onProgress((count += 1));
        if (piece.length < PIECE) continue;
        yield piece;
        piece = "";
      }
    }
    yield piece;
  },
};
