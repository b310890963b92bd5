import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "../schema/index.ts";
import type { RowsWritten } from "./bulk-load.ts";
import { sumFees } from "./fee-sums.ts";
import { SETTLEMENT_ROWS } from "./row-tables.ts";
import { columns, columnsAgree, noteRepeats, othersMayHold, type Settling } from "./settle.ts";

/** Where the rows of a version lie: those that count in `settlement_row`, all others aside. */
export type VersionTable = "settlement_row" | "superseded_row";

/** A file with the whole of a settlement, as it was delivered once. */
export interface SettlementVersion {
  readonly fileId: number;
  readonly settlementId: string;
  /** When it came to be: by the service's word where a service delivered it, else when the file came. */
  readonly receivedAt: number;
  readonly archivedAt: number;
  readonly counts: boolean;
  readonly acceptedAt: number | null;
}

/** Header windows that differ by less, in milliseconds, are the same window: the tolerance of the other window checks. */
const WINDOW_TOLERANCE = 120_000;

function near(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other;
  return Math.abs(one - other) <= WINDOW_TOLERANCE;
}

/** Of two versions, which is the later one; of two that came at once, the one that was recorded last. */
export function byAge(left: SettlementVersion, right: SettlementVersion): number {
  return left.receivedAt - right.receivedAt || left.archivedAt - right.archivedAt || left.fileId - right.fileId;
}

const ALL = SETTLEMENT_ROWS.columns;

/** The rows of a version: its own, and those that another file had delivered before it. */
function contentOf(accountId: string, fileId: number, table: string): RawBuilder<unknown> {
  const repeated = ALL.map((column) =>
    column === "file_id" || column === "line"
      ? sql`${sql.ref(`p.${column}`)} as ${sql.ref(column)}`
      : sql`${sql.ref(`k.${column}`)} as ${sql.ref(column)}`,
  );
  const from = (known: VersionTable) => sql`select ${sql.join(repeated)} from row_repeat p
    join ${sql.table(known)} k on k.account_id = p.account_id and k.file_id = p.first_file_id and k.line = p.first_line
    where p.account_id = ${accountId} and p.file_id = ${fileId}`;
  return sql`(select ${columns(ALL)} from ${sql.table(table)} where account_id = ${accountId} and file_id = ${fileId}
    union all ${from("settlement_row")} union all ${from("superseded_row")})`;
}

/** The rows of a version with their identity, for comparing it with another. */
export function versionRows(accountId: string, version: { fileId: number; counts: boolean }): RawBuilder<unknown> {
  return contentOf(accountId, version.fileId, version.counts ? "settlement_row" : "superseded_row");
}

async function countOf(db: Kysely<Schema>, rows: RawBuilder<unknown>): Promise<number> {
  const { rows: found } = await sql<{ count: number }>`select count(*) as count from ${rows} as c`.execute(db);
  return Number(found[0]?.count ?? 0);
}

/** The settlement that most rows of a file name. */
async function mainSettlement(db: Kysely<Schema>, rows: RawBuilder<unknown>): Promise<string | null> {
  const { rows: found } = await sql<{ id: string }>`
    select settlement_id as id from ${rows} as c group by settlement_id order by count(*) desc, settlement_id limit 1
  `.execute(db);
  return found[0]?.id ?? null;
}

interface Arrival {
  readonly fileId: number;
  readonly startAt: number | null;
  readonly endAt: number | null;
  readonly errors: number;
  readonly archivedAt: number;
  readonly receivedAt: number;
}

async function arrivals(db: Kysely<Schema>, accountId: string, fileIds: readonly number[]): Promise<Arrival[]> {
  if (fileIds.length === 0) return [];
  const { rows } = await sql<Arrival & { madeAt: number | null }>`
    select f.file_id as "fileId", f.window_start_at as "startAt", f.window_end_at as "endAt", f.error_count as errors,
      f.archived_at as "archivedAt", coalesce(min(case when d.source in ('v2', 'mws') then coalesce(r.created_at, d.fetched_at)
        else d.fetched_at end), f.archived_at) as "receivedAt"
    from file f
    left join report_file d on d.account_id = f.account_id and d.file_id = f.file_id
    left join report r on r.account_id = d.account_id and r.source = d.source and r.report_id = d.report_id
    where f.account_id = ${accountId} and f.file_id in (${sql.join(fileIds)})
    group by f.file_id, f.window_start_at, f.window_end_at, f.error_count, f.archived_at
  `.execute(db);
  return rows.map((row) => ({ ...row, receivedAt: Number(row.receivedAt) }));
}

/** Files that have rows of a settlement, other than one. */
async function filesNaming(
  db: Kysely<Schema>,
  accountId: string,
  settlementId: string,
  fileId: number,
): Promise<ReadonlyMap<number, VersionTable>> {
  const files = new Map<number, VersionTable>();
  for (const table of ["settlement_row", "superseded_row"] as const) {
    const { rows } = await sql<{ fileId: number }>`
      select distinct file_id as "fileId" from ${sql.table(table)}
      where account_id = ${accountId} and settlement_id = ${settlementId} and file_id <> ${fileId}
    `.execute(db);
    for (const row of rows) if (!files.has(row.fileId)) files.set(row.fileId, table);
  }
  return files;
}

/** The versions of a settlement that are known, oldest first; none where it was delivered once. */
export async function versionsOf(
  db: Kysely<Schema>,
  accountId: string,
  settlementId: string,
): Promise<readonly SettlementVersion[]> {
  const rows = await db
    .selectFrom("settlement_version")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("settlement_id", "=", settlementId)
    .execute();
  return rows
    .map((row) => ({
      fileId: row.file_id,
      settlementId: row.settlement_id,
      receivedAt: row.received_at,
      archivedAt: row.archived_at,
      counts: row.counts !== 0,
      acceptedAt: row.accepted_at,
    }))
    .sort(byAge);
}

/** Subject of the mark that says that other rows or records count than at the last run. */
export const VERSIONS_MARK = "versions";

/** Says that other versions, files or records count than at the last run: the next one works everything out anew. */
export async function markReworked(db: Kysely<Schema>, accountId: string): Promise<void> {
  await db
    .insertInto("reconcile_mark")
    .values({ account_id: accountId, subject: VERSIONS_MARK, mark: "changed" })
    .onConflict((conflict) => conflict.columns(["account_id", "subject"]).doUpdateSet({ mark: "changed" }))
    .execute();
}

/** Moves the rows of a version, and those of others that it repeats, from one table to the other. */
async function moveRows(
  db: Kysely<Schema>,
  accountId: string,
  fileId: number,
  from: string,
  to: VersionTable,
): Promise<void> {
  const sets = [
    sql`account_id = ${accountId} and file_id = ${fileId}`,
    sql`account_id = ${accountId} and (file_id, line) in (select first_file_id, first_line from row_repeat
      where account_id = ${accountId} and file_id = ${fileId})`,
  ];
  for (const which of sets) {
    await sql`insert into ${sql.table(to)} (${columns(ALL)})
      select ${columns(ALL)} from ${sql.table(from)} where ${which}`.execute(db);
    await sql`delete from ${sql.table(from)} where ${which}`.execute(db);
  }
  const first = await db
    .selectFrom("row_repeat")
    .select("first_file_id")
    .distinct()
    .where("account_id", "=", accountId)
    .where("file_id", "=", fileId)
    .execute();
  await sumFees(db, accountId, [fileId, ...first.map((row) => row.first_file_id)]);
}

/**
 * Lets another version of a settlement count: its rows take the place of those of the one that counted.
 *
 * The next run works the account out anew; the marks of both files go, so that nothing is exported before it.
 */
export async function letCount(
  db: Kysely<Schema>,
  accountId: string,
  from: SettlementVersion,
  to: SettlementVersion,
): Promise<void> {
  await moveRows(db, accountId, from.fileId, "settlement_row", "superseded_row");
  await moveRows(db, accountId, to.fileId, "superseded_row", "settlement_row");
  for (const [version, counts] of [
    [from, 0],
    [to, 1],
  ] as const) {
    await db
      .updateTable("settlement_version")
      .set({ counts })
      .where("account_id", "=", accountId)
      .where("settlement_id", "=", version.settlementId)
      .where("file_id", "=", version.fileId)
      .execute();
    await db
      .deleteFrom("reconcile_mark")
      .where("account_id", "=", accountId)
      .where("subject", "=", `file:${version.fileId}`)
      .execute();
  }
  await markReworked(db, accountId);
}

/** What became of the rows of a new file. */
export type VersionPlace =
  /** They go where rows of settlements go, all but those that came before. */
  | { readonly kind: "rows" }
  /** All of them came before, in a version that does not count any more. */
  | { readonly kind: "repeats"; readonly repeats: number }
  /** It is a version that is older than the one that counts; its rows lie aside already. */
  | { readonly kind: "aside" };

async function keepVersion(
  db: Kysely<Schema>,
  accountId: string,
  settlementId: string,
  arrival: Arrival,
  counts: boolean,
): Promise<void> {
  await db
    .insertInto("settlement_version")
    .values({
      account_id: accountId,
      settlement_id: settlementId,
      file_id: arrival.fileId,
      received_at: arrival.receivedAt,
      archived_at: arrival.archivedAt,
      counts: counts ? 1 : 0,
      accepted_at: null,
      accepted_by: null,
    })
    .onConflict((conflict) =>
      conflict.columns(["account_id", "settlement_id", "file_id"]).doUpdateSet({ counts: counts ? 1 : 0 }),
    )
    .execute();
}

/** Notes all rows of a file as repeats of those of a version that lies aside. */
async function repeatAside(settling: Settling, written: RowsWritten, version: number): Promise<number> {
  const noted = await sql`
    insert into row_repeat (account_id, file_id, line, first_file_id, first_line)
    select n.account_id, n.file_id, n.line, k.file_id, k.line from ${sql.table(settling.rows)} n
    join superseded_row k on k.account_id = n.account_id and k.settlement_id = n.settlement_id
      and k.posted_at = n.posted_at and k.file_id = ${version} and k.ordinal = n.ordinal
      and ${columnsAgree(SETTLEMENT_ROWS.identity, "n", "k", settling.same)}
    where n.account_id = ${written.accountId} and n.file_id = ${written.fileId}
  `.execute(settling.db);
  return Number(noted.numAffectedRows ?? 0n);
}

/**
 * Decides what a file is to the other files of its settlement, before its rows are compared with theirs.
 *
 * The same settlement over the same window with other rows is a new version of all of it: the newest counts, exactly once,
 * and the rows of the others lie aside. The same rows, in whatever order, are the same version again. Files over other
 * windows (a range that somebody chose) are no versions: they add what they have, row by row.
 */
export async function placeVersion(settling: Settling, written: RowsWritten): Promise<VersionPlace> {
  const { db, rows } = settling;
  const { accountId, fileId } = written;
  const fresh = sql`(select ${columns(ALL)} from ${sql.table(rows)} where account_id = ${accountId} and file_id = ${fileId})`;
  const settlementId = await mainSettlement(db, fresh);
  if (settlementId === null) return { kind: "rows" };
  const naming = await filesNaming(db, accountId, settlementId, fileId);
  const [own] = await arrivals(db, accountId, [fileId]);
  if (own === undefined || naming.size === 0) return { kind: "rows" };
  const arrival: Arrival = { ...own, startAt: written.startAt, endAt: written.endAt, errors: written.errors };
  const others: { arrival: Arrival; counts: boolean }[] = [];
  for (const other of await arrivals(db, accountId, [...naming.keys()])) {
    if (!near(other.startAt, arrival.startAt) || !near(other.endAt, arrival.endAt)) continue;
    const counts = naming.get(other.fileId) === "settlement_row";
    const content = versionRows(accountId, { fileId: other.fileId, counts });
    if ((await mainSettlement(db, content)) === settlementId) others.push({ arrival: other, counts });
  }
  const count = await countOf(db, fresh);
  for (const { arrival: other, counts } of others) {
    const content = versionRows(accountId, { fileId: other.fileId, counts });
    if (other.errors !== arrival.errors || (await countOf(db, content)) !== count) continue;
    const what = columns([...SETTLEMENT_ROWS.identity, "ordinal"]);
    const same = await countOf(db, sql`(select ${what} from ${fresh} n intersect select ${what} from ${content} k)`);
    if (same !== count) continue;
    if (counts) return { kind: "rows" };
    return { kind: "repeats", repeats: await repeatAside(settling, written, other.fileId) };
  }
  const counting = others.find(({ counts }) => counts);
  if (counting === undefined) return { kind: "rows" };
  for (const { arrival: other, counts } of others) await keepVersion(db, accountId, settlementId, other, counts);
  const version = (of: Arrival): SettlementVersion => ({ ...of, settlementId, counts: true, acceptedAt: null });
  const newest = byAge(version(arrival), version(counting.arrival)) > 0;
  await keepVersion(db, accountId, settlementId, arrival, newest);
  await markReworked(db, accountId);
  if (newest) {
    await moveRows(db, accountId, counting.arrival.fileId, "settlement_row", "superseded_row");
    await db
      .updateTable("settlement_version")
      .set({ counts: 0 })
      .where("account_id", "=", accountId)
      .where("settlement_id", "=", settlementId)
      .where("file_id", "=", counting.arrival.fileId)
      .execute();
    return { kind: "rows" };
  }
  await moveRows(db, accountId, fileId, rows, "superseded_row");
  return { kind: "aside" };
}

/**
 * Puts the rows of a file in their place among those that are known: repeats are noted, versions told apart.
 *
 * @returns how many rows are repeats, which the caller keeps out of the table; and whether the rows lie aside already
 */
export async function settleRepeats(
  settling: Settling,
  written: RowsWritten,
): Promise<{ readonly repeats: number; readonly aside: boolean }> {
  if (settling.table.name === "settlement_row" && (await othersMayHold(settling.db, written))) {
    const place = await placeVersion(settling, written);
    if (place.kind === "aside") return { repeats: 0, aside: true };
    if (place.kind === "repeats") return { repeats: place.repeats, aside: false };
  }
  return { repeats: await noteRepeats(settling, written), aside: false };
}
