import { calendarOf } from "@amazon-pay-kit/money";
import { type Random, systemRandom } from "@amazon-pay-kit/sdk/random";
import { type Kysely, sql } from "kysely";
import { appendAudit } from "../audit/index.ts";
import { accountsOf, type BooksContext } from "../books/context.ts";
import { entriesToFreeze } from "../export/journal/entries-to-freeze.ts";
import type { ScopedBooks } from "../export/scope.ts";
import type { FeeTax } from "../fee-tax/fee-tax.ts";
import { withLease } from "../leases/index.ts";
import { canonicalText, hashOf, type PeriodDocument } from "../reconcile/periods/document.ts";
import { compareMonth, type PeriodChange } from "../reconcile/periods/compare.ts";
import { freeze, type Month, monthOn } from "../reconcile/periods/freeze.ts";
import { type ClosedMonth, closedMonths, documentOf } from "../reconcile/periods/kept.ts";
import type { Schema } from "../store/schema/index.ts";
import type { Store } from "../store/store.ts";
import { type CheckedItem, checklistOf } from "./checklist.ts";
import { CloseError } from "./errors.ts";

/** What to close. */
export interface CloseMonthOptions {
  /** `2026-06`. */
  readonly month: string;
  /** IANA name of the zone whose month is meant. Default `UTC`. */
  readonly timeZone?: string | undefined;
  /** Kept with the close. */
  readonly note?: string | undefined;
  /** Only look: nothing is closed. Default `false`. */
  readonly dryRun?: boolean | undefined;
  /** Value added tax that is in the fees: kept with the month, whose journal has it ever after. Default: none. */
  readonly feeTax?: readonly FeeTax[] | undefined;
}

/** The month of one account. */
export interface AccountClose {
  readonly accountId: string;
  /** Hash of {@link document}; `null` where it was not closed. */
  readonly hash: string | null;
  readonly previousHash: string | null;
  readonly document: PeriodDocument;
  readonly checklist: readonly CheckedItem[];
  /** When it was closed; `null` where it was not. */
  readonly closedAt: number | null;
  /** By whom, and with which note; `null` where it was not closed. */
  readonly closedBy: string | null;
  readonly note: string | null;
  /** It had been closed before: what the books give otherwise by now. */
  readonly changed: PeriodChange | null;
}

/** What came of closing a month. */
export interface MonthClose {
  readonly month: string;
  /** Whether it is closed now, for every account. */
  readonly closed: boolean;
  /** With several accounts the hash over theirs; `null` where it is not closed. */
  readonly hash: string | null;
  readonly previousHash: string | null;
  readonly accounts: readonly AccountClose[];
}

/** Where chance for the name of the runner comes from, beside what all of the books need. */
export interface CloseContext extends BooksContext {
  readonly random?: Random;
}

/** @throws CloseError `close.month`; MoneyError `time.unknown-time-zone` */
export function monthGiven(month: string, timeZone = "UTC"): Month {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
    throw new CloseError("close.month", `cannot read ${JSON.stringify(month)} as a month: write 2026-06`);
  }
  return monthOn(calendarOf(timeZone), month);
}

/** One state of the books for all that is read, even while others write. */
export function inSnapshot<T>(store: Store, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  return store.transaction(async (db) => {
    if (store.dialect === "postgres") await sql`set transaction isolation level repeatable read`.execute(db);
    return work(db);
  });
}

/** Keeps every other run from changing the verdicts of some accounts meanwhile. */
async function alone<T>(context: CloseContext, accounts: readonly string[], work: () => Promise<T>): Promise<T> {
  const [accountId, ...others] = accounts;
  if (accountId === undefined) return work();
  const { store, clock, random = systemRandom } = context;
  return withLease({ store, clock, random }, { accountId, name: "reconcile" }, () => alone(context, others, work));
}

function journalOf(context: BooksContext, { from, until, timeZone }: Month, accountId: string): ScopedBooks {
  return { context, accounts: [accountId], scope: { from, until, timeZone }, calendar: calendarOf(timeZone) };
}

async function lookAt(
  context: CloseContext,
  db: Kysely<Schema>,
  accountId: string,
  wanted: Month,
  feeTax: readonly FeeTax[],
): Promise<AccountClose> {
  const closed = await closedMonths(db, accountId);
  const known = closed.find((one) => one.month === wanted.month);
  if (known !== undefined) return closedBefore(db, known);
  const previous = closed.findLast((one) => one.month < wanted.month);
  // What looks for itself looks into the same snapshot: books in memory have no other connection.
  const store = Object.create(context.store, { db: { value: db } }) as Store;
  const within = { ...context, store };
  const frozen = await freeze(db, accountId, wanted, previous?.hash ?? null, feeTax);
  // Months of several time zones have no journal together.
  const entries = closed.every(({ timeZone }) => timeZone === wanted.timeZone)
    ? await entriesToFreeze(journalOf(within, wanted, accountId), accountId)
    : [];
  const document: PeriodDocument = entries.length === 0 ? frozen : { ...frozen, entries };
  const checklist = await checklistOf({ context: within, db, accountId, month: wanted, closed, document });
  return {
    accountId,
    hash: null,
    previousHash: previous?.hash ?? null,
    document,
    checklist,
    closedAt: null,
    closedBy: null,
    note: null,
    changed: null,
  };
}

async function closedBefore(db: Kysely<Schema>, known: ClosedMonth): Promise<AccountClose> {
  const now = await freeze(db, known.accountId, known, known.previousHash);
  const document = documentOf(known) ?? now;
  return {
    accountId: known.accountId,
    hash: known.hash,
    previousHash: known.previousHash,
    document,
    checklist: [],
    closedAt: known.closedAt,
    closedBy: known.who,
    note: known.note,
    changed: compareMonth(document, now),
  };
}

async function keep(context: CloseContext, db: Kysely<Schema>, one: AccountClose, note: string): Promise<AccountClose> {
  const { document, accountId } = one;
  const text = canonicalText(document);
  const closedAt = context.clock.now();
  const hash = hashOf(text);
  await db
    .insertInto("period")
    .values({
      account_id: accountId,
      month: document.month,
      time_zone: document.timeZone,
      from_at: Date.parse(document.from),
      until_at: Date.parse(document.until),
      hash,
      previous_hash: document.previousHash,
      document: text,
      closed_at: closedAt,
      who: context.who ?? "unknown",
      note: note === "" ? null : note,
      reopened_at: null,
      reopened_who: null,
      reopened_note: null,
    })
    .execute();
  await appendAudit(context, db, {
    accountId,
    what: "month.closed",
    subject: document.month,
    note: note === "" ? null : note,
    became: { hash, previousHash: document.previousHash, timeZone: document.timeZone },
  });
  return { ...one, hash, closedAt, closedBy: context.who ?? "unknown", note: note === "" ? null : note };
}

/** One hash over those of several accounts: the SHA-256 of the canonical text of `[{account, hash, previousHash}]`. */
function together(accounts: readonly AccountClose[], pick: (one: AccountClose) => string | null): string | null {
  const [only, ...others] = accounts;
  if (only === undefined) return null;
  if (others.length === 0) return pick(only);
  if (accounts.every((one) => pick(one) === null)) return null;
  return hashOf(canonicalText(accounts.map((one) => ({ account: one.accountId, hash: pick(one) }))));
}

/**
 * Closes a month: what the books say of it is frozen, with the hashes of the files that it was made of and of the month
 * closed before. All accounts are closed, or none. A month that is closed already stays as it is.
 *
 * Rows, exceptions and reports stay open to everything: a close forbids nothing, it makes changes visible.
 *
 * @throws CloseError `close.month`, `close.no-account`; LeaseError `lease.held` while a reconciliation runs
 *
 * @example
 * const { closed, hash, accounts } = await closeMonth({ store, clock, who: "mara" }, { month: "2026-06", timeZone: "Europe/Berlin" });
 */
export async function closeMonth(context: CloseContext, options: CloseMonthOptions): Promise<MonthClose> {
  const wanted = monthGiven(options.month, options.timeZone);
  const ids = await accountsOf(context);
  if (ids.length === 0) throw new CloseError("close.no-account", "the ledger has no account yet: sync first");
  const look = (db: Kysely<Schema>): Promise<readonly AccountClose[]> =>
    all(ids, (id) => lookAt(context, db, id, wanted, options.feeTax ?? []));
  const accounts =
    options.dryRun === true
      ? await inSnapshot(context.store, look)
      : await alone(context, ids, async () => {
          const looked = await inSnapshot(context.store, look);
          const blocked = looked.some(({ checklist }) => checklist.some(({ state }) => state === "blocks"));
          if (blocked) return looked;
          // What was frozen is what the snapshot had. The audit has to see what others have added to it since.
          return context.store.transaction((db) =>
            all(looked, (one) =>
              one.hash === null ? keep(context, db, one, options.note?.trim() ?? "") : Promise.resolve(one),
            ),
          );
        });
  return {
    month: wanted.month,
    closed: accounts.every(({ hash }) => hash !== null),
    hash: accounts.every(({ hash }) => hash !== null) ? together(accounts, ({ hash }) => hash) : null,
    previousHash: together(accounts, ({ previousHash }) => previousHash),
    accounts,
  };
}

async function all<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<readonly Out[]> {
  const results: Out[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
