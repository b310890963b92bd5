import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { verifyAudit } from "../audit/index.ts";
import { openPostgresStore } from "../store/postgres/open.ts";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { listAudit } from "../views/audit.ts";
import { addUser, listUsers, mayAs, removeUser, rightsOf, ROLES, setUserRole } from "./index.ts";

const NOW = Date.UTC(2026, 5, 1);

it("each role may do what those before it may", () => {
  const table = ROLES.map((role) => ROLES.filter((needed) => mayAs(role, needed)).length);
  expect(table).toEqual([1, 2, 3, 4]);
});

describe.each(["sqlite", "postgres"] as const)("users on %s", (dialect) => {
  let folder: string;
  let store: Store;
  const context = () => ({ store, clock: manualClock(NOW), who: "root" });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "apay-users-"));
    store = await (dialect === "sqlite"
      ? openSqliteStore(join(folder, "l.sqlite"))
      : openPostgresStore(await freshDatabase()));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("are refused without a name or accounts that make sense", async () => {
    for (const [name, accounts] of [
      ["", null],
      ["  ", null],
      ["x".repeat(201), null],
      ["ma\u0000ra", null],
      ["mara\n", []],
      ["mara", []],
      ["mara", ["*"]],
      ["mara", ["shop", " "]],
    ] as const)
      await expect(addUser(context(), { name, role: "view", accounts })).rejects.toMatchObject({ code: "user.bad" });
    await expect(setUserRole(context(), "mara", "view")).rejects.toMatchObject({ code: "user.unknown" });
    await expect(removeUser(context(), "mara")).rejects.toMatchObject({ code: "user.unknown" });
    expect(await listUsers({ store })).toEqual([]);
    expect(await rightsOf({ store }, "anybody")).toEqual({ role: "admin", accounts: null });
  });

  it("have one role and their accounts, and each change is in the audit", async () => {
    await addUser(context(), { name: "mara", role: "resolve", accounts: ["b", "a", "b"] });
    await addUser(context(), { name: "ken", role: "admin", accounts: null });
    await expect(addUser(context(), { name: " mara ", role: "view", accounts: null })).rejects.toMatchObject({
      code: "user.exists",
    });
    expect(await rightsOf({ store }, "mara")).toEqual({ role: "resolve", accounts: ["a", "b"] });
    expect(await rightsOf({ store }, "ken")).toEqual({ role: "admin", accounts: null });
    expect(await rightsOf({ store }, "Mara")).toBeUndefined();
    await setUserRole(context(), "mara", "approve");
    await setUserRole(context(), "mara", "approve");
    expect(await rightsOf({ store }, "mara")).toEqual({ role: "approve", accounts: ["a", "b"] });
    await removeUser(context(), "ken");
    await expect(removeUser(context(), "mara")).rejects.toMatchObject({ code: "user.last" });
    await removeUser(context(), "mara", true);
    const { items } = await listAudit({ store }, {});
    expect(items.map(({ what, subject, who }) => [what, subject, who])).toEqual([
      ["user.removed", "mara", "root"],
      ["user.removed", "ken", "root"],
      ["user.role-changed", "mara", "root"],
      ["user.added", "ken", "root"],
      ["user.added", "mara", "root"],
    ]);
    expect(items[2]).toMatchObject({ was: { role: "resolve" }, became: { role: "approve", accounts: ["a", "b"] } });
    expect((await verifyAudit({ store })).broken).toBeNull();
  });

  it("of one name are added once, however many try", async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () => addUser(context(), { name: "mara", role: "view", accounts: null })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "user.exists" });
  });
});
