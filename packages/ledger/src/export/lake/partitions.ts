import { createHash } from "node:crypto";
import { DAY, formatInstant } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { batchesOf, type ExportCell, type ExportTable } from "../export-table.ts";
import type { ExportJob } from "../format.ts";

/** Day of what has no time. */
const NO_DAY = "unknown";

/** One day of a table, as the books have it now. */
export interface Partition {
  readonly day: string;
  /** The same text is the same content. */
  readonly fingerprint: string;
  cells(): AsyncIterable<readonly ExportCell[]>;
}

const dayOf = (at: number): string => formatInstant(at).slice(0, 10);

/**
 * The days of an account's settlement rows. Rows are never changed once they are stored, and a report file is there with all of its
 * rows that no earlier file had, or not at all: how many of which file a day has, and on which lines, says whether it is the same.
 */
async function* daysOfRows(job: ExportJob, table: ExportTable, accountId: string): AsyncGenerator<Partition> {
  const { books } = job;
  const { rows } = await sql<{ day: number; hash: string; rows: number; lines: string; net: string }>`
    select r.posted_at / ${sql.lit(DAY)} as day, f.content_hash as hash, count(*) as rows,
      cast(sum(r.line) as text) as lines, cast(sum(r.net_minor) as text) as net
    from settlement_row r join file f on f.account_id = r.account_id and f.file_id = r.file_id
    where r.account_id = ${accountId}
    group by r.posted_at / ${sql.lit(DAY)}, f.content_hash order by 1, 2
  `.execute(books.context.store.db);
  const days = new Map<number, string[]>();
  for (const { day, hash, rows: count, lines, net } of rows) {
    const at = Number(day);
    days.set(at, [...(days.get(at) ?? []), `${hash} ${count} ${lines} ${net}`]);
  }
  for (const [day, parts] of days) {
    const scope = { ...books.scope, from: day * DAY, until: (day + 1) * DAY };
    yield {
      day: dayOf(day * DAY),
      fingerprint: createHash("sha256").update(parts.join("\n")).digest("hex"),
      async *cells() {
        for await (const batch of batchesOf(table, { ...books, scope })) yield* batch;
      },
    };
  }
}

/** The days of a table that is small enough to be read whole: its fingerprint is that of its cells. */
async function* daysOfCells(job: ExportJob, table: ExportTable): AsyncGenerator<Partition> {
  const timeAt = table.columns.findIndex(({ name }) => ["end", "found_at", "date"].includes(name));
  const days = new Map<string, (readonly ExportCell[])[]>();
  for await (const batch of batchesOf(table, job.books)) {
    for (const cells of batch) {
      const at = cells[timeAt] ?? null;
      const day = at === null ? NO_DAY : typeof at === "string" ? at.slice(0, 10) : dayOf(Number(at));
      const known = days.get(day);
      if (known === undefined) days.set(day, [cells]);
      else known.push(cells);
    }
  }
  for (const [day, rows] of days) {
    const hash = createHash("sha256");
    for (const cells of rows)
      hash.update(`${JSON.stringify(cells.map((cell) => (typeof cell === "bigint" ? String(cell) : cell)))}\n`);
    yield {
      day,
      fingerprint: hash.digest("hex"),
      async *cells() {
        yield* rows;
      },
    };
  }
}

/** The days of a table of one account. */
export function partitionsOf(job: ExportJob, table: ExportTable, accountId: string): AsyncIterable<Partition> {
  return table.name === "rows" ? daysOfRows(job, table, accountId) : daysOfCells(job, table);
}
