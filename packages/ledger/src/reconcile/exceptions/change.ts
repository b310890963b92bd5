import type { Kysely, Selectable } from "kysely";
import { appendAudit, type AuditWord } from "../../audit/index.ts";
import { accountsOf, type BooksContext } from "../../books/context.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { ExceptionTable } from "../../store/schema/verdicts.ts";
import { ExceptionError } from "./errors.ts";
import { EXPLANATION_REASONS, type ExplanationReason } from "./reasons.ts";
import { announceVerdicts } from "../announce/announce.ts";
import { settleStatus } from "./settlement-status.ts";
import { type ExceptionChange, type ExceptionEventWord, type ExceptionStatus, type Step, stepFrom } from "./status.ts";

const LONGEST_NOTE = 4000;

/** What became of an explanation: it stands, or it waits for a second person. */
export type ExplainOutcome = "explained" | "asked";

/**
 * Marks an exception as explained. It no longer counts as open. Later runs that still find the difference leave it
 * explained, unless the amount changes.
 *
 * A write-off above the limit of its currency (`writeOffLimits`) takes two people: the first asks, and it stays open; when
 * another explains it as a write-off too, it is written off.
 *
 * @param reason on what account its money is booked, on the day of the explanation; nothing is booked without one
 * @returns `asked` where it waits for a second person
 * @throws ExceptionError `exception.unknown`, `exception.wrong-status`, `exception.note-missing`, `exception.reason`,
 * `exception.second-person`, `exception.approver`
 *
 * @example
 * await explainException(context, "9f2c4e1a7b3d5f60", "refunded by hand on the 3rd, see ticket 4711");
 */
export async function explainException(
  context: BooksContext,
  id: string,
  note: string,
  reason?: ExplanationReason,
): Promise<ExplainOutcome> {
  if (reason !== undefined && !EXPLANATION_REASONS.includes(reason)) {
    throw new ExceptionError(
      "exception.reason",
      `exception ${id}: ${JSON.stringify(reason)} is no reason; expected one of ${EXPLANATION_REASONS.join(", ")}`,
    );
  }
  const text = noteFor(id, note);
  if (text === "") {
    throw new ExceptionError(
      "exception.note-missing",
      `exception ${id}: say in a note why the difference is all right`,
    );
  }
  return changed(context, id, async (db, exception) => {
    const step = stepTo(exception, "explain");
    const who = whoOf(context);
    if (reason === "write-off" && takesTwo(context, exception)) {
      if (exception.asked_by === who) {
        throw new ExceptionError(
          "exception.second-person",
          `exception ${id}: ${who} has asked to write it off; above the limit a second person has to agree`,
        );
      }
      if (exception.asked_by === null) {
        const values = { asked_by: who };
        await set(db, exception, values);
        await record(context, db, exception, { what: "asked", note: `${reason}: ${text}`, values });
        return "asked";
      }
      if (context.mayApprove === false) {
        throw new ExceptionError(
          "exception.approver",
          `exception ${id}: ${exception.asked_by} has asked to write it off; it takes somebody with the role approve to agree`,
        );
      }
    }
    const at = context.clock.now();
    const values = { status: step.to, changed_at: at, reason: reason ?? null, asked_by: null };
    await set(db, exception, values);
    await settleStatus(db, exception.account_id);
    await tell(context, db, exception);
    await record(context, db, exception, {
      what: "explained",
      note: reason === undefined ? text : `${reason}: ${text}`,
      reason: reason ?? null,
      explained: true,
      values,
    });
    return "explained";
  });
}

/**
 * The same as {@link explainException}: a person settles a difference by explaining it. Only data resolves one.
 */
export async function resolveException(context: BooksContext, id: string, note: string): Promise<void> {
  await explainException(context, id, note);
}

/**
 * Opens an explained or resolved exception again. On one that waits for a second person it takes the question back.
 *
 * @param note why; not demanded
 * @throws ExceptionError `exception.unknown`, `exception.wrong-status`
 */
export function reopenException(context: BooksContext, id: string, note?: string): Promise<void> {
  return changed(context, id, async (db, exception) => {
    const text = noteFor(id, note ?? "");
    const asked = exception.asked_by !== null && stepFrom(exception.status as ExceptionStatus, "reopen") === null;
    const step = asked ? null : stepTo(exception, "reopen");
    const status = step === null ? {} : { status: step.to, changed_at: context.clock.now(), reason: null };
    const values = { ...status, asked_by: null };
    await set(db, exception, values);
    await settleStatus(db, exception.account_id);
    await tell(context, db, exception);
    await record(context, db, exception, {
      what: "reopened",
      note: text === "" ? null : text,
      values,
    });
  });
}

/** Longest name of an owner, in characters. */
const LONGEST_OWNER = 200;

/**
 * Says who looks after an exception. Nothing else about it changes.
 *
 * @param owner a name as `who` has it; null for nobody
 * @throws ExceptionError `exception.unknown`, `exception.owner`
 *
 * @example
 * await assignException(context, "9f2c4e1a7b3d5f60", "mara");
 */
export function assignException(context: BooksContext, id: string, owner: string | null): Promise<void> {
  const name = owner?.trim() ?? null;
  if (name === "" || (name?.length ?? 0) > LONGEST_OWNER) {
    throw new ExceptionError(
      "exception.owner",
      `exception ${id}: an owner is a name of 1 to ${LONGEST_OWNER} characters`,
    );
  }
  return changed(context, id, async (db, exception) => {
    if (exception.owner === name) return;
    const values = { owner: name };
    await set(db, exception, values);
    await record(context, db, exception, { what: "assigned", note: name ?? "nobody", values });
  });
}

/**
 * Writes down what was found out about an exception. Its state stays as it is.
 *
 * @throws ExceptionError `exception.unknown`, `exception.note-missing`
 */
export function noteException(context: BooksContext, id: string, note: string): Promise<void> {
  const text = noteFor(id, note);
  if (text === "") throw new ExceptionError("exception.note-missing", `exception ${id}: there is nothing in the note`);
  return changed(context, id, (db, exception) => record(context, db, exception, { what: "noted", note: text }));
}

/** A note without blanks around it. @throws ExceptionError `exception.note-missing` for one that is too long */
function noteFor(id: string, note: string): string {
  const text = note.trim();
  if (text.length > LONGEST_NOTE) {
    throw new ExceptionError(
      "exception.note-missing",
      `exception ${id}: a note has at most ${LONGEST_NOTE} characters`,
    );
  }
  return text;
}

type Changing = Pick<
  Selectable<ExceptionTable>,
  "account_id" | "exception_id" | "status" | "reason" | "amount_minor" | "currency" | "owner" | "asked_by"
>;

const whoOf = (context: BooksContext): string => context.who ?? "unknown";

/** Whether its write-off is a thing for two people. */
function takesTwo({ writeOffLimits = {} }: BooksContext, { amount_minor, currency }: Changing): boolean {
  if (amount_minor === null || currency === null || !Object.hasOwn(writeOffLimits, currency)) return false;
  const limit = writeOffLimits[currency];
  return limit !== undefined && (amount_minor < 0n ? -amount_minor : amount_minor) > limit;
}

function stepTo(exception: Changing, what: ExceptionChange): Step {
  const step = stepFrom(exception.status as ExceptionStatus, what);
  if (step === null) throw refused(exception, what);
  return step;
}

/** Finds an exception, locked, and changes it. @throws ExceptionError `exception.unknown` */
async function changed<Result>(
  context: BooksContext,
  id: string,
  work: (db: Kysely<Schema>, exception: Changing) => Promise<Result>,
): Promise<Result> {
  const accounts = await accountsOf(context);
  return context.store.transaction(async (db) => {
    const found = await db
      .selectFrom("exception")
      .select("account_id")
      .where("account_id", "in", accounts.length === 0 ? [""] : [...accounts])
      .where("exception_id", "=", id)
      .executeTakeFirst();
    // By its whole key: a row is locked on the one node of Citus that has its account.
    const exception =
      found &&
      (await db
        .selectFrom("exception")
        .select(["account_id", "exception_id", "status", "reason", "amount_minor", "currency", "owner", "asked_by"])
        .where("account_id", "=", found.account_id)
        .where("exception_id", "=", id)
        .$if(context.store.dialect === "postgres", (query) => query.forUpdate())
        .executeTakeFirst());
    if (exception === undefined) {
      throw new ExceptionError(
        "exception.unknown",
        `there is no exception ${JSON.stringify(id)}: list them to see the ids`,
      );
    }
    return work(db, exception);
  });
}

/** Writes the events of what a person has changed. */
function tell({ store, clock }: BooksContext, db: Kysely<Schema>, exception: Changing): Promise<void> {
  const { account_id: accountId, exception_id: exceptionId } = exception;
  return announceVerdicts({ db, accountId, exceptionId, at: clock.now(), dialect: store.dialect });
}

async function set(db: Kysely<Schema>, { account_id, exception_id }: Changing, values: ChangedValues): Promise<void> {
  await db
    .updateTable("exception")
    .set(values)
    .where("account_id", "=", account_id)
    .where("exception_id", "=", exception_id)
    .execute();
}

/** What a person changes of an exception. */
type ChangedValues = Partial<
  Pick<Selectable<ExceptionTable>, "status" | "changed_at" | "reason" | "owner" | "asked_by">
>;

/** Only data finds an exception, and only data resolves one. */
type ByPeople = Exclude<ExceptionEventWord, "found" | "resolved">;

/** What the audit says of each event. */
const AUDITED: Readonly<Record<ByPeople, AuditWord>> = {
  explained: "exception.explained",
  reopened: "exception.reopened",
  assigned: "exception.assigned",
  noted: "exception.noted",
  asked: "exception.write-off-asked",
};

/** What was done, for the history and for the audit: nothing there is ever changed. */
async function record(
  context: BooksContext,
  db: Kysely<Schema>,
  exception: Changing,
  event: {
    readonly what: ByPeople;
    readonly note: string | null;
    readonly reason?: ExplanationReason | null;
    /** Keeps the amount with it, which is what is booked. */
    readonly explained?: boolean;
    /** What it changed. */
    readonly values?: ChangedValues;
  },
): Promise<void> {
  const explained = event.explained === true;
  await db
    .insertInto("exception_event")
    .values({
      account_id: exception.account_id,
      exception_id: exception.exception_id,
      what: event.what,
      who: whoOf(context),
      note: event.note,
      at: context.clock.now(),
      reason: event.reason ?? null,
      amount_minor: explained ? exception.amount_minor : null,
      currency: explained ? exception.currency : null,
    })
    .execute();
  const { account_id: accountId, exception_id: subject, status, reason, owner, asked_by: askedBy } = exception;
  const { amount_minor: amountMinor, currency } = exception;
  const was = { status, reason, owner, askedBy };
  const { values = {} } = event;
  const became = {
    status: values.status ?? status,
    reason: values.reason === undefined ? reason : values.reason,
    owner: values.owner === undefined ? owner : values.owner,
    askedBy: values.asked_by === undefined ? askedBy : values.asked_by,
  };
  await appendAudit(context, db, {
    accountId,
    what: AUDITED[event.what],
    subject,
    note: event.note,
    was: { ...was, amountMinor, currency },
    became,
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
