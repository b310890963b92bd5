import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { forgetAccount, saveAccountSetting } from "../accounts/account-settings.ts";
import { explainException, reopenException } from "../reconcile/exceptions/index.ts";
import { openPostgresStore } from "../store/postgres/open.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { listAudit } from "../views/audit.ts";
import { appendAudit, verifyAudit } from "./index.ts";

const NOW = Date.UTC(2026, 5, 1);
const ZEROS = "0".repeat(64);

describe.each(["sqlite", "postgres"] as const)("the audit on %s", (dialect) => {
  const clock = manualClock(NOW);
  let folder: string;
  let url: string;
  const stores: Store[] = [];
  let store: Store;

  const open = async (): Promise<Store> => {
    const opened = await (dialect === "sqlite" ? openSqliteStore(join(folder, "l.sqlite")) : openPostgresStore(url));
    stores.push(opened);
    return opened;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "apay-audit-"));
    url = dialect === "postgres" ? await freshDatabase() : "";
    store = await open();
  });
  afterEach(async () => {
    for (const opened of stores.splice(0)) await opened.close();
    await rm(folder, { recursive: true, force: true });
  });

  const append = (to: Store, subject: string, who = "mara", note?: string): Promise<void> =>
    to.transaction((db) =>
      appendAudit({ store: to, clock, who }, db, { accountId: "shop", what: "exception.noted", subject, note }),
    );

  /** What nobody may do but the owner of the tables, who takes the guard away first. */
  async function tamper(text: string): Promise<void> {
    const off =
      dialect === "sqlite"
        ? ["drop trigger audit_event_no_update", "drop trigger audit_event_no_delete"]
        : ["alter table audit_event disable trigger all"];
    for (const one of [...off, text]) await sql.raw(one).execute(store.db);
  }

  it("has nothing to find fault with while it is empty", async () => {
    expect(await verifyAudit({ store })).toEqual({ rows: 0, head: ZEROS, broken: null });
    expect((await verifyAudit({ store }, ZEROS)).broken).toBeNull();
    expect((await verifyAudit({ store }, "ab".repeat(32))).broken).toMatchObject({ kind: "cut-off", found: ZEROS });
    for (const head of ["", "abc", "z".repeat(64), "0".repeat(65)])
      await expect(verifyAudit({ store }, head)).rejects.toMatchObject({ code: "audit.bad-head" });
  });

  it("is refused by the database when it is to be changed", async () => {
    await append(store, "e1");
    for (const text of [
      "update audit_event set who = 'bob'",
      "delete from audit_event",
      "update exception_event set who = 'bob'",
    ]) {
      await sql`insert into exception_event (account_id, exception_id, what, who, at)
        values ('shop', 'e', 'noted', 'alice', 1)`.execute(store.db);
      await expect(sql.raw(text).execute(store.db), text).rejects.toThrow("rows are only added to it");
    }
    expect((await listAudit({ store }, {})).items).toMatchObject([{ who: "mara" }]);
  });

  it("has a hash that a few lines of anybody can compute", async () => {
    await append(store, "e1", "mara", "half a pair \ud800 and \u00e9");
    const [row] = await store.db.selectFrom("audit_event").selectAll().execute();
    const values = [
      "shop",
      1,
      NOW,
      "mara",
      "exception.noted",
      "e1",
      "half a pair \ufffd and \u00e9",
      null,
      null,
      ZEROS,
    ];
    expect(row?.hash).toBe(createHash("sha256").update(JSON.stringify(values)).digest("hex"));
    expect((await verifyAudit({ store })).broken).toBeNull();
  });

  it.each([
    ["update audit_event set who = 'bob' where position = 3", "contents", 3],
    ["update audit_event set at = at + 1 where position = 1", "contents", 1],
    ["update audit_event set note = 'x' where position = 5", "contents", 5],
    ["update audit_event set account_id = 'other' where position = 2", "contents", 2],
    ["delete from audit_event where position = 4", "missing", 5],
    ["delete from audit_event where position = 1", "missing", 2],
    ["update audit_event set previous_hash = 'x' where position = 4", "link", 4],
    ["update audit_event set position = 9 where position = 3", "missing", 4],
    [
      `insert into audit_event select 'twice', position, at, who, what, subject, note, was, became, previous_hash, hash
        from audit_event where position = 2`,
      "doubled",
      2,
    ],
  ] as const)("shows %s", async (text, kind, position) => {
    for (let one = 1; one <= 6; one += 1) await append(store, `e${one}`);
    const { head } = await verifyAudit({ store });
    await tamper(text);
    const { broken } = await verifyAudit({ store }, head);
    expect(broken).toMatchObject({ kind, position, event: { position } });
    expect(broken?.expected).not.toBe(broken?.found);
  });

  it("shows an end that was cut off, and a chain that was made anew, to who has kept its head", async () => {
    for (let one = 1; one <= 4; one += 1) await append(store, `e${one}`);
    const { head } = await verifyAudit({ store });
    await append(store, "e5");
    expect((await verifyAudit({ store }, head.toUpperCase())).broken).toBeNull();
    await tamper("delete from audit_event where position > 3");
    expect((await verifyAudit({ store })).broken).toBeNull();
    expect((await verifyAudit({ store }, head)).broken).toMatchObject({ kind: "cut-off", expected: head, position: 3 });
    await sql.raw("delete from audit_event").execute(store.db);
    for (let one = 1; one <= 4; one += 1) await append(store, `e${one}`, "bob");
    expect((await verifyAudit({ store }, head)).broken).toMatchObject({ kind: "cut-off" });
  });

  it("is one chain however many write at once", async () => {
    // Stores of one process would wait for each other's SQLite file without an end: there they are one store's transactions.
    const writers = await Promise.all(Array.from({ length: 8 }, () => (dialect === "sqlite" ? store : open())));
    await Promise.all(
      writers.map(async (writer, who) => {
        for (let one = 0; one < 12; one += 1) await append(writer, `e${one}`, `writer ${who}`);
      }),
    );
    expect(await verifyAudit({ store })).toMatchObject({ rows: 96, broken: null });
    const { items } = await listAudit({ store }, { who: "writer 3", limit: 5 });
    expect(items.map(({ subject }) => subject)).toEqual(["e11", "e10", "e9", "e8", "e7"]);
  });

  it("walks a chain of several pages, and finds a double on the border of two", async () => {
    await store.transaction(async (db) => {
      for (let one = 1; one <= 1003; one += 1)
        await appendAudit({ store, clock, who: "mara" }, db, { accountId: "a", what: "token.made", subject: `${one}` });
    });
    expect(await verifyAudit({ store })).toMatchObject({ rows: 1003, broken: null });
    await tamper(`insert into audit_event select 'z', position, at, who, what, subject, note, was, became, previous_hash, hash
      from audit_event where position = 1000`);
    expect((await verifyAudit({ store })).broken).toMatchObject({ kind: "doubled", position: 1000 });
    let [count, cursor]: [number, string | null] = [0, ""];
    while (cursor !== null) {
      const page = await listAudit({ store }, { accountId: "a", limit: 400, ...(cursor === "" ? {} : { cursor }) });
      [count, cursor] = [count + page.items.length, page.next];
    }
    expect(count).toBe(1003);
  });

  it("says nothing of a change that was undone", async () => {
    const failing = store.transaction(async (db) => {
      await appendAudit({ store, clock }, db, { accountId: null, what: "token.made", subject: "t" });
      throw new Error("undone");
    });
    await expect(failing).rejects.toThrow("undone");
    expect((await verifyAudit({ store })).rows).toBe(0);
  });

  it("has what people do to exceptions and accounts, before and after, and no secret", async () => {
    await store.db
      .insertInto("account")
      .values({
        account_id: "shop",
        region: "eu",
        environment: "live",
        seller_id: null,
        currency: "EUR",
        created_at: 1,
      })
      .execute();
    await store.db
      .insertInto("exception")
      .values({
        account_id: "shop",
        exception_id: "e1",
        code: "row.net",
        severity: "error",
        message: "differs",
        status: "open",
        subject: "s",
        amount_minor: 123n,
        currency: "EUR",
        found_at: NOW,
        changed_at: NOW,
      })
      .execute();
    const books = { store, clock, who: "mara" };
    await explainException(books, "e1", "agreed with the bank", "bank-fee");
    await reopenException({ ...books, who: "ken" }, "e1", "not agreed");
    const kept = { accountId: "shop", settings: { region: "eu" }, sealed: { privateKey: "v1:SEALED" } };
    await saveAccountSetting({ store, clock }, { ...kept, state: "active" }, null, { what: "added", who: "ken" });
    await forgetAccount({ store, clock }, "shop", { erase: true, who: "ken" });
    const { items } = await listAudit({ store }, {});
    expect(items.map(({ what, who }) => `${what} ${who}`)).toEqual([
      "account.erased ken",
      "account.added ken",
      "exception.reopened ken",
      "exception.explained mara",
    ]);
    expect(items.at(-1)).toMatchObject({
      subject: "e1",
      note: "bank-fee: agreed with the bank",
      was: { status: "open", reason: null, amountMinor: "123", currency: "EUR" },
      became: { status: "explained", reason: "bank-fee" },
    });
    expect(items[0]?.was).toMatchObject({ settings: true, rows: ["account 1", "exception 1", "outbox 1"] });
    expect(JSON.stringify(items)).not.toContain("SEALED");
    expect((await verifyAudit({ store })).broken).toBeNull();
  });
});

it("refuses a transaction that would not see the newest head", async () => {
  const store = await openPostgresStore(await freshDatabase());
  const clock = manualClock(NOW);
  const writing = store.transaction(async (db) => {
    await sql`set transaction isolation level repeatable read`.execute(db);
    await appendAudit({ store, clock }, db, { accountId: null, what: "token.made", subject: "t" });
  });
  await expect(writing).rejects.toMatchObject({ code: "audit.isolation" });
  await store.close();
});
