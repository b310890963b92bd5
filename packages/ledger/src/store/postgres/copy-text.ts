import type { RowCell } from "../rows/row-tables.ts";

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

/** A text as COPY's text format wants it. PostgreSQL has no NUL characters; the reader refuses them before. */
function copyText(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character) : text;
}

/** Cells as one line of COPY's text format, line end included. */
export function copyLine(cells: readonly RowCell[]): string {
  let line = "";
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] ?? null;
    if (index > 0) line += "\t";
    if (cell === null) line += "\\N";
    else if (typeof cell === "string") line += copyText(cell);
    else line += cell.toString();
  }
  return `${line}\n`;
}
