import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendEvents, pruneEvents } from "@amazon-pay-kit/ledger/outbox";
import { calendarOf, openPostgresStore, openSqliteStore, ROLES, type Store } from "@amazon-pay-kit/ledger";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { createApiApp } from "./app.ts";
import { openApiDocument } from "./openapi.ts";
import { CHANGES } from "./routes.ts";
import { serveApi, type ApiServer } from "./serve.ts";
import { createApiToken, listApiTokens, revokeApiToken, type NewApiToken } from "./tokens.ts";

const NOW = Date.UTC(2026, 5, 1);

const plain = (value: object): object =>
  JSON.parse(JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? String(one) : one))) as object;

/** Documents that show what was found; those of the command line are tested there. */
const documents = {
  settlement: plain,
  row: plain,
  exception: plain,
  explanation: plain,
  balance: plain,
  account: plain,
};

async function fill({ db }: Store): Promise<void> {
  for (const account of ["ours", "theirs", "third"]) {
    const about = { region: "eu", environment: "live", seller_id: null, currency: "EUR", created_at: NOW };
    await db
      .insertInto("account")
      .values({ account_id: account, ...about })
      .execute();
    for (const at of [1, 2, 3])
      await db
        .insertInto("settlement")
        .values({
          account_id: account,
          settlement_id: `${account}-${at}`,
          currency: "EUR",
          file_id: at,
          start_at: NOW - (at + 1) * 1000,
          end_at: NOW - at * 1000,
          status: "balanced",
          bank: "unchecked",
          opening_minor: 0n,
          activity_minor: 100n,
          fees_minor: -3n,
          reserve_minor: 0n,
          transfer_minor: -97n,
          closing_minor: 0n,
          row_count: 1,
          zero_sum: 1,
          rolls_forward: 1,
          sign_convention: "amount-plus-fee",
          released_minor: 0n,
          debt_minor: 0n,
          payout_minor: -97n,
          payout_at: null,
          payout_file_id: null,
          payout_line: null,
        })
        .execute();
    await db
      .insertInto("exception")
      .values({
        account_id: account,
        exception_id: `exception-of-${account}`,
        code: "row.net",
        severity: "error",
        settlement_id: `${account}-1`,
        message: "differs",
        status: "open",
        subject: "s",
        found_at: NOW,
        changed_at: NOW,
      })
      .execute();
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { readonly error?: { readonly code: string; readonly message: string } };
}

describe.each(["sqlite", "postgres"] as const)("the API on %s", (dialect) => {
  const clock = manualClock(NOW);
  let folder: string;
  let store: Store;
  let server: ApiServer;
  let lines: string[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "apay-api-"));
    store = await (dialect === "sqlite"
      ? openSqliteStore(join(folder, "l.sqlite"))
      : openPostgresStore(await freshDatabase()));
    await fill(store);
    lines = [];
    const log = (text: string, facts: object): void => void lines.push(JSON.stringify([text, facts]));
    const logger = { info: log, warn: log, error: log };
    server = await serveApi({ store, clock, documents, calendar: calendarOf("UTC"), logger, port: 0 });
  });
  afterEach(async () => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const tokenFor = async (more: Partial<NewApiToken> = {}) =>
    createApiToken(
      { store, clock, random: systemRandom },
      { label: "erp", accounts: ["ours"], role: "view", createdBy: "alice", expiresAt: null, ...more },
    );
  async function ask(token: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) };
    const answer = await fetch(`${server.url}${path}`, { ...init, headers });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer["body"] };
  }
  const explain = (token: string, id: string, body: string, account = "", type = "application/json") =>
    ask(token, `/v1/exceptions/${id}/explain${account}`, { method: "POST", body, headers: { "content-type": type } });
  const idsOf = (body: Answer["body"], list: string, id: string) =>
    (body[list] as Record<string, unknown>[]).map((one) => one[id]);

  it("refuses a request without a valid token, and keeps none in the store or the log", async () => {
    const { token, created } = await tokenFor();
    const ended = await tokenFor({ expiresAt: NOW });
    const revoked = await tokenFor();
    await revokeApiToken({ store, clock }, revoked.created.tokenId);
    for (const wrong of ["", "x", token.slice(0, -1), `${token.slice(0, -1)}g`, ended.token, revoked.token]) {
      const { status, headers, body } = await ask(wrong, "/v1/settlements");
      expect([wrong, status, body.error?.code]).toEqual([wrong, 401, "api.unauthorized"]);
      expect(headers.get("www-authenticate")).toBe("Bearer");
    }
    expect((await ask(token, "/v1/settlements")).status).toBe(200);
    const secret = token.split("_")[2] ?? "";
    const kept = JSON.stringify(await store.db.selectFrom("api_token").selectAll().execute());
    for (const text of [kept, lines.join(), JSON.stringify(await listApiTokens({ store }))])
      expect(text).not.toContain(secret);
    expect(lines.join()).toContain(created.tokenId);
  });

  it("makes an address wait that has sent too many wrong tokens, and lets good ones through all the while", async () => {
    const { token } = await tokenFor();
    for (let time = 0; time < 20; time += 1) await ask("wrong", "/v1/settlements");
    const { status, headers } = await ask("wrong", "/v1/settlements");
    expect([status, Number(headers.get("retry-after"))]).toEqual([429, 60]);
    // Behind a proxy all callers have one address.
    expect((await ask(token, "/v1/settlements")).status).toBe(200);
    await clock.advance(60_000);
    expect((await ask("wrong", "/v1/settlements")).status).toBe(401);
  });

  it("shows another tenant's accounts and ids as things that there are not", async () => {
    const { token } = await tokenFor({ role: "resolve" });
    const listed = await ask(token, "/v1/settlements");
    expect(idsOf(listed.body, "settlements", "settlementId")).toEqual(["ours-1", "ours-2", "ours-3"]);
    expect(idsOf((await ask(token, "/v1/accounts")).body, "accounts", "accountId")).toEqual(["ours"]);
    expect(idsOf((await ask(token, "/v1/exceptions")).body, "exceptions", "accountId")).toEqual(["ours"]);
    for (const path of [
      "/v1/settlements?account=theirs",
      "/v1/settlements/theirs-1",
      "/v1/settlements/theirs-1/rows",
      "/v1/settlements/theirs-1?account=theirs",
      "/v1/exceptions/exception-of-theirs",
      "/v1/exceptions/exception-of-theirs?account=theirs",
      "/v1/balances?account=theirs",
      "/v1/explain?query=theirs-1&account=theirs",
      "/v1/settlements/nobody-1",
    ])
      expect([path, (await ask(token, path)).status]).toEqual([path, 404]);
    const found = await ask(token, "/v1/explain?query=theirs-1");
    expect(found.body["settlements"]).toEqual([]);
    for (const account of ["", "?account=theirs"])
      expect((await explain(token, "exception-of-theirs", '{"note":"n"}', account)).status).toBe(404);
    const untouched = await store.db
      .selectFrom("exception")
      .select("status")
      .where("account_id", "=", "theirs")
      .execute();
    expect(untouched).toEqual([{ status: "open" }]);
  });

  it("asks a token of several accounts which one, and gives one of all accounts everything", async () => {
    const { token: two } = await tokenFor({ accounts: ["ours", "third"] });
    expect((await ask(two, "/v1/settlements")).body.error?.code).toBe("api.which-account");
    expect((await ask(two, "/v1/settlements?account=third")).status).toBe(200);
    expect(idsOf((await ask(two, "/v1/accounts")).body, "accounts", "accountId")).toEqual(["ours", "third"]);
    const { token: all } = await tokenFor({ accounts: null });
    expect((await ask(all, "/v1/settlements?limit=500")).body["settlements"]).toHaveLength(9);
    const { status, body } = await ask(all, "/v1/exceptions?account=uors");
    expect([status, body.error?.code]).toEqual([404, "books.unknown-account"]);
  });

  it("gives pages by their cursor, each item once", async () => {
    const { token } = await tokenFor();
    const seen: unknown[] = [];
    for (let next: string | null = ""; next !== null;) {
      const { body } = await ask(token, `/v1/settlements?limit=2${next === "" ? "" : `&cursor=${next}`}`);
      seen.push(...idsOf(body, "settlements", "settlementId"));
      next = body["next"] as string | null;
    }
    expect(seen).toEqual(["ours-1", "ours-2", "ours-3"]);
  });

  it("gives events in order from a number on, so that a receiver that was away catches up", async () => {
    const { token } = await tokenFor();
    const { token: all } = await tokenFor({ accounts: null });
    const happens = (...subjects: readonly string[]) =>
      appendEvents(
        store.db,
        clock,
        ["ours", "theirs"].flatMap((accountId) =>
          subjects.map((subject) => ({ accountId, code: "report.loaded" as const, subject, facts: { rows: 1 } })),
        ),
      );
    expect((await ask(token, "/v1/events")).body).toEqual({ events: [], next: 0 });
    await happens("a", "b", "c");
    const page = (await ask(token, "/v1/events?limit=2")).body;
    expect([idsOf(page, "events", "subject"), page["next"]]).toEqual([["a", "b"], 2]);
    expect(idsOf((await ask(token, "/v1/events?after=2")).body, "events", "sequence")).toEqual([3]);
    expect((await ask(token, "/v1/events?after=3&code=payout.short")).body).toEqual({ events: [], next: 3 });
    expect((await ask(token, "/v1/events?after=4")).body.error?.code).toBe("events.ahead");
    expect((await ask(token, "/v1/events?account=theirs")).status).toBe(404);
    expect((await ask(all, "/v1/events")).body.error?.code).toBe("api.which-account");
    expect(idsOf((await ask(all, "/v1/events?account=theirs")).body, "events", "accountId")).toContain("theirs");
    expect((await ask(token, "/v1/webhooks")).body).toEqual({ webhooks: [] });
    await clock.advance(31 * 86_400_000);
    await pruneEvents(store, clock, "ours");
    await happens("d");
    const gone = await ask(token, "/v1/events?after=1");
    expect([gone.status, gone.body.error?.code]).toEqual([410, "events.gone"]);
    expect(gone.body.error?.message).toContain("go on from 3");
    for (const from of ["", "?after=3"])
      expect(idsOf((await ask(token, `/v1/events${from}`)).body, "events", "subject")).toEqual(["d"]);
  });

  it.each([
    ["/v1/events?after=-1", "api.bad-parameter"],
    ["/v1/events?after=x", "api.bad-parameter"],
    ["/v1/events?cursor=x", "api.unknown-parameter"],
    ["/v1/events?code=nothing", "api.bad-parameter"],
    ["/v1/settlements?limit=0", "view.limit"],
    ["/v1/settlements?limit=501", "view.limit"],
    ["/v1/settlements?limit=x", "view.limit"],
    ["/v1/settlements?cursor=x", "view.cursor"],
    ["/v1/settlements?colour=red", "api.unknown-parameter"],
    ["/v1/settlements?status=lovely", "api.bad-parameter"],
    ["/v1/settlements?currency=", "api.bad-parameter"],
    ["/v1/settlements?currency=EUR&currency=USD", "api.bad-parameter"],
    ["/v1/settlements?from=yesterday", "api.bad-parameter"],
    ["/v1/settlements?from=2026-02-31T00:00:00Z", "api.bad-parameter"],
    ["/v1/settlements?from=2026-03-01T00:00:00Z&until=2026-02-01T00:00:00Z", "api.bad-parameter"],
    ["/v1/settlements?currency=EURO", "api.bad-parameter"],
    ["/v1/settlements?currency=usd", "api.bad-parameter"],
    ["/v1/exceptions?code=row.nett", "api.bad-parameter"],
    ["/v1/settlements?currency=%00", "api.bad-parameter"],
    ["/v1/explain", "api.bad-parameter"],
    ["/v1/balances?limit=1", "api.unknown-parameter"],
  ])("refuses %s with %s", async (path, code) => {
    const { token } = await tokenFor();
    const { status, body } = await ask(token, path);
    expect([status, body.error?.code]).toEqual([400, code]);
  });

  it("explains and reopens for a token with that role alone, and writes down whose it was", async () => {
    const { token: reader } = await tokenFor();
    expect((await explain(reader, "exception-of-ours", '{"note":"n"}')).body.error?.code).toBe("api.read-only");
    for (const role of ROLES) {
      const { token } = await tokenFor({ role });
      const { status } = await explain(token, "exception-of-nobody", '{"note":"n"}');
      expect([role, status]).toEqual([role, role === "view" ? 403 : 404]);
    }
    const app = createApiApp({ store, clock, documents, calendar: calendarOf("UTC") });
    const changing = app.routes.filter(({ method }) => !["GET", "HEAD", "ALL"].includes(method));
    expect(changing.map(({ path }) => path)).toEqual([`/v1/exceptions/:id/:change{${Object.keys(CHANGES).join("|")}}`]);
    expect(Object.values(CHANGES).every(({ role }) => ROLES.indexOf(role) > 0)).toBe(true);
    const { token } = await tokenFor({ role: "resolve" });
    for (const [body, type, status] of [
      ['{"note":"n"}', "text/plain", 415],
      ["no json", "application/json", 400],
      ['{"note":" "}', "application/json", 400],
      ['{"note":7}', "application/json", 400],
      [JSON.stringify({ note: "x".repeat(20_000) }), "application/json", 413],
    ] as const)
      expect((await explain(token, "exception-of-ours", body, "", type)).status).toBe(status);
    const done = await explain(token, "exception-of-ours", '{"note":"refunded by hand"}');
    expect(done.body).toMatchObject({
      status: "explained",
      events: [{ what: "explained", who: "api:erp", note: "refunded by hand" }],
    });
    const reopened = await ask(token, "/v1/exceptions/exception-of-ours/reopen", {
      method: "POST",
      body: '{"note":"it came again"}',
      headers: { "content-type": "application/json" },
    });
    expect(reopened.body).toMatchObject({ status: "reopened" });
  });

  it("serves the document that is committed, and nothing else without a token", async () => {
    const served = await (await fetch(`${server.url}/openapi.json`)).json();
    expect(served).toEqual(JSON.parse(readFileSync(join(import.meta.dirname, "../../openapi.json"), "utf8")));
    expect(served).toEqual(openApiDocument());
    expect((await fetch(`${server.url}/v1/nothing`)).status).toBe(401);
    expect((await fetch(`${server.url}/nothing`)).status).toBe(404);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

it("describes itself without a fault that a linter would find", async () => {
  const config = await createConfig({
    extends: ["recommended"],
    // The server that apay api starts by default.
    rules: { "no-server-example.com": "off" },
  });
  const source = JSON.stringify(openApiDocument());
  const found = await lintFromString({ source, absoluteRef: join(import.meta.dirname, "../../openapi.json"), config });
  expect(found.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
});
