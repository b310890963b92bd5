import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom, type CopyStreamQuery } from "pg-copy-streams";
import type { FillRow } from "../rows/bulk-load.ts";
import type { RowCell, RowTable } from "../rows/row-tables.ts";

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

/** Characters that are gathered before they go to the server. */
const CHUNK = 128 * 1024;

/** Gathers rows and copies them into a table. */
export class Copying {
  readonly #copy: CopyStreamQuery;
  readonly #copied: Promise<void>;
  readonly #cells: RowCell[];
  #text = "";

  constructor(client: PoolClient, rows: string, table: RowTable) {
    this.#copy = client.query(copyFrom(`copy ${rows} (${table.columns.join(",")}) from stdin`));
    this.#copied = finished(this.#copy);
    // Awaited in end(); a load that is given up before never gets there.
    this.#copied.catch(() => {});
    this.#cells = Array.from<RowCell>({ length: table.columns.length }).fill(null);
  }

  async write(count: number, fill: FillRow): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      fill(index, this.#cells, 0);
      this.#text += copyLine(this.#cells);
      if (this.#text.length >= CHUNK) await this.#send();
    }
  }

  async #send(): Promise<void> {
    const text = this.#text;
    this.#text = "";
    if (!this.#copy.write(text)) await Promise.race([once(this.#copy, "drain"), this.#copied]);
  }

  async end(): Promise<void> {
    this.#copy.end(this.#text);
    this.#text = "";
    await this.#copied;
  }
}

/** Parameters that a statement may have. */
const MOST_PARAMETERS = 65_535;

/** Gathers rows and inserts them with a statement for many, where COPY is refused and no staging table can be had. */
export class Inserting {
  readonly #client: PoolClient;
  readonly #table: RowTable;
  readonly #most: number;
  #values: RowCell[] = [];

  constructor(client: PoolClient, table: RowTable) {
    this.#client = client;
    this.#table = table;
    this.#most = Math.floor(MOST_PARAMETERS / table.columns.length) * table.columns.length;
  }

  async write(count: number, fill: FillRow): Promise<void> {
    const width = this.#table.columns.length;
    for (let index = 0; index < count; index += 1) {
      const at = this.#values.length;
      for (let cell = 0; cell < width; cell += 1) this.#values.push(null);
      fill(index, this.#values, at);
      if (this.#values.length >= this.#most) await this.end();
    }
  }

  async end(): Promise<void> {
    const values = this.#values;
    this.#values = [];
    if (values.length === 0) return;
    const { name, columns } = this.#table;
    const rows: string[] = [];
    for (let at = 0; at < values.length; at += columns.length)
      rows.push(`(${columns.map((_column, cell) => `$${at + cell + 1}`).join(",")})`);
    await this.#client.query(`insert into ${name} (${columns.join(",")}) values ${rows.join(",")}`, values);
  }
}
