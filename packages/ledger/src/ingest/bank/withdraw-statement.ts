import { appendAudit } from "../../audit/index.ts";
import { sql } from "kysely";
import { type BooksContext, oneAccountOf } from "../../books/context.ts";
import { lockImports } from "../imports/lock-imports.ts";
import { BankError } from "./errors.ts";
import { listStatements, type StatementView } from "./statements.ts";

/** Result of withdrawing a bank statement. */
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
 * Withdraws a bank statement that was read wrongly or belongs to another business. Its lines no longer count, but stay on
 * record with who withdrew them, when and why. The same file may be imported again with other options. Run reconcile
 * afterwards: it matches the affected transfers again and resolves the exceptions that the statement caused.
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
    const columns = sql`account_id, bank_line_id, import_id, line, bank_account, booked_at, amount_minor, currency, reference, counterparty, text`;
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
    await appendAudit(context, db, {
      accountId,
      what: "bank.withdrawn",
      subject: String(importId),
      note: note.trim(),
      was: { file: fileName, lines },
    });
    return { accountId, importId, fileName, lines, importAgain: overlapping(statement, statements) };
  });
}

function overlapping(statement: StatementView, all: readonly StatementView[]): StatementWithdrawn["importAgain"] {
  return all
    .filter((one) => one.importId > statement.importId && one.withdrawn === null && one.lines < one.fileLines)
    .map(({ importId, fileName }) => ({ importId, fileName }));
}
