import { sql } from "kysely";
import { type BooksContext, oneAccountOf } from "../books/context.ts";
import { lockImports } from "../imports/lock-imports.ts";
import { BankError } from "./errors.ts";
import { listStatements, type StatementView } from "./statements.ts";

/** What came of taking a statement back. */
export interface StatementWithdrawn {
  readonly accountId: string;
  readonly importId: number;
  readonly fileName: string | null;
  /** Lines that are no longer in the books. */
  readonly lines: number;
  /**
   * Statements after it that had lines which were there already. Where those were this statement's, they are gone with it:
   * taking them in again brings back what is missing, and nothing twice.
   */
  readonly importAgain: readonly { readonly importId: number; readonly fileName: string | null }[];
}

/**
 * Takes a bank statement out of the books that was read wrongly or is of another business. Its lines no longer count, and
 * stay on record beside who withdrew them, when and why. The same file may be taken in again, in another reading. Run
 * reconcile afterwards: transfers that it had answered are looked for again, differences that it had made are resolved.
 *
 * @param importId as `listStatements` and `importStatement` give it
 * @param note why; must not be empty
 * @throws BankError `bank.unknown-statement`, `bank.withdrawn` when it has been before, `bank.note` without a reason
 *
 * @example
 * await withdrawStatement({ store, clock, accountId: "shop", who: "mara" }, 7, "decimal comma read as a point");
 */
export async function withdrawStatement(
  context: BooksContext,
  importId: number,
  note: string,
): Promise<StatementWithdrawn> {
  if (note.trim() === "") throw new BankError("bank.note", "say why the statement is withdrawn: nothing was changed");
  const accountId = await oneAccountOf(context);
  return context.store.transaction(async (db) => {
    await lockImports(db, context.store.dialect, accountId);
    const statements = await listStatements({ ...context, store: { ...context.store, db }, accountId });
    const statement = statements.find((one) => one.importId === importId);
    if (statement === undefined) {
      throw new BankError(
        "bank.unknown-statement",
        `${accountId} has no bank statement ${importId}: list them with apay bank list`,
      );
    }
    if (statement.withdrawn !== null) {
      const { at, who: by, note: why } = statement.withdrawn;
      const day = new Date(at).toISOString().slice(0, 10);
      throw new BankError("bank.withdrawn", `statement ${importId} was withdrawn on ${day} by ${by} already: ${why}`);
    }
    const columns = sql`account_id, bank_line_id, import_id, line, bank_account, booked_at, amount_minor, currency, reference, text`;
    await sql`
      insert into withdrawn_bank_line (${columns}) select ${columns} from bank_line
      where account_id = ${accountId} and import_id = ${importId}
    `.execute(db);
    await db.deleteFrom("bank_line").where("account_id", "=", accountId).where("import_id", "=", importId).execute();
    await db
      .insertInto("statement_withdrawal")
      .values({
        account_id: accountId,
        import_id: importId,
        who: context.who ?? "unknown",
        note: note.trim(),
        line_count: statement.lines,
        withdrawn_at: context.clock.now(),
      })
      .execute();
    const { fileName, lines } = statement;
    return { accountId, importId, fileName, lines, importAgain: overlapping(statement, statements) };
  });
}

function overlapping(statement: StatementView, all: readonly StatementView[]): StatementWithdrawn["importAgain"] {
  return all
    .filter((one) => one.importId > statement.importId && one.withdrawn === null && one.lines < one.fileLines)
    .map(({ importId, fileName }) => ({ importId, fileName }));
}
