import { batchesOf } from "../export-table.ts";
import { EXPORTED, type ExportFormat } from "../format.ts";
import { PIECE, tableOf, textsOf } from "./table-cells.ts";

/** `posted_at` is `postedAt` in JSON, as everywhere else in the kit. */
function memberName(column: string): string {
  return column.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** One JSON object a line. Amounts are decimal texts, counts and lines are numbers, what is empty is null. */
export const ndjsonFormat: ExportFormat = {
  name: "ndjson",
  title: "one JSON object a line",
  extension: "ndjson",
  carries: EXPORTED,
  async *stream(job) {
    const table = tableOf(job);
    const texts = textsOf(table);
    const names = table.columns.map(({ name }) => memberName(name));
    const plain = table.columns.map(({ name, type }) => type === "integer" || name === "extra");
    let piece = "";
    let count = 0;
    for await (const batch of batchesOf(table, job.books))
      for (const cells of batch) {
        const values = texts(cells);
        const object: Record<string, unknown> = {};
        for (const [index, name] of names.entries()) {
          const value = values[index] ?? null;
          object[name] = value === null || plain[index] !== true ? value : (JSON.parse(value) as unknown);
        }
        piece += `${JSON.stringify(object)}\n`;
        job.onProgress((count += 1));
        if (piece.length < PIECE) continue;
        yield piece;
        piece = "";
      }
    yield piece;
  },
};
