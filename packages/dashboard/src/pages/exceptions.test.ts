import type { Store } from "@amazon-pay-kit/ledger";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createDashboardApp } from "../server/app.tsx";
import { csrfToken } from "../security/csrf.ts";
import { emptyStore } from "../testing/empty-store.ts";

const NOW = Date.UTC(2026, 0, 31);
const AMOUNTS = [500n, -9000n, 120n, null];
let store: Store;
const written: unknown[][] = [];
let outcome: "explained" | "asked" = "explained";

beforeAll(async () => {
  store = await emptyStore("us", NOW);
  await store.db
    .insertInto("exception")
    .values(
      AMOUNTS.map((amount_minor, index) => ({
        account_id: "us",
        exception_id: `exception-000${index}`,
        code: "capture.unsettled",
        severity: "error",
        settlement_id: null,
        transaction_id: null,
        file_id: null,
        line: null,
        amount_minor,
        currency: amount_minor === null ? null : "USD",
        message: "captured 2026-01-02T03:04:05Z, 100% lost_",
        status: "open",
        subject: String(index),
        order_id: `777${index}`,
        cause: "exception-0001",
        found_at: NOW - index * 86_400_000,
        changed_at: NOW,
      })),
    )
    .execute();
});
beforeEach(() => {
  written.splice(0);
  outcome = "explained";
});
afterAll(() => store.close());

const change = async (...given: (string | null | undefined)[]): Promise<void> => void written.push(given);
const explain = async (...given: (string | boolean | undefined)[]): Promise<typeof outcome> => {
  written.push(given);
  return outcome;
};
const app = (readOnly = false) =>
  createDashboardApp({
    views: { store },
    books: {
      fileLines: () => Promise.reject(new Error("unused")),
      explain,
      reopen: change,
      assign: change,
      note: change,
    },
    access: { isHost: () => true, localUser: "me" },
    secret: "s",
    readOnly,
    now: () => NOW,
  });
const get = async (path: string): Promise<string> => (await app().request(`http://127.0.0.1:8581${path}`)).text();
const idsIn = (html: string): readonly string[] =>
  [...html.matchAll(/<td class="key"[^>]*><a href="\/exceptions\/exception-000(\d)/g)].map(([, id]) => id ?? "");
const post = (verb: string, fields: readonly (readonly [string, string])[], readOnly = false) =>
  app(readOnly).request(`http://127.0.0.1:8581/exceptions/${verb}`, {
    method: "POST",
    body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])),
  });
const own: readonly [string, string] = ["_token", csrfToken("s", "me")];

it("sorts by money and age, turns round, and pages in that order; refuses an order that there is not", async () => {
  expect(idsIn(await get("/exceptions?sort=-amount"))).toEqual(["1", "0", "2", "3"]);
  expect(idsIn(await get("/exceptions?sort=amount"))).toEqual(["3", "2", "0", "1"]);
  expect(idsIn(await get("/exceptions?sort=found"))).toEqual(["3", "2", "1", "0"]);
  expect(await get("/exceptions?sort=-amount")).toContain('aria-sort="descending"');
  expect((await app().request("http://127.0.0.1:8581/exceptions?sort=toString")).status).toBe(400);
});

it("finds by words, order and cause; wildcards are letters", async () => {
  expect(idsIn(await get("/exceptions?q=7772"))).toEqual(["2"]);
  expect(idsIn(await get("/exceptions?q=CAPTURED"))).toHaveLength(4);
  expect(idsIn(await get("/exceptions?q=100%25%20lost_"))).toHaveLength(4);
  expect(idsIn(await get("/exceptions?q=1_0%25"))).toEqual([]);
  expect(idsIn(await get("/exceptions?cause=exception-0001"))).toHaveLength(4);
  const page = await get("/exceptions");
  expect(page).toContain("1 cause of 4 exceptions");
  expect(page).toContain("captured 2 Jan 2026, 03:04");
  expect(page).toMatch(/Sum of 3 rows.*96\.20/s);
});

it("explains the selected ones with one reason, offers to undo, and comes back to its list and nowhere else", async () => {
  const picked = [
    ["id", "us exception-0000"],
    ["id", "us exception-0001"],
  ] as const;
  const answer = await post("explain", [
    own,
    ["note", "one cause"],
    ["back", "//evil.example/?status=to-do"],
    ...picked,
  ]);
  expect(written).toEqual([
    ["us", "exception-0000", "one cause", "me"],
    ["us", "exception-0001", "one cause", "me"],
  ]);
  const back = answer.headers.get("location") ?? "";
  expect([answer.status, back.startsWith("/exceptions?")]).toEqual([303, true]);
  const page = await get(back);
  expect(page).toContain("2 exceptions are explained.");
  expect(page).toContain('action="/exceptions/reopen"');
  expect(page.match(/type="hidden" name="id" value="us exception-000[01]"/g)).toHaveLength(2);
});

it("explains with a reason that is booked, says what waits for a second person, and gives rows to somebody", async () => {
  outcome = "asked";
  const row = ["id", "us exception-0000"] as const;
  const asked = await post("explain", [own, ["note", "small"], ["reason", "write-off"], row]);
  expect(written).toEqual([["us", "exception-0000", "small", "me", "write-off"]]);
  expect(await get(asked.headers.get("location") ?? "")).toContain(
    "1 is above the limit and waits for a second person",
  );
  expect((await post("explain", [own, ["note", "small"], ["reason", "nice"], row])).status).toBe(400);
  written.splice(0);
  const given = await post("assign", [own, ["owner", "mara"], row]);
  expect(await get(given.headers.get("location") ?? "")).toContain("1 exception is assigned.");
  await post("assign", [own, ["owner", ""], row]);
  await post("exception-0001/note?account=us", [own, ["note", "asked the bank"]]);
  await post("exception-0001/assign?account=us", [own, ["owner", "ben"]]);
  expect(written).toEqual([
    ["us", "exception-0000", "mara", "me"],
    ["us", "exception-0000", null, "me"],
    ["us", "exception-0001", "asked the bank", "me"],
    ["us", "exception-0001", "ben", "me"],
  ]);
});

it("changes nothing without its token, a reason, a selection, or where it is read-only", async () => {
  const id = ["id", "us exception-0000"] as const;
  const note = ["note", "why"] as const;
  expect((await post("explain", [note, id])).status).toBe(403);
  expect((await post("explain", [own, id, ["note", " "]])).status).toBe(400);
  expect((await post("explain", [own, note])).status).toBe(400);
  expect((await post("reopen", [own, note, id], true)).status).toBe(403);
  expect(written).toEqual([]);
});
