import { createHash } from "node:crypto";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { type Selectable, sql } from "kysely";
import { appendAudit, type AuditState } from "../audit/index.ts";
import { TABLES } from "../store/schema/index.ts";
import type { AccountSettingTable } from "../store/schema/accounts.ts";
import type { TableShape } from "../store/schema/shape.ts";
import type { Store } from "../store/store.ts";
import { AccountError } from "./accounts.ts";

/** What an account is worked for with, where the ledger itself has it. */
export interface AccountSetting {
  readonly accountId: string;
  /** Settings as in `apay.config.json`; null where the file has them and the ledger has only the state. */
  readonly settings: Readonly<Record<string, unknown>> | null;
  /** Encrypted secrets by the name of their setting. */
  readonly sealed: Readonly<Record<string, string>>;
  readonly state: "active" | "paused";
  /** Another one after every change. */
  readonly revision: number;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
}

/** What is written down with a change of an account's settings. */
export interface AccountChange {
  readonly what: "added" | "rotated" | "paused" | "resumed" | "forgotten" | "erased";
  readonly who: string;
  readonly note?: string | undefined;
}

/** What {@link forgetAccount} removed. */
export interface AccountForgotten {
  /** Whether the ledger had settings of it. */
  readonly settings: boolean;
  /** Rows that were deleted, by table; empty where its books were kept. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Where settings are kept, and whose clock dates their changes. */
export interface AccountSettingsContext {
  readonly store: Store;
  readonly clock: Clock;
}

/** The settings of all accounts that were added, or paused, while workers run; by name. */
export async function accountSettings({ store }: Pick<AccountSettingsContext, "store">): Promise<AccountSetting[]> {
  const rows = await store.db.selectFrom("account_setting").selectAll().orderBy("account_id").execute();
  return rows.map((row) => ({
    accountId: row.account_id,
    settings: row.settings === null ? null : (JSON.parse(row.settings) as Record<string, unknown>),
    sealed: row.sealed === null ? {} : (JSON.parse(row.sealed) as Record<string, string>),
    state: row.state,
    revision: row.revision,
    changedAt: row.changed_at,
  }));
}

/**
 * Keeps the settings of an account, with who changed them. Workers take them over within a minute.
 *
 * @param kept what is kept from now on
 * @param expected revision that the change was made from; null where there was none
 * @throws AccountError `account.changed` when somebody else was quicker
 */
export async function saveAccountSetting(
  { store, clock }: AccountSettingsContext,
  kept: Pick<AccountSetting, "accountId" | "settings" | "sealed" | "state">,
  expected: number | null,
  change: AccountChange,
): Promise<void> {
  const { accountId, settings, sealed, state } = kept;
  const values = {
    settings: settings === null ? null : JSON.stringify(settings),
    sealed: Object.keys(sealed).length === 0 ? null : JSON.stringify(sealed),
    state,
    changed_at: clock.now(),
  };
  await store.transaction(async (db) => {
    const before = await db
      .selectFrom("account_setting")
      .selectAll()
      .where("account_id", "=", accountId)
      .executeTakeFirst();
    const { numInsertedOrUpdatedRows, numUpdatedRows } =
      expected === null
        ? await db
            .insertInto("account_setting")
            .values({ account_id: accountId, revision: 1, ...values })
            .onConflict((conflict) => conflict.column("account_id").doNothing())
            .executeTakeFirstOrThrow()
            .then(({ numInsertedOrUpdatedRows: rows }) => ({ numInsertedOrUpdatedRows: rows, numUpdatedRows: 0n }))
        : await db
            .updateTable("account_setting")
            .set({ ...values, revision: expected + 1 })
            .where("account_id", "=", accountId)
            .where("revision", "=", expected)
            .executeTakeFirstOrThrow()
            .then(({ numUpdatedRows: rows }) => ({ numInsertedOrUpdatedRows: 0n, numUpdatedRows: rows }));
    if ((numInsertedOrUpdatedRows ?? 0n) + numUpdatedRows === 0n)
      throw new AccountError(
        "account.changed",
        `somebody else changed account ${accountId} meanwhile: look at it again`,
      );
    await db
      .insertInto("account_event")
      .values({ account_id: accountId, what: change.what, who: change.who, note: change.note ?? null, at: clock.now() })
      .execute();
    await appendAudit({ store, clock, who: change.who }, db, {
      accountId,
      what: `account.${change.what}`,
      subject: accountId,
      note: change.note,
      was: before && auditedSetting(before),
      became: auditedSetting(values),
    });
  });
}

/** What the audit keeps of an account's settings: of secrets only which there are, and a hash that tells whether they are the same. */
function auditedSetting({
  settings,
  sealed,
  state,
}: Pick<Selectable<AccountSettingTable>, "settings" | "sealed" | "state">): AuditState {
  const secrets = sealed === null ? [] : Object.keys(JSON.parse(sealed) as object).sort();
  const sealedHash = sealed === null ? null : createHash("sha256").update(sealed).digest("hex");
  return { state, settings, secrets, sealedHash };
}

/** Tables with rows of an account, without the records of who did what with it and decided what of its differences. */
const TABLES_OF_ACCOUNTS = Object.entries<TableShape>(TABLES)
  .filter(([, { columns, insertOnly = false }]) => "account_id" in columns && !insertOnly)
  .map(([name]) => name);

/**
 * Removes an account from work: its settings go. With `erase` all its rows go too, in one transaction; the archived files stay,
 * and the record of who did it.
 *
 * @throws AccountError `account.unknown` when the ledger has neither settings nor rows of it
 */
export async function forgetAccount(
  { store, clock }: AccountSettingsContext,
  accountId: string,
  { erase, who, note }: { readonly erase: boolean; readonly who: string; readonly note?: string | undefined },
): Promise<AccountForgotten> {
  return store.transaction(async (db) => {
    const removed = await db.deleteFrom("account_setting").where("account_id", "=", accountId).executeTakeFirst();
    const known = await db.selectFrom("account").select("account_id").where("account_id", "=", accountId).execute();
    if (removed.numDeletedRows === 0n && known.length === 0)
      throw new AccountError("account.unknown", `there is no account ${JSON.stringify(accountId)} in the ledger`);
    const rows: Record<string, number> = {};
    for (const name of erase ? TABLES_OF_ACCOUNTS : []) {
      const { numAffectedRows } = await sql`delete from ${sql.table(name)} where account_id = ${accountId}`.execute(db);
      if (numAffectedRows !== undefined && numAffectedRows > 0n) rows[name] = Number(numAffectedRows);
    }
    await db
      .insertInto("account_event")
      .values({
        account_id: accountId,
        what: erase ? "erased" : "forgotten",
        who,
        note: note ?? null,
        at: clock.now(),
      })
      .execute();
    await appendAudit({ store, clock, who }, db, {
      accountId,
      what: erase ? "account.erased" : "account.forgotten",
      subject: accountId,
      note,
      was: {
        settings: removed.numDeletedRows > 0n,
        rows: Object.entries(rows).map(([name, count]) => `${name} ${count}`),
      },
    });
    return { settings: removed.numDeletedRows > 0n, rows };
  });
}
