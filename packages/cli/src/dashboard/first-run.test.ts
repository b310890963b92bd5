import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDashboardApp } from "@amazon-pay-kit/dashboard";
import { type Ledger, openLedger } from "@amazon-pay-kit/ledger";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, expect, it } from "vitest";
import { capture, settlementFile, transfer } from "../../../ledger/src/reconcile/testing/books-fixture.ts";
import { contextOf } from "../program/context.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";
import { workingBooks } from "./working-books.ts";

const NOW = Date.UTC(2026, 2, 1);
const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" });

let ledger: Ledger;
let folder: string;
let app: ReturnType<typeof createDashboardApp>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "apay-first-run-"));
  const clock = manualClock(NOW);
  ledger = await openLedger({ dataDir: join(folder, "data"), clock });
  const context = contextOf(testTerminal(folder), clock, systemRandom, {});
  const { store } = ledger;
  const books = { store, clock, who: "mara" };
  const open = { ledger, store, books, reconcile: () => Promise.reject(new Error("the first run judges by itself")) };
  app = createDashboardApp({
    views: { store },
    books: workingBooks(context, open),
    access: { isHost: () => true, localUser: "mara" },
    secret: "s",
    readOnly: false,
    now: () => NOW,
  });
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

const ORIGIN = "http://127.0.0.1:8581";
const home = async (): Promise<string> => (await app.request(ORIGIN)).text();
async function send(path: string, fields: Readonly<Record<string, string | File>>): Promise<Response> {
  const form = new FormData();
  form.set("_token", /name="_token" value="([^"]+)"/.exec(await home())?.[1] ?? "");
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return app.request(`${ORIGIN}${path}`, { method: "POST", body: form, headers: { origin: ORIGIN } });
}
const key = (text: string): File => new File([text], "private.pem");
const account = { name: "shop", region: "na", publicKeyId: "SANDBOX-AE123456", environment: "", key: key(String(KEY)) };

it.each([
  ["no key", { ...account, key: key("") }, "Choose the file with the private key"],
  [
    "the public half",
    { ...account, key: key("-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----") },
    "choose the private one",
  ],
  ["a saved page", { ...account, key: key("<html>") }, "BEGIN PRIVATE KEY"],
  ["a damaged key", { ...account, key: key(String(KEY).slice(0, 300)) }, "no private key in PEM form"],
  ["a name that leads elsewhere", { ...account, name: "../shop" }, "is no name of an account"],
  ["a region that there is not", { ...account, region: "mars" }, "there is no region"],
  ["no key id", { ...account, publicKeyId: "x" }, "this is no public key id"],
  ["a key id that leaves the environment open", { ...account, publicKeyId: "AE1234567890" }, "choose the environment"],
  ["an environment that is not the key id's", { ...account, environment: "live" }, "the key id is for sandbox"],
])("refuses %s, and writes nothing", async (_what, fields, words) => {
  const answer = await send("/first/account", fields);
  const page = await answer.text();
  expect(answer.status).toBe(400);
  expect(page).toContain(words);
  expect(page).not.toContain("MII");
  expect(existsSync(join(folder, "apay.config.json"))).toBe(false);
  expect(existsSync(join(folder, "shop-private.pem"))).toBe(false);
});

it("leads from empty books to the first settlement, in the browser alone", async () => {
  expect(await home()).toContain('action="/first/account"');
  const added = await send("/first/account", account);
  expect([added.status, added.headers.get("location")]).toEqual([303, "/#first-steps"]);
  const path = join(folder, "apay.config.json");
  const config = JSON.parse(readFileSync(path, "utf8")) as { accounts: Record<string, object> };
  expect(config).toEqual({
    accounts: { shop: { region: "na", publicKeyId: "SANDBOX-AE123456", privateKeyFile: "shop-private.pem" } },
  });
  expect(readFileSync(join(folder, "shop-private.pem"), "utf8")).toBe(KEY);
  if (process.platform !== "win32") expect(statSync(join(folder, "shop-private.pem")).mode & 0o777).toBe(0o600);
  expect((await send("/first/account", account)).status).toBe(400);

  // Reports from a folder, so that nothing outside is asked: at first one that is not there.
  const settings = { ...config.accounts["shop"], sources: ["folder"], inbox: "reports" };
  writeFileSync(path, JSON.stringify({ accounts: { shop: settings } }));
  writeFileSync(path, "{");
  expect((await app.request(ORIGIN)).status).toBe(200);
  writeFileSync(path, JSON.stringify({ accounts: { shop: settings } }));
  const synced = async (): Promise<string> => {
    await send("/first/sync", {});
    await expect.poll(async () => (await app.request(ORIGIN)).headers.get("refresh")).toBeNull();
    return home();
  };
  expect(await synced()).toMatch(/This did not work|No settlement has come yet/);
  mkdirSync(join(folder, "reports"));
  const rows = [
    capture("2026-01-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
    transfer("2026-01-14T10:00:00", "96.80"),
  ];
  const file = settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-15T00:00:00", rows);
  writeFileSync(join(folder, "reports", "settlement.csv"), file);
  const page = await synced();
  expect(page).toContain("5000000001");
  expect(page).toContain("/bank/import");
  expect(page).not.toContain('action="/first/sync"');
});
