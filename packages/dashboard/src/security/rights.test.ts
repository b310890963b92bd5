import {
  addUser,
  type MonthClose,
  removeUser,
  type Role,
  ROLES,
  setUserRole,
  type Store,
} from "@amazon-pay-kit/ledger";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ACTIONS } from "../actions/index.ts";
import type { Books } from "../books.ts";
import { createDashboardApp } from "../server/app.tsx";
import { emptyStore } from "../testing/empty-store.ts";
import { csrfToken } from "./csrf.ts";
import { booksFor } from "./rights.ts";

const NOW = Date.UTC(2026, 5, 1);
const clock = manualClock(NOW);

let store: Store;
let done: unknown[][];

const did =
  <Result>(name: string, result: Result) =>
  async (...given: unknown[]): Promise<Result> => {
    done.push([name, ...given]);
    return result;
  };
const CLOSED: MonthClose = { month: "2026-05", closed: true, hash: null, previousHash: null, accounts: [] };
const everything = (): Books => ({
  fileLines: did("fileLines", { contentHash: "h", archivePath: "p", lines: [] }),
  explain: did("explain", "explained" as const),
  reopen: did("reopen", undefined),
  assign: did("assign", undefined),
  note: did("note", undefined),
  accept: did("accept", undefined),
  journal: did("journal", new Uint8Array()),
  firstRun: {
    hasAccount: () => true,
    addAccount: did("addAccount", undefined),
    startSync: () => void done.push(["startSync"]),
    syncState: () => ({ running: false, done: null, failed: null }),
  },
  bank: {
    preview: did("preview", {} as never),
    import: did("import", {} as never),
    withdraw: did("withdraw", undefined),
    match: did("match", []),
    unmatch: did("unmatch", undefined),
  },
  closing: {
    check: did("check", CLOSED),
    close: did("close", CLOSED),
    reopen: did("reopen month", undefined),
    pack: did("pack", []),
  },
});

const dashboard = (readOnly = false) =>
  createDashboardApp({
    views: { store },
    books: everything(),
    access: { isHost: () => true, localUser: "me", identityHeader: "x-user" },
    secret: "s",
    readOnly,
    now: () => NOW,
  });
const get = (user: string, path: string) =>
  dashboard().request(`http://127.0.0.1:8581${path}`, { headers: { "x-user": user } });
const post = (user: string, path: string, fields: Readonly<Record<string, string>> = {}) =>
  dashboard().request(`http://127.0.0.1:8581${path}`, {
    method: "POST",
    headers: { "x-user": user },
    body: new URLSearchParams({ _token: csrfToken("s", user), note: "why", ...fields }),
  });
const add = (name: string, role: Role, accounts: readonly string[] | null = null) =>
  addUser({ store, clock, who: "root" }, { name, role, accounts });

beforeEach(async () => {
  store = await emptyStore("ours", NOW);
  for (const account_id of ["theirs", "third"])
    await store.db
      .insertInto("account")
      .values({ account_id, seller_id: null, region: "na", environment: "live", currency: "USD", created_at: 1 })
      .execute();
  done = [];
});
afterEach(() => store.close());

describe("what somebody may do", () => {
  it("is known for each path that changes something", () => {
    const paths = dashboard()
      .routes.filter(({ method }) => !["GET", "HEAD", "ALL"].includes(method))
      .map(({ path }) => path);
    const withRole = ACTIONS.filter(({ role }) => ROLES.includes(role)).map(({ path }) => path);
    expect([...new Set(paths)].sort()).toEqual([...new Set([...withRole, "/sign-in", "/sign-out"])].sort());
    // Somebody who may only look changes nothing.
    expect(ACTIONS.filter(({ role }) => role === "view")).toEqual([]);
  });

  it("is everything for everybody, as long as there are no users", async () => {
    expect((await get("anybody", "/")).status).toBe(200);
    expect((await post("anybody", "/close/2026-05")).status).toBe(303);
  });

  it("is nothing for a name that is none of the users', and the page says who can change that", async () => {
    await add("mara", "view");
    for (const name of ["ken", "Mara", "mar"]) {
      for (const path of ["/", "/settlements.csv", "/close/2026-05/pack.html", "/nothing"]) {
        const answer = await get(name, path);
        expect([path, answer.status]).toEqual([path, 403]);
        expect(await answer.text()).toContain(`apay users add ${name} --role view`);
      }
      expect((await post(name, "/exceptions/e1/explain?account=ours")).status).toBe(403);
    }
    expect(done).toEqual([]);
    expect((await get("mara", "/")).status).toBe(200);
  });

  it.each(ROLES.map((role) => [role] as const))("follows the role %s on every path", async (role) => {
    await add("mara", role);
    for (const action of ACTIONS) {
      const path = action.path.replaceAll(/:\w+/g, "1");
      const answer = await post("mara", path);
      const allowed = ROLES.indexOf(role) >= ROLES.indexOf(action.role);
      expect([path, answer.status === 403], `${path} takes ${action.role}`).toEqual([path, !allowed]);
      if (!allowed) {
        const text = await answer.text();
        expect(text).toContain(`It takes the role ${action.role}, and mara has the role ${role}`);
        expect(text).toContain(`apay users role mara ${action.role}`);
      }
    }
    if (role === "view") expect(done).toEqual([]);
  });

  it("is looked up at each request", async () => {
    const context = { store, clock };
    await add("mara", "approve");
    await add("ken", "view");
    expect((await post("mara", "/close/2026-05")).status).toBe(303);
    await setUserRole(context, "mara", "resolve");
    expect((await post("mara", "/close/2026-05")).status).toBe(403);
    await removeUser(context, "mara");
    expect((await get("mara", "/")).status).toBe(403);
  });

  it("is offered, and nothing else", async () => {
    await add("looker", "view");
    await add("closer", "approve");
    await add("boss", "admin");
    const forms = async (user: string, path: string) =>
      [...(await (await get(user, path)).text()).matchAll(/method="post" action="([^"]+)"/g)].map(([, to]) => to);
    expect(await forms("looker", "/bank/import")).toEqual([]);
    expect(await (await get("looker", "/bank/import")).text()).toContain("Your role does not allow this.");
    expect(await forms("closer", "/bank/import")).toEqual(["/bank/import"]);
    expect(await forms("looker", "/close?month=2026-05")).toEqual([]);
  });
});

describe("whose books somebody sees", () => {
  beforeEach(async () => {
    await add("mara", "approve", ["ours", "third"]);
    await add("solo", "admin", ["theirs"]);
  });

  it("are those of their accounts, the first where none is named", async () => {
    const first = await get("mara", "/settlements?currency=USD");
    expect([first.status, first.headers.get("location")]).toEqual([303, "/settlements?currency=USD&account=ours"]);
    expect((await get("solo", "/bank")).headers.get("location")).toBe("/bank?account=theirs");
    expect((await get("mara", "/settlements?account=third")).status).toBe(200);
    for (const path of ["/settlements", "/settlements.csv", "/exceptions/x", "/files/1", "/explain", "/accounts.csv"]) {
      const answer = await get("mara", `${path}?account=theirs`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).not.toContain(">theirs<");
    }
    const accounts = await (await get("mara", "/accounts.csv?account=ours")).text();
    expect(accounts).toContain("third");
    expect(accounts).not.toContain("theirs");
    const page = await (await get("mara", "/?account=ours")).text();
    expect(page).toContain('<option value="third">');
    expect(page).not.toContain("theirs");
    expect(page).not.toContain('<option value="">All');
  });

  it("are the only ones that their forms change", async () => {
    expect((await post("mara", "/exceptions/e1/explain?account=theirs")).status).toBe(404);
    await post("mara", "/exceptions/explain", { id: "theirs e1" });
    expect((await post("mara", "/bank/match", { deposit: "theirs 1", payout: "theirs s1" })).status).toBe(404);
    expect((await post("mara", "/bank/unmatch", { deposit: "theirs 1" })).status).toBe(404);
    expect((await post("mara", "/close/2026-05")).status).toBe(404);
    expect((await post("solo", "/first/sync")).status).toBe(400);
    expect(done).toEqual([]);
    expect((await post("mara", "/exceptions/explain", { id: "third e1" })).status).toBe(303);
    expect((await post("solo", "/close/2026-05")).status).toBe(303);
    expect(done.map(([name, account]) => [name, account])).toEqual([
      ["explain", "third"],
      ["close", "theirs"],
    ]);
  });

  it("are guarded whatever of the books is asked", async () => {
    const books = booksFor(everything(), { name: "mara", role: "approve", accounts: ["ours"] });
    const { bank, closing, firstRun, ...others } = books;
    expect(firstRun).toBeUndefined();
    const byAccount = [
      ...Object.values(others),
      bank?.withdraw,
      bank?.match,
      bank?.unmatch,
      ...Object.values(closing!),
    ];
    expect(byAccount.length).toBe(14);
    for (const work of byAccount)
      await expect((work as (account: string) => Promise<unknown>)("theirs")).rejects.toMatchObject({
        code: "view.not-found",
      });
    const statement = { accountId: "theirs", fileName: "f", bytes: new Uint8Array(), options: {} };
    await expect(bank?.preview(statement)).rejects.toMatchObject({ code: "view.not-found" });
    await expect(bank?.import(statement, "mara")).rejects.toMatchObject({ code: "view.not-found" });
    expect(done).toEqual([]);
    await bank?.preview({ ...statement, accountId: undefined });
    expect(done).toEqual([["preview", { ...statement, accountId: "ours" }]]);
  });

  it("let somebody without the role approve ask for a write-off, and agree to none", async () => {
    for (const [role, last] of [
      ["resolve", [false]],
      ["approve", []],
    ] as const) {
      done = [];
      await booksFor(everything(), { name: "m", role, accounts: null }).explain("ours", "e", "n", "m", "write-off");
      expect(done[0]?.slice(6)).toEqual(last);
    }
  });
});
