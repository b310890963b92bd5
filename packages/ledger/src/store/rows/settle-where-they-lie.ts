import { sql } from "kysely";
import type { RowsWritten } from "./bulk-load.ts";
import { numberIdenticalRows, type Settling } from "./settle.ts";
import { settleRepeats } from "./versions.ts";

/** What is done with rows between those of other files, in the way that suits the database. */
export interface InPlace {
  /** Gives identical rows of the file their ordinals. */
  readonly number: (settling: Settling, written: RowsWritten) => Promise<void>;
  /** Takes the rows that are noted as repeats out of the table. */
  readonly takeOut: (settling: Settling, written: RowsWritten) => Promise<void>;
}

async function takeRepeatsOut({ db, table }: Settling, { accountId, fileId }: RowsWritten): Promise<void> {
  await sql`
    delete from ${sql.table(table.name)}
    where account_id = ${accountId} and file_id = ${fileId} and line in (
      select line from row_repeat where account_id = ${accountId} and file_id = ${fileId})
  `.execute(db);
}

/**
 * Settles rows that lie in their table already, between those of other files: what is a repeat is taken out of it.
 *
 * @returns how many rows were repeats
 */
export async function settleWhereTheyLie(
  settling: Settling,
  written: RowsWritten,
  { number, takeOut }: InPlace = { number: numberIdenticalRows, takeOut: takeRepeatsOut },
): Promise<number> {
  await number(settling, written);
  const { repeats, aside } = await settleRepeats(settling, written);
  if (repeats > 0 && !aside) await takeOut(settling, written);
  return repeats;
}
