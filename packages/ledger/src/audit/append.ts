import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { type Kysely, sql } from "kysely";
import { LedgerError } from "../errors.ts";
import type { Schema } from "../store/schema/index.ts";
import type { Store } from "../store/store.ts";
import { auditHash, FIRST } from "./chain.ts";
import type { AuditWord } from "./words.ts";

/** In whose name something is changed, and when. */
export interface AuditContext {
  readonly store: Pick<Store, "dialect">;
  readonly clock: Clock;
  /** Default `unknown`. */
  readonly who?: string | undefined;
}

/** What is shown of a state: never a secret, never data of a buyer. */
export type AuditState = Readonly<Record<string, string | number | bigint | boolean | null | readonly string[]>>;

/** A change that was made. */
export interface AuditEntry {
  /** Null for what belongs to no account, or to all. */
  readonly accountId: string | null;
  readonly what: AuditWord;
  /** Id of what was changed. */
  readonly subject: string;
  readonly note?: string | null | undefined;
  /** What it was; left out where there was nothing before. */
  readonly was?: AuditState | undefined;
  /** What it became; left out where there is nothing after. */
  readonly became?: AuditState | undefined;
}

/** Codes of {@link AuditError}. */
export type AuditErrorCode = "audit.isolation" | "audit.bad-head";

/** The audit cannot be written or checked as asked. */
export class AuditError extends LedgerError<AuditErrorCode> {}

/** A text as both databases give it back: half a surrogate pair becomes the sign for what cannot be shown. */
function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}

function stateText(state: AuditState | undefined): string | null {
  if (state === undefined) return null;
  return wellFormed(JSON.stringify(state, (_name, value: unknown) => (typeof value === "bigint" ? `${value}` : value)));
}

/**
 * Lets nobody else add to the chain until the transaction ends. The head is read afterwards, so that it is the newest; that takes a
 * transaction in which each statement sees what has been committed before it.
 */
async function alone(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ readonly isolation: string }>`
    select pg_advisory_xact_lock(hashtext('apay audit')), current_setting('transaction_isolation') as isolation
  `.execute(db);
  const isolation = rows[0]?.isolation;
  if (isolation !== "read committed")
    throw new AuditError(
      "audit.isolation",
      `who did what can be written down in a transaction that is read committed only, and this one is ${isolation}: ` +
        "set default_transaction_isolation of the database and of its role back",
    );
}

/**
 * Writes down a change in the transaction in which it is made: so none is made unseen, and nothing is said that was undone. On
 * PostgreSQL it is the last statement of a transaction where that can be, since others wait for it.
 *
 * @param db the open transaction
 * @throws AuditError `audit.isolation`
 */
export async function appendAudit(context: AuditContext, db: Kysely<Schema>, entry: AuditEntry): Promise<void> {
  if (context.store.dialect === "postgres") await alone(db);
  const head = await db
    .selectFrom("audit_event")
    .select(["position", "hash"])
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
  const row = {
    account_id: entry.accountId ?? "*",
    position: (head?.position ?? 0) + 1,
    at: context.clock.now(),
    who: wellFormed(context.who ?? "unknown"),
    what: entry.what,
    subject: wellFormed(entry.subject),
    note: entry.note === undefined || entry.note === null ? null : wellFormed(entry.note),
    was: stateText(entry.was),
    became: stateText(entry.became),
    previous_hash: head?.hash ?? FIRST,
  };
  await db
    .insertInto("audit_event")
    .values({ ...row, hash: auditHash(row) })
    .execute();
}
