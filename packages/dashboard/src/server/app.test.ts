import { get as httpGet } from "node:http";
import type { Store } from "@amazon-pay-kit/ledger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csrfToken } from "../security/csrf.ts";
import { Sessions } from "../security/sessions.ts";
import { CSV_FILES } from "../tables/index.ts";
import { textsOf, untranslated } from "../testing/page-html.ts";
import { createDashboardApp } from "./app.tsx";
import type { DashboardOptions } from "./options.ts";
import { startDashboard } from "./start.ts";
import { emptyStore } from "../testing/empty-store.ts";

const NOW = Date.UTC(2026, 0, 31);
const PAGES = [
  "/",
  "/settlements",
  "/exceptions",
  "/transactions",
  "/fees",
  "/ageing",
  "/bank",
  "/reports",
  "/accounts",
  "/close",
  "/explain?q=48.211,07",
];

describe("dashboard", () => {
  let store: Store;
  const written: unknown[][] = [];
  beforeAll(async () => {
    store = await emptyStore("<b>us</b>", NOW);
  });
  afterAll(() => store.close());

  const app = (options: Partial<DashboardOptions> = {}): ReturnType<typeof createDashboardApp> =>
    createDashboardApp(optionsOf(options));
  const cookieOf = (answer: Response): string => (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const optionsOf = (options: Partial<DashboardOptions>): DashboardOptions => ({
    views: { store },
    books: {
      fileLines: () => Promise.resolve({ contentHash: "", archivePath: "", lines: [] }),
      explain: async (...given) => void written.push(given),
      reopen: async (...given) => void written.push(given),
    },
    access: { isHost: (host) => host === "127.0.0.1:8581", localUser: "me" },
    secret: "s",
    now: () => NOW,
    ...options,
  });
  const get = (
    path: string,
    headers: Record<string, string> = {},
    options: Partial<DashboardOptions> = {},
  ): Promise<Response> | Response =>
    app(options).request(`http://127.0.0.1:8581${path}`, { headers: { host: "127.0.0.1:8581", ...headers } });

  it("shows thousands of accounts a page at a time, and does not carry all of their names on every page", async () => {
    const many = await emptyStore("m", NOW);
    for (let index = 0; index < 250; index += 1) {
      const account_id = `m${String(index).padStart(3, "0")}`;
      const account = {
        account_id,
        seller_id: null,
        region: "na",
        environment: "live",
        currency: "USD",
        created_at: 1,
      };
      await many.db.insertInto("account").values(account).execute();
    }
    const on = { views: { store: many } };
    const text = async (path: string): Promise<string> => (await get(path, {}, on)).text();
    const page = await text("/settlements?account=m100");
    expect(page).toMatch(/<input type="search" name="account" value="m100"/);
    expect(page).not.toContain("m101");
    expect(page).not.toContain("There is no account");
    expect(await text("/settlements?account=<m>100")).toContain("There is no account &lt;m&gt;100 in these books");
    // Filtering keeps the account and the order that were chosen.
    const sorted = await text("/claims?account=m100&sort=-amount");
    for (const kept of ['name="account" value="m100"', 'name="sort" value="-amount"']) expect(sorted).toContain(kept);
    expect(await text("/exceptions.csv?account=m1oo")).toContain("There is no account m1oo in these books");
    expect(await text("/exceptions.csv?account=m100")).not.toContain("There is no account");
    const accounts = await text("/accounts");
    expect([accounts.includes(">m048<"), accounts.includes(">m049<")]).toEqual([true, false]);
    const next = /href="([^"]*cursor=[^"]*)"/.exec(accounts)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(await text(next)).toContain(">m049<");
    expect((await text("/accounts.csv")).trim().split("\n")).toHaveLength(252);
    await many.close();
  });

  it("answers to its own host names only", async () => {
    expect((await get("/", { host: "evil.example:8581" })).status).toBe(421);
    expect((await get("/")).status).toBe(200);
  });

  it("asks for its token, once in the address and then as a cookie that scripts cannot read", async () => {
    const access = { isHost: () => true, token: "long-secret", localUser: "me" };
    for (const path of ["/", "/?token=wrong", "/settlements.csv"])
      expect((await get(path, {}, { access })).status, path).toBe(401);
    const first = await get("/settlements?token=long-secret&currency=USD", {}, { access });
    expect([first.status, first.headers.get("location")]).toEqual([303, "/settlements?currency=USD"]);
    expect(first.headers.get("set-cookie")).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/);
    expect(first.headers.get("set-cookie")).toMatch(/Max-Age=43200/);
    expect((await get("/", { cookie: "apay-dashboard=long-secret" }, { access })).status).toBe(401);
    expect((await get("/", { cookie: cookieOf(first) }, { access })).status).toBe(200);
    expect((await get("/", { authorization: "Bearer long-secret" }, { access })).status).toBe(200);
  });

  it("ends a session after twelve hours, when it is signed out, and with the process", async () => {
    let now = NOW;
    const access = { isHost: () => true, token: "long-secret", localUser: "me" };
    const served = app({ access, now: () => now });
    const ask = (path: string, cookie = "", method = "GET", headers: Record<string, string> = {}) =>
      served.request(`http://127.0.0.1:8581${path}`, { method, headers: { cookie, ...headers } });
    const first = cookieOf(await ask("/?token=long-secret"));
    const second = cookieOf(await ask("/?token=long-secret"));
    expect(first).not.toBe(second);
    expect([(await ask("/", first)).status, (await ask("/", second)).status]).toEqual([200, 200]);
    expect(await (await ask("/", first)).text()).toContain('action="/sign-out"');
    expect((await ask("/sign-out", first, "POST", { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await ask("/", first)).status).toBe(200);
    const out = await ask("/sign-out", first, "POST");
    expect([out.status, out.headers.get("set-cookie")]).toEqual([303, expect.stringMatching(/^apay-dashboard=;/)]);
    expect([(await ask("/", first)).status, (await ask("/", second)).status]).toEqual([401, 200]);
    now += 12 * 3_600_000 - 1;
    expect((await ask("/", second)).status).toBe(200);
    now += 1;
    expect((await ask("/", second)).status).toBe(401);
    const other = createDashboardApp({ ...optionsOf({ access }), secret: "another process" });
    now = NOW;
    expect((await other.request("http://127.0.0.1:8581/", { headers: { cookie: second } })).status).toBe(401);
    for (const forged of ["9999999999999.1.x", second.replace(/\.\d+\./, ".7."), `${second}x`, "a=b"])
      expect((await ask("/", forged.includes("=") ? forged : `apay-dashboard=${forged}`)).status, forged).toBe(401);
  });

  it("looks at no more tokens after ten wrong ones in a minute, and tells of each; sessions go on", async () => {
    let now = NOW;
    const told: number[] = [];
    const access = { isHost: () => true, token: "long-secret", localUser: "me" };
    const sessions = new Sessions({ secret: "s", now: () => now, onRefusal: (_, recent) => told.push(recent) });
    const served = app({ access, sessions });
    const ask = (path: string, headers: Record<string, string> = {}) =>
      served.request(`http://127.0.0.1:8581${path}`, { headers });
    const cookie = cookieOf(await ask("/?token=long-secret"));
    for (let time = 1; time <= 10; time += 1) {
      now += 1000;
      expect((await ask("/?token=wrong")).status).toBe(401);
    }
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const path of ["/?token=wrong", "/?token=long-secret"]) {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "51"]);
    }
    expect((await ask("/", { authorization: "Bearer long-secret" })).status).toBe(429);
    expect((await ask("/", { cookie })).status).toBe(200);
    now += 51_000;
    expect((await ask("/?token=long-secret")).status).toBe(303);
  });

  it("has a page on which people sign in, and leads back to where they wanted to go", async () => {
    const access = { isHost: () => true, token: "long-secret", localUser: "me" };
    const asked = await get("/fees?account=us", { accept: "text/html" }, { access });
    expect([asked.status, await asked.text()]).toEqual([401, expect.stringContaining('value="/fees"') as string]);
    expect((await get("/assets/style.css", {}, { access })).status).toBe(200);
    const send = (form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> | Response =>
      app({ access }).request("http://127.0.0.1:8581/sign-in", {
        method: "POST",
        headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(form).toString(),
      });
    const wrong = await send({ token: "wrong", back: "/fees" });
    expect([wrong.status, wrong.headers.get("set-cookie")]).toEqual([401, null]);
    expect(await wrong.text()).toContain("That is not the token");
    expect((await send({ token: "long-secret" }, { "sec-fetch-site": "cross-site" })).status).toBe(401);
    const right = await send({ token: "long-secret", back: "/fees" }, { "x-forwarded-proto": "https" });
    expect([right.status, right.headers.get("location")]).toEqual([303, "/fees"]);
    expect(right.headers.get("set-cookie")).toMatch(
      /^apay-dashboard=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(right.headers.get("set-cookie")).not.toContain("long-secret");
    for (const back of ["//evil.example", "https://evil.example", "/\\evil.example", "/sign-in"])
      expect((await send({ token: "long-secret", back })).headers.get("location"), back).toBe("/");
    // Browsers drop tabs and line ends from an address, and resolve dots before they see a host.
    for (const back of [
      "/\t/evil.example",
      "/\r\n/evil.example",
      "\t//evil.example",
      "/.//evil.example",
      "/fees/..//evil.example",
    ])
      expect((await send({ token: "long-secret", back })).headers.get("location"), JSON.stringify(back)).toBe("/");
    const elsewhere = await get("//evil.example?token=long-secret", {}, { access });
    expect([elsewhere.status, elsewhere.headers.get("location")]).toEqual([303, "/"]);
  });

  it("refuses a body that is no form as it refuses a form without its token", async () => {
    const access = { isHost: () => true, token: "long-secret", localUser: "me" };
    const send = (path: string, type: string): Promise<Response> | Response =>
      app({ access }).request(`http://127.0.0.1:8581${path}`, {
        method: "POST",
        headers: { "content-type": type, authorization: "Bearer long-secret" },
        body: "abc",
      });
    for (const type of ["multipart/form-data", "multipart/form-data; boundary=x", "application/json"]) {
      expect((await send("/exceptions/x1/explain?account=us", type)).status, type).toBe(403);
      expect((await send("/sign-in", type)).status, type).toBe(401);
    }
  });

  it("takes no large bodies and no other methods", async () => {
    const send = (method: string, body?: string): Promise<Response> | Response =>
      app().request("http://127.0.0.1:8581/exceptions/x/explain", {
        method,
        headers: { host: "127.0.0.1:8581", "content-type": "application/x-www-form-urlencoded" },
        ...(body === undefined ? {} : { body }),
      });
    expect((await send("POST", `note=${"x".repeat(70_000)}`)).status).toBe(413);
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) expect((await send(method)).status, method).toBe(405);
  });

  it("refuses people with a page that says what to do, in their language, and programs with a line", async () => {
    const send = (accept: string, path = "/bank/import", host = "127.0.0.1:8581"): Promise<Response> | Response =>
      app().request(`http://${host}${path}`, {
        method: "POST",
        headers: { host, accept, "accept-language": "de" },
        body: new Uint8Array(33 * 1024 * 1024),
      });
    const page = await send("text/html,*/*");
    expect([page.status, page.headers.get("content-type")]).toEqual([413, "text/html; charset=UTF-8"]);
    const html = await page.text();
    for (const words of ['<html lang="de', "größer als 32 MB", "apay bank import FILE"]) expect(html).toContain(words);
    expect(await (await send("*/*")).text()).toMatch(/^Die Datei ist größer als 32 MB[^<]+\n$/);
    expect(await (await send("text/html", "/exceptions/x/explain")).text()).toContain("2.000 Zeichen");
    const other = await send("text/html", "/", "books.example");
    expect([other.status, await other.text()]).toEqual([421, expect.stringContaining("--allow-host books.example")]);
  });

  it("lists the months of a year before one is asked for, with what is closed of them", async () => {
    const html = await (await get("/close")).text();
    expect(html.match(/href="\/close\?month=/g)).toHaveLength(12);
    expect(html.match(/badge plain[^>]*>open</g)).toHaveLength(12);
  });

  it("keeps a period in its links, and refuses what is no day", async () => {
    const html = await (await get("/transactions?from=2026-01-01&to=2026-01-31&currency=USD")).text();
    expect(html).toContain('type="date" name="from" value="2026-01-01"');
    expect(html).toMatch(
      /href="\/transactions\?currency=USD&amp;from=2026-01-01&amp;to=2026-01-31" aria-current="true"/,
    );
    for (const path of ["/transactions", "/settlements", "/bank", "/transactions.csv"])
      expect((await get(`${path}?from=2026-02-30`)).status, path).toBe(400);
  });

  it("believes a proxy's user only where it is told to", async () => {
    const access = { isHost: () => true, identityHeader: "x-user", localUser: "me" };
    expect((await get("/", {}, { access })).status).toBe(401);
    expect((await get("/", { "x-user": "finance" }, { access })).status).toBe(200);
  });

  it("writes only when allowed, from its own forms, with a note", async () => {
    const post = (
      fields: Record<string, string>,
      headers: Record<string, string> = {},
      readOnly = false,
    ): Promise<Response> | Response =>
      app({ readOnly }).request("http://127.0.0.1:8581/exceptions/x1/explain?account=us", {
        method: "POST",
        headers: { host: "127.0.0.1:8581", "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(fields).toString(),
      });
    const token = csrfToken("s", "me");
    expect((await post({ note: "why" })).status).toBe(403);
    expect((await post({ note: "why", _token: csrfToken("s", "other") })).status).toBe(403);
    expect((await post({ note: "why", _token: token }, { origin: "http://evil.example" })).status).toBe(403);
    expect((await post({ note: "why", _token: token }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await post({ note: "why", _token: token }, {}, true)).status).toBe(403);
    expect((await post({ note: "  ", _token: token })).status).toBe(400);
    expect(written).toEqual([]);
    expect((await post({ note: "why", _token: token })).status).toBe(303);
    expect(written).toEqual([["us", "x1", "why", "me"]]);
  });

  it("is closed to everybody else when it would be exposed", async () => {
    const books = {
      fileLines: () => Promise.reject(new Error("unused")),
      explain: () => Promise.resolve(),
      reopen: () => Promise.resolve(),
    };
    await expect(
      startDashboard({ views: { store }, books, host: "0.0.0.0", port: 0, secret: "s", now: () => NOW }),
    ).rejects.toMatchObject({
      code: "dashboard.exposed",
    });
    await expect(
      startDashboard({ views: { store }, books, port: 0, allowChanges: true, secret: "s", now: () => NOW }),
    ).rejects.toMatchObject({ code: "dashboard.open-changes" });
    const secured = { views: { store }, books, port: 0, allowChanges: true, secret: "s", now: () => NOW };
    const own = await startDashboard({ ...secured, token: "a token & more than that" });
    expect((await fetch(`${own.url}/`)).status).toBe(401);
    const letIn = await fetch(own.link, { redirect: "manual" });
    // Cookies do not know ports: two dashboards on one machine must not overwrite each other's.
    const named = `apay-dashboard-${new URL(own.url).port}=`;
    expect([letIn.status, letIn.headers.get("set-cookie")?.startsWith(named)]).toEqual([303, true]);
    await own.close();
    // A variable that was meant to hold the secret and is not set comes as an empty text.
    for (const token of ["", "short"])
      await expect(
        startDashboard({ views: { store }, books, host: "0.0.0.0", port: 0, token, secret: "s", now: () => NOW }),
      ).rejects.toMatchObject({ code: "dashboard.weak-token" });
    const hosts = ["Books.Example"];
    const running = await startDashboard({ views: { store }, books, hosts, port: 0, secret: "s", now: () => NOW });
    const port = Number(new URL(running.url).port);
    await expect(startDashboard({ views: { store }, books, port, secret: "s", now: () => NOW })).rejects.toMatchObject({
      code: "dashboard.port-taken",
    });
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        httpGet(`${running.url}/healthz`, { headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).once("error", reject);
      });
    // Host names are case-insensitive.
    expect(await Promise.all(["books.example", "BOOKS.EXAMPLE", "books.example.evil"].map(statusFor))).toEqual([
      200, 200, 421,
    ]);
    await running.close();
  });

  it("sends the headers of a careful page, and escapes what it shows", async () => {
    for (const path of PAGES) {
      const answer = await get(path);
      expect(answer.status, path).toBe(200);
      const csp = answer.headers.get("content-security-policy") ?? "";
      expect(csp).toContain("default-src 'none'");
      expect(csp).not.toContain("unsafe");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const text = await answer.text();
      expect(text).not.toContain("<b>us</b>");
      // One script, from a file of its own: the policy of the page allows no other.
      const [own, rest] = ['<script src="/assets/keys.js" defer=""></script>', text.split("<script").length];
      expect([text.includes(own), rest]).toEqual([true, 2]);
      expect(text.replace(own, "")).not.toMatch(
        /<script|\sstyle="|\son[a-z]+="|https?:\/\/(?!127\.0\.0\.1|www\.w3\.org)/,
      );
    }
    expect(await (await get("/accounts")).text()).toContain("&lt;b&gt;us&lt;/b&gt;");
  });

  it("shows what would act on a page or a terminal, on every page and in every file", async () => {
    const acting = "us\u0000\u001b[2J\u0007\u009b31m\u202egpj.exe\u2066\u2028end";
    const odd = await emptyStore(acting, NOW);
    try {
      const on = { views: { store: odd } };
      let shown = 0;
      for (const path of [...PAGES, ...CSV_FILES.keys(), `/settlements?account=${encodeURIComponent(acting)}`]) {
        const text = await (await get(path, {}, on)).text();
        expect(text.match(/[^\P{Cc}\t\n\r]|[\u2028-\u202e\u2066-\u2069]/u)?.[0] ?? null, path).toBeNull();
        if (text.includes("\\x1b[2J")) shown += 1;
      }
      expect(shown).toBeGreaterThan(0);
    } finally {
      await odd.close();
    }
  });

  it("speaks three languages and says so", async () => {
    expect(await (await get("/", { "accept-language": "de-DE,de;q=0.9,en;q=0.5" })).text()).toContain('lang="de-DE"');
    expect(await (await get("/", { "accept-language": "fr;q=1,ja;q=0.3" })).text()).toContain('lang="ja-JP"');
    expect(await (await get("/?lang=en", { "accept-language": "de" })).text()).toContain('lang="en-GB"');
  });

  it("answers what is not there with a page, and bad pages with words", async () => {
    expect((await get("/nothing")).status).toBe(404);
    expect((await get("/settlements/1")).status).toBe(404);
    const bad = await get("/settlements?cursor=rubbish");
    expect([bad.status, (await bad.text()).includes("start again from its first page")]).toEqual([400, true]);
  });

  it("has no English in the other languages, with empty books too", async () => {
    const names = /<b>us<\/b>|USD|EUR|GBP|JPY|Amazon Pay Kit|Amazon|apay[ a-z]*|UTC|CSV/g;
    for (const path of [...PAGES, "/nothing", "/settlements/1", "/settlements?status=balanced"]) {
      const english = await (await get(`${path}${path.includes("?") ? "&" : "?"}lang=en`)).text();
      expect(textsOf(english).length, path).toBeGreaterThan(10);
      for (const language of ["de", "ja"]) {
        const text = await (await get(`${path}${path.includes("?") ? "&" : "?"}lang=${language}`)).text();
        // Few words are spelt the same in German.
        const same = untranslated(english, text, names).filter(
          (word) => language === "ja" || !["Code", "Region", "live"].includes(word),
        );
        expect(same, `${path} in ${language}`).toEqual([]);
      }
    }
  });

  it("says in the reader's language why it refuses", async () => {
    const refused = await get("/", { host: "evil.example", "accept-language": "ja" });
    expect([refused.status, await refused.text()]).toEqual([
      421,
      "ホスト名「evil.example」ではアクセスできません。管理者は --allow-host evil.example で許可できます。\n",
    ]);
    const access = { isHost: () => true, token: "long-secret", localUser: "me" };
    expect(await (await get("/", { "accept-language": "de" }, { access })).text()).toMatch(
      /^Dieses Dashboard öffnet sich mit einem Token/,
    );
    const forged = await app({ readOnly: false }).request("http://127.0.0.1:8581/exceptions/x1/explain?lang=de", {
      method: "POST",
      headers: { host: "127.0.0.1:8581" },
      body: new URLSearchParams({ note: "why" }),
    });
    expect([forged.status, await forged.text()]).toEqual([403, expect.stringContaining("Dieses Formular stammt")]);
  });

  it("gives every table as CSV, safe for spreadsheets; what there is not is no file", async () => {
    for (const path of CSV_FILES.keys()) {
      const answer = await get(path.replace(":fileId", "1"));
      const ofOne = /^\/(?:settlements|exceptions)\/:/.test(path) && !path.endsWith("/rows.csv");
      expect(answer.status, path).toBe(ofOne ? 404 : 200);
      if (ofOne) continue;
      expect(answer.headers.get("content-type"), path).toBe("text/csv; charset=utf-8");
      expect(await answer.text(), path).toMatch(/^\uFEFF?[A-Z]/);
    }
    expect((await get("/ageing.csv?age=rubbish")).status).toBe(400);
  });

  it("says in the reader's language that another process holds the database, and when to come again", async () => {
    const fileLines = (): Promise<never> => Promise.reject(new Error("database is locked"));
    const books = { ...optionsOf({}).books, fileLines };
    const answer = await get("/files/1?line=1&lang=de", {}, { books });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await answer.text()).toContain("Ein anderer Prozess schreibt gerade in die Bücher");
  });

  it("leads through the tour only where books are invented, and not where it was hidden", async () => {
    for (const [invented, cookie] of [
      [false, ""],
      [true, "tour=off"],
    ] as const)
      expect(await (await get("/", { cookie }, { invented })).text()).not.toContain('id="tour"');
    const hidden = await get("/?tour=off", {}, { invented: true });
    expect(hidden.headers.get("set-cookie")).toContain("tour=off");
  });
});
