import { once } from "node:events";
import { finished } from "node:stream/promises";
import { type Kysely, sql } from "kysely";
import type { PoolClient } from "pg";
import { type CopyStreamQuery, from as copyFrom } from "pg-copy-streams";
import type { BulkLoad, FillRow, RowsWritten, RowWriter } from "../rows/bulk-load.ts";
import type { RowCell, RowTable } from "../rows/row-tables.ts";
import { noteRepeats, numberIdenticalRows, type Settling } from "../rows/settle.ts";
import type { Schema } from "../schema/index.ts";
import { copyLine } from "./copy-text.ts";

/** Characters that are gathered before they go to the server. */
const CHUNK = 128 * 1024;

/** Copies rows into a staging table without indexes, settles them there, and moves on what is new. */
class PostgresRowWriter implements RowWriter {
  readonly #settling: Settling;
  readonly #copy: CopyStreamQuery;
  readonly #copied: Promise<void>;
  readonly #cells: RowCell[];
  #text = "";

  constructor(settling: Settling, copy: CopyStreamQuery) {
    this.#settling = settling;
    this.#copy = copy;
    this.#copied = finished(copy);
    // Awaited in settle(); a load that is given up before never gets there.
    this.#copied.catch(() => {});
    this.#cells = Array.from<RowCell>({ length: settling.table.columns.length }).fill(null);
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

  async settle(written: RowsWritten): Promise<number> {
    this.#copy.end(this.#text);
    this.#text = "";
    await this.#copied;
    const { db, table, rows } = this.#settling;
    await sql`analyze ${sql.table(rows)}`.execute(db);
    await numberIdenticalRows(this.#settling, written);
    const repeats = await noteRepeats(this.#settling, written);
    const columns = sql.join(table.columns.map((column) => sql.ref(column)));
    const fresh =
      repeats === 0
        ? sql``
        : sql`where not exists (select from row_repeat where row_repeat.account_id = ${written.accountId}
            and row_repeat.file_id = ${written.fileId} and row_repeat.line = ${sql.table(rows)}.line)`;
    await sql`
      insert into ${sql.table(table.name)} (${columns}) select ${columns} from ${sql.table(rows)} ${fresh}
    `.execute(db);
    return repeats;
  }
}

/** The bulk door of the PostgreSQL store, inside a transaction on this client that the caller has begun. */
export function postgresBulkLoad(client: PoolClient, db: Kysely<Schema>): BulkLoad {
  return {
    db,
    async into(table: RowTable) {
      const rows = `${table.name}_staging`;
      await client.query(`create temporary table ${rows} (like ${table.name}) on commit drop`);
      const copy = client.query(copyFrom(`copy ${rows} (${table.columns.join(",")}) from stdin`));
      const set: Settling["set"] = (numbers) => sql`(select unnest(${[...numbers]}::integer[]))`;
      const joinKnown = sql`join ${sql.table(table.name)} as known`;
      return new PostgresRowWriter({ db, table, rows, same: "is not distinct from", joinKnown, set }, copy);
    },
  };
}
