import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPostgresStore, openSqliteStore, type Store } from "@amazon-pay-kit/ledger";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";

const pem = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).privateKey;

const SECRET = { APAY_SECRET_KEY: "a5".repeat(32) };
const KEY = ["--region", "eu", "--public-key-id", "SANDBOX-A", "--private-key-file", "own.pem"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-merchants-"));
  writeFileSync(join(folder, "own.pem"), pem);
  writeFileSync(join(folder, "shop8.token"), "the-token-of-shop8\n");
  const filed = { region: "na", publicKeyId: "SANDBOX-F", privateKeyFile: "own.pem" };
  writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ accounts: { filed, other: filed } }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  readonly status: number;
  readonly out: string;
  readonly document: Record<string, unknown> & { readonly error?: { readonly code: string } };
}

describe.each(["sqlite", "postgres"] as const)("accounts at run time on %s", (dialect) => {
  let databaseUrl: string | undefined;
  let store: Store;
  beforeEach(async () => {
    databaseUrl = dialect === "postgres" ? await freshDatabase() : undefined;
    await accounts({}, "list");
    store = await (databaseUrl === undefined
      ? openSqliteStore(join(folder, ".apay", "ledger.sqlite"))
      : openPostgresStore(databaseUrl));
  });
  afterEach(() => store.close());

  async function accounts(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Answer> {
    const place = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
    const terminal = testTerminal(folder, { env: { ...place, ...env } });
    const clock = manualClock(Date.UTC(2026, 0, 1));
    const status = await runProgram(["accounts", ...args, "--json"], terminal, clock, systemRandom);
    const { out } = terminal.written;
    return { status, out, document: JSON.parse(out) as Answer["document"] };
  }
  const listed = async (env = {}) => (await accounts(env, "list")).document["accounts"] as Record<string, unknown>[];
  const everything = async (table: string): Promise<string> =>
    JSON.stringify((await sql`select * from ${sql.table(table)}`.execute(store.db)).rows);

  it.each<[string, string[], string]>([
    ["a name of the file", ["add", "filed", ...KEY], "accounts.in-file"],
    ["a name that is no name", ["add", "a/b", ...KEY], "accounts.name"],
    [
      "a key that is not there",
      ["add", "shop7", ...KEY.slice(0, 4), "--private-key-file", "none"],
      "config.private-key",
    ],
    ["no key", ["add", "shop7", ...KEY.slice(0, 4)], "config.no-private-key"],
    ["no key id", ["add", "shop7", "--region", "eu"], "config.no-public-key-id"],
    ["a region that there is not", ["add", "shop7", "--region", "mars"], "accounts.invalid"],
    [
      "a file that is no key",
      ["add", "shop7", ...KEY.slice(0, 4), "--private-key-file", "shop8.token"],
      "accounts.key",
    ],
    ["two places of one key", ["add", "shop7", ...KEY, "--private-key-env", "K"], "usage.secret"],
    ["a key to store without a key to encrypt it", ["add", "shop7", ...KEY, "--store-key"], "secrets.no-key"],
    ["a rotation of the file's", ["rotate", "filed", ...KEY.slice(2)], "accounts.in-file"],
    ["a rotation of nobody", ["rotate", "shop7", ...KEY.slice(2)], "account.unknown"],
    ["a pause of nobody", ["pause", "shop7"], "account.unknown"],
    ["the file's to forget", ["forget", "filed"], "accounts.in-file"],
    ["nobody to forget", ["forget", "shop7"], "account.unknown"],
    ["nobody to erase", ["forget", "shop7", "--erase", "--note", "n"], "account.unknown"],
    ["an erasure without a note", ["forget", "shop7", "--erase"], "usage.note"],
  ])("refuses %s, and keeps nothing", async (_what, args, code) => {
    const { status, document } = await accounts({}, ...args);
    expect([status, document.error?.code]).toEqual([2, code]);
    expect(await everything("account_setting")).toBe("[]");
    expect(await everything("account_event")).toBe("[]");
  });

  it("keeps a key and a token encrypted, and shows neither", async () => {
    const token = ["--auth-token-file", "shop8.token", "--store-token"];
    expect((await accounts(SECRET, "add", "shop8", ...KEY, "--store-key", ...token)).status).toBe(0);
    const row = await everything("account_setting");
    const line = pem.split("\n")[3] ?? "";
    for (const secret of [line, "the-token-of-shop8", SECRET.APAY_SECRET_KEY]) expect(row).not.toContain(secret);
    // The path is gone too: the file may be deleted now.
    expect(row).not.toContain("own.pem");
    const all = await accounts(SECRET, "list");
    expect(all.out).not.toContain(line);
    expect((all.document["accounts"] as object[]).at(-1)).toMatchObject({
      accountId: "shop8",
      from: "ledger",
      key: "encrypted",
      onBehalf: true,
      problem: null,
    });
    // Anyone who has the database alone has no key.
    expect((await listed()).at(-1)).toMatchObject({ key: null, problem: expect.stringContaining("secrets.no-key") });
    const other = { APAY_SECRET_KEY: "b6".repeat(32) };
    expect((await listed(other)).at(-1)).toMatchObject({ problem: expect.stringContaining("secrets.cannot-open") });
  });

  it("adds once, rotates to a file and back, pauses and resumes, and writes down who", async () => {
    await accounts(SECRET, "add", "shop7", ...KEY, "--store-key", "--note", "contract 7");
    expect((await accounts({}, "add", "shop7", ...KEY)).document.error?.code).toBe("accounts.exists");
    expect((await accounts(SECRET, "rotate", "shop7")).document.error?.code).toBe("usage.rotate");
    await accounts({}, "rotate", "shop7", "--public-key-id", "SANDBOX-B", "--private-key-file", "own.pem");
    expect((await listed()).at(-1)).toMatchObject({ publicKeyId: "SANDBOX-B", key: join(folder, "own.pem") });
    await accounts({}, "pause", "shop7", "--note", "holidays");
    await accounts({}, "pause", "filed");
    expect((await listed()).map(({ state }) => state)).toEqual(["paused", "active", "paused"]);
    await accounts({}, "pause", "shop7", "--resume");
    await accounts({}, "pause", "shop7", "--resume");
    expect((await listed()).at(-1)).toMatchObject({ state: "active" });
    const events = await store.db.selectFrom("account_event").select(["account_id", "what", "note"]).execute();
    expect(events.map(({ account_id: id, what, note }) => [id, what, note])).toEqual([
      ["shop7", "added", "contract 7"],
      ["shop7", "rotated", null],
      ["shop7", "paused", "holidays"],
      ["filed", "paused", null],
      ["shop7", "resumed", null],
    ]);
  });

  it("forgets the settings and keeps the books, and erases the rows of one account alone", async () => {
    for (const name of ["left", "gone"]) {
      await accounts({}, "add", name, ...KEY);
      const books = { region: "eu", environment: "sandbox", seller_id: null, currency: "EUR", created_at: 1 };
      await store.db
        .insertInto("account")
        .values({ account_id: name, ...books })
        .execute();
      const mark = { source: "v2", what: "reports", last_success_at: 1, failures: 0, next_at: null };
      await store.db
        .insertInto("sync_mark")
        .values({ account_id: name, ...mark })
        .execute();
    }
    expect((await accounts({}, "forget", "left")).document).toEqual({ accountId: "left", forgotten: true, erased: {} });
    const erased = await accounts({}, "forget", "gone", "--erase", "--note", "retention is over");
    expect(erased.document).toEqual({ accountId: "gone", forgotten: true, erased: { account: 1, sync_mark: 1 } });
    const kept = await store.db.selectFrom("account").select("account_id").execute();
    expect(kept).toEqual([{ account_id: "left" }]);
    expect(await everything("account_event")).toContain("retention is over");
    expect((await listed()).map(({ accountId }) => accountId)).toEqual(["filed", "other"]);
  });
});
