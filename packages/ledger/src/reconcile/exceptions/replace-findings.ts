import type { Insertable, Kysely } from "kysely";
import { formatAmount } from "@amazon-pay-kit/money";
import { chunks, inChunks } from "../../store/chunks.ts";
import { type ExceptionCode, severityOf } from "../../rules/index.ts";
import type { Finding } from "../finding.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { ExceptionEventTable, ExceptionTable } from "../../store/schema/verdicts.ts";
import { exceptionId } from "./exception-id.ts";
import { type ExceptionStatus, LIVE, stepFrom } from "./status.ts";
import { textOf } from "../../rules/text.ts";

/** Which exceptions a run has looked at anew: those of the codes, in the files, on the rows or about the transactions. */
export interface Scope {
  readonly codes: readonly ExceptionCode[];
  readonly fileIds?: readonly number[];
  readonly rows?: readonly { readonly fileId: number; readonly line: number }[];
  readonly transactionIds?: readonly string[];
  /** Only those whose subject matches: where two checks share a code and look at different things. */
  readonly subjects?: RegExp;
}

/** Whose exceptions, in which transaction, and when. */
export interface Finder {
  readonly db: Kysely<Schema>;
  readonly accountId: string;
  readonly now: number;
}

/** Name under which runs stand in the audit trail. */
export const RUN = "reconcile";

type Known = Pick<
  ExceptionTable,
  "exception_id" | "subject" | "amount_minor" | "currency" | "messages" | "file_id" | "line"
> & {
  status: string;
};
type Events = Pick<Insertable<ExceptionEventTable>, "exception_id" | "what" | "who" | "note">[];

const KNOWN = ["exception_id", "subject", "amount_minor", "currency", "messages", "file_id", "line", "status"] as const;
const ROWS_AT_ONCE = 200;

/**
 * Puts what a run has found in the place of what earlier runs have found in the same scope: new differences are opened,
 * those that are gone are resolved, those that came back are reopened. The same findings change nothing.
 */
export async function replaceFindings(finder: Finder, scope: Scope, findings: readonly Finding[]): Promise<void> {
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    const id = exceptionId(finder.accountId, finding.code, finding.subject);
    if (!found.has(id)) found.set(id, finding);
  }
  const { subjects } = scope;
  const inScope = await liveIn(finder, scope);
  const live = subjects === undefined ? inScope : inScope.filter((known) => subjects.test(known.subject));
  const events: Events = [];
  for (const known of live) {
    const finding = found.get(known.exception_id);
    if (finding === undefined) await resolve(finder, known, events);
    else await confirm(finder, known, finding, events);
    found.delete(known.exception_id);
  }
  const others = await byIds(finder, [...found.keys()]);
  for (const known of others) {
    const finding = found.get(known.exception_id);
    if (finding !== undefined) await confirm(finder, known, finding, events);
    found.delete(known.exception_id);
  }
  await open(finder, found, events);
  await note(finder, events);
}

async function liveIn({ db, accountId }: Finder, scope: Scope): Promise<Known[]> {
  const query = db
    .selectFrom("exception")
    .select(KNOWN)
    .where("account_id", "=", accountId)
    .where("status", "in", [...LIVE])
    .where("code", "in", [...scope.codes]);
  if (scope.transactionIds !== undefined) {
    return inChunks(new Set(scope.transactionIds), (some) => query.where("transaction_id", "in", [...some]).execute());
  }
  if (scope.rows !== undefined) {
    const places = new Set(scope.rows.map((row) => `${row.fileId}:${row.line}`));
    const files = new Set(scope.rows.map((row) => row.fileId));
    const rows = await inChunks(files, (some) => query.where("file_id", "in", [...some]).execute());
    return rows.filter((row) => places.has(`${row.file_id}:${row.line}`));
  }
  if (scope.fileIds !== undefined) {
    return inChunks(new Set(scope.fileIds), (some) => query.where("file_id", "in", [...some]).execute());
  }
  return query.execute();
}

async function byIds({ db, accountId }: Finder, ids: readonly string[]): Promise<Known[]> {
  return inChunks(ids, (some) =>
    db
      .selectFrom("exception")
      .select(KNOWN)
      .where("account_id", "=", accountId)
      .where("exception_id", "in", [...some])
      .execute(),
  );
}

async function resolve(finder: Finder, known: Known, events: Events): Promise<void> {
  const step = stepFrom(known.status as ExceptionStatus, "gone");
  if (step === null) return;
  await finder.db
    .updateTable("exception")
    .set({ status: step.to, changed_at: finder.now, reason: null, asked_by: null })
    .where("account_id", "=", finder.accountId)
    .where("exception_id", "=", known.exception_id)
    .execute();
  events.push({ exception_id: known.exception_id, what: step.event, who: RUN, note: "no longer found" });
}

function shown(minor: bigint | null, currency: string | null): string {
  return minor === null || currency === null ? "none" : formatAmount(minor, currency);
}

/** An explanation was given for one amount: when the amount changes, somebody has to look again. */
async function confirm(finder: Finder, known: Known, finding: Finding, events: Events): Promise<void> {
  const status = known.status as ExceptionStatus;
  const other = known.amount_minor !== finding.amount;
  const step = stepFrom(status, status === "explained" && other ? "reopen" : "found");
  const same =
    !other &&
    known.messages === JSON.stringify(finding.messages) &&
    known.file_id === finding.fileId &&
    known.line === finding.line;
  if (step === null && same) return;
  await finder.db
    .updateTable("exception")
    .set({
      amount_minor: finding.amount,
      currency: finding.currency,
      message: textOf(finding.messages) ?? "",
      messages: JSON.stringify(finding.messages),
      settlement_id: finding.settlementId,
      transaction_id: finding.transactionId,
      file_id: finding.fileId,
      line: finding.line,
      // What a second person was asked for was another amount.
      ...(other ? { asked_by: null } : {}),
      ...(step === null ? {} : { status: step.to, changed_at: finder.now, reason: null, asked_by: null }),
    })
    .where("account_id", "=", finder.accountId)
    .where("exception_id", "=", known.exception_id)
    .execute();
  if (step === null) return;
  const note = other
    ? `amount was ${shown(known.amount_minor, known.currency)}, is ${shown(finding.amount, finding.currency)}`
    : "found again";
  events.push({ exception_id: known.exception_id, what: step.event, who: RUN, note });
}

async function open(finder: Finder, found: ReadonlyMap<string, Finding>, events: Events): Promise<void> {
  const rows = [...found].map(([id, finding]) => ({
    account_id: finder.accountId,
    exception_id: id,
    code: finding.code,
    severity: severityOf(finding.code),
    settlement_id: finding.settlementId,
    transaction_id: finding.transactionId,
    file_id: finding.fileId,
    line: finding.line,
    amount_minor: finding.amount,
    currency: finding.currency,
    message: textOf(finding.messages) ?? "",
    messages: JSON.stringify(finding.messages),
    status: "open",
    subject: finding.subject,
    order_id: null,
    reference_id: null,
    record_id: null,
    cause: id,
    cause_messages: null,
    reason: null,
    owner: null,
    asked_by: null,
    found_at: finder.now,
    changed_at: finder.now,
  }));
  for (const some of chunks(rows, ROWS_AT_ONCE)) {
    await finder.db
      .insertInto("exception")
      .values([...some])
      .execute();
  }
  for (const id of found.keys()) events.push({ exception_id: id, what: "found", who: RUN, note: null });
}

async function note({ db, accountId, now }: Finder, events: Events): Promise<void> {
  for (const some of chunks(events, ROWS_AT_ONCE)) {
    await db
      .insertInto("exception_event")
      .values(
        some.map((event) => ({
          ...event,
          account_id: accountId,
          at: now,
          reason: null,
          amount_minor: null,
          currency: null,
        })),
      )
      .execute();
  }
}
