import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import type { Store } from "../../store/store.ts";
import type { ExportCell } from "../export-table.ts";
import type { ExportScope } from "../scope.ts";
import { cellsOf, rowsOf, withHash } from "./row-query.ts";

/**
 * Rows of settlement reports that come out of the store as one text each.
 *
 * Nineteen values and an object a row are what an export spends its time on; one text that is parted here takes half of it. The
 * cells are those of {@link cellsOf}, amounts as their digits.
 */

/** Parts the cells of a row; where a cell has it itself, the row is read again in the plain way. */
const PART = "\u001f";
const AMOUNTS = ["amount_minor", "percentage_fee_minor", "fixed_fee_minor", "total_fee_minor", "net_minor"] as const;
/** Columns in the order of the export; each that may be empty has a bit in the row's first number. */
const TEXTS = [
  "transaction_id",
  "reference_id",
  "permission_id",
  "order_id",
  "store_name",
  "currency",
  "description",
  "extra",
] as const;
/** What stands where in a row's text. */
const [MASK, FILE, LINE, POSTED, FIRST_AMOUNT, SETTLEMENT, TYPE, FIRST_TEXT] = [0, 1, 2, 3, 4, 9, 10, 11];
const PARTS = FIRST_TEXT + TEXTS.length;
const EXTRA = TEXTS.length - 1;

const ofRow = (name: string): RawBuilder<unknown> => sql.ref(`r.${name}`);

/** A row as one text: which cells are empty, its place, then its cells. */
function lineOf(): RawBuilder<string> {
  const empty = TEXTS.map((name, bit) => sql`((${ofRow(name)} is null) << ${sql.lit(bit)})`);
  const cells = [
    ...["file_id", "line", "posted_at", ...AMOUNTS, "settlement_id", "type"].map(ofRow),
    ...TEXTS.map((name) => sql`ifnull(${ofRow(name)}, '')`),
  ];
  return sql<string>`${sql.join([sql`(${sql.join(empty, sql` | `)})`, ...cells], sql` || char(31) || `)}`;
}

function cellsOfText(text: string, account: string, hashes: ReadonlyMap<string, string>): ExportCell[] | undefined {
  const parts = text.split(PART);
  if (parts.length !== PARTS) return undefined;
  const mask = Number(parts[MASK]);
  const cells: ExportCell[] = [account, parts[SETTLEMENT] ?? "", Number(parts[POSTED]), parts[TYPE] ?? ""];
  const textAt = (at: number): string | null => (((mask >> at) & 1) === 1 ? null : (parts[FIRST_TEXT + at] ?? ""));
  for (let at = 0; at < EXTRA; at += 1) cells.push(textAt(at));
  for (let at = 0; at < AMOUNTS.length; at += 1) cells.push(parts[FIRST_AMOUNT + at] ?? "");
  cells.push(textAt(EXTRA), hashes.get(parts[FILE] ?? "") ?? "", Number(parts[LINE]));
  return cells;
}

async function hashesOf(db: Kysely<Schema>, account: string): Promise<ReadonlyMap<string, string>> {
  const files = db.selectFrom("file").select(["file_id", "content_hash"]).where("account_id", "=", account);
  return new Map((await files.execute()).map((file) => [String(file.file_id), file.content_hash]));
}

/** The cells of a row whose text cannot be parted. */
async function readAgain(db: Kysely<Schema>, account: string, text: string): Promise<ExportCell[]> {
  const parts = text.split(PART, POSTED);
  const row = await withHash(rowsOf(db, account, {}))
    .where("r.file_id", "=", Number(parts[FILE]))
    .where("r.line", "=", Number(parts[LINE]))
    .executeTakeFirstOrThrow();
  return cellsOf(row);
}

/** The rows of some accounts, many at a time. */
export async function* batchesOfTexts(
  db: Kysely<Schema>,
  texts: NonNullable<Store["texts"]>,
  accounts: readonly string[],
  scope: ExportScope,
): AsyncGenerator<readonly (readonly ExportCell[])[]> {
  for (const account of accounts) {
    const query = rowsOf(db, account, scope).select(lineOf().as("line")).compile();
    let hashes: ReadonlyMap<string, string> | undefined;
    for await (const lines of texts(query)) {
      // After the first rows are there: a file is recorded before its rows are.
      hashes ??= await hashesOf(db, account);
      const batch: ExportCell[][] = [];
      for (const line of lines) batch.push(cellsOfText(line, account, hashes) ?? (await readAgain(db, account, line)));
      yield batch;
    }
  }
}
