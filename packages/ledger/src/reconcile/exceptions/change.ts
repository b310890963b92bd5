import { accountsOf, type BooksContext } from "../../books/context.ts";
import type { ExceptionTable } from "../../store/schema/verdicts.ts";
import { ExceptionError } from "./errors.ts";
import { EXPLANATION_REASONS, type ExplanationReason } from "./reasons.ts";
import { settleStatus } from "./settlement-status.ts";
import { type ExceptionChange, type ExceptionStatus, stepFrom } from "./status.ts";

const LONGEST_NOTE = 4000;

/**
 * Marks an exception as explained. It no longer counts as open. Later runs that still find the difference leave it
 * explained, unless the amount changes.
 *
 * @param reason on what account its money is booked, on the day of the explanation; nothing is booked without one
 * @throws ExceptionError `exception.unknown`, `exception.wrong-status`, `exception.note-missing`, `exception.reason`
 *
 * @example
 * await explainException(context, "9f2c4e1a7b3d5f60", "refunded by hand on the 3rd, see ticket 4711");
 */
export function explainException(
  context: BooksContext,
  id: string,
  note: string,
  reason?: ExplanationReason,
): Promise<void> {
  return change(context, id, "explain", note, reason);
}

/**
 * The same as {@link explainException}: a person settles a difference by explaining it. Only data resolves one.
 */
export function resolveException(context: BooksContext, id: string, note: string): Promise<void> {
  return change(context, id, "explain", note);
}

/**
 * Opens an explained or resolved exception again.
 *
 * @param note why; not demanded
 * @throws ExceptionError `exception.unknown`, `exception.wrong-status`
 */
export function reopenException(context: BooksContext, id: string, note?: string): Promise<void> {
  return change(context, id, "reopen", note ?? "");
}

async function change(
  context: BooksContext,
  id: string,
  what: ExceptionChange,
  note: string,
  reason?: ExplanationReason,
): Promise<void> {
  const text = note.trim();
  if (reason !== undefined && !EXPLANATION_REASONS.includes(reason)) {
    throw new ExceptionError(
      "exception.reason",
      `exception ${id}: ${JSON.stringify(reason)} is no reason; expected one of ${EXPLANATION_REASONS.join(", ")}`,
    );
  }
  if (what === "explain" && text === "") {
    throw new ExceptionError(
      "exception.note-missing",
      `exception ${id}: say in a note why the difference is all right`,
    );
  }
  if (text.length > LONGEST_NOTE) {
    throw new ExceptionError(
      "exception.note-missing",
      `exception ${id}: a note has at most ${LONGEST_NOTE} characters`,
    );
  }
  const accounts = await accountsOf(context);
  await context.store.transaction(async (db) => {
    const known = await db
      .selectFrom("exception")
      .select(["account_id", "exception_id", "status", "amount_minor", "currency"])
      .where("account_id", "in", accounts.length === 0 ? [""] : [...accounts])
      .where("exception_id", "=", id)
      .$if(context.store.dialect === "postgres", (query) => query.forUpdate())
      .execute();
    const [exception] = known;
    if (exception === undefined) {
      throw new ExceptionError(
        "exception.unknown",
        `there is no exception ${JSON.stringify(id)}: list them to see the ids`,
      );
    }
    const step = stepFrom(exception.status as ExceptionStatus, what);
    if (step === null) throw refused(exception, what);
    const at = context.clock.now();
    await db
      .updateTable("exception")
      .set({ status: step.to, changed_at: at, reason: what === "explain" ? (reason ?? null) : null })
      .where("account_id", "=", exception.account_id)
      .where("exception_id", "=", id)
      .execute();
    await db
      .insertInto("exception_event")
      .values({
        account_id: exception.account_id,
        exception_id: id,
        what: step.event,
        who: context.who ?? "unknown",
        note: text === "" ? null : reason === undefined ? text : `${reason}: ${text}`,
        at,
        reason: what === "explain" ? (reason ?? null) : null,
        amount_minor: what === "explain" ? exception.amount_minor : null,
        currency: what === "explain" ? exception.currency : null,
      })
      .execute();
    await settleStatus(db, exception.account_id);
  });
}

function refused(exception: Pick<ExceptionTable, "exception_id" | "status">, what: ExceptionChange): ExceptionError {
  const why =
    what === "reopen"
      ? "only an explained or resolved one can be reopened"
      : "it is no longer found, so there is nothing to explain; reopen it first";
  return new ExceptionError(
    "exception.wrong-status",
    `exception ${exception.exception_id} is ${exception.status}: ${why}`,
  );
}
