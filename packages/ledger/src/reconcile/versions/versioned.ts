import type { Kysely } from "kysely";
import { BooksError } from "../../books/errors.ts";
import { type SettlementVersion, versionsOf } from "../../store/rows/versions.ts";
import type { Schema } from "../../store/schema/index.ts";

/** A settlement of one account with its versions; none where it was delivered with one content only. */
export interface Versioned {
  readonly accountId: string;
  readonly versions: readonly SettlementVersion[];
}

/**
 * The settlement by that id, in the one account that has it.
 *
 * @throws BooksError `books.not-found`, `books.which-account`
 */
export async function oneOf(db: Kysely<Schema>, wanted: readonly string[], settlementId: string): Promise<Versioned> {
  const accounts = wanted.length === 0 ? [""] : [...wanted];
  const found = new Set<string>();
  for (const table of ["settlement", "settlement_version"] as const) {
    const rows = await db
      .selectFrom(table)
      .select("account_id")
      .distinct()
      .where("account_id", "in", accounts)
      .where("settlement_id", "=", settlementId)
      .execute();
    for (const row of rows) found.add(row.account_id);
  }
  const [accountId, ...others] = found;
  if (accountId === undefined) {
    throw new BooksError(
      "books.not-found",
      `there is no settlement ${settlementId} in the ledger: list them with apay settlements list`,
    );
  }
  if (others.length > 0) {
    throw new BooksError(
      "books.which-account",
      `settlement ${settlementId} is in several accounts (${[...found].sort().join(", ")}): name one with --account`,
    );
  }
  return { accountId, versions: await versionsOf(db, accountId, settlementId) };
}
