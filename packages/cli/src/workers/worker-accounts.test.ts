import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { generateKeyPairSync } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadConfig } from "../config/config.ts";
import type { AccountSetting } from "@amazon-pay-kit/ledger";
import { readSecretKey, seal } from "../accounts/sealed.ts";
import type { Context } from "../program/context.ts";
import { accountsAtWork } from "./worker-accounts.ts";

const pem = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;

let folder: string;
let told: string[];
let settings: AccountSetting[];
let env: Record<string, string>;
beforeEach(() => {
  settings = [];
  env = {};
  folder = mkdtempSync(join(tmpdir(), "apay-accounts-"));
  mkdirSync(join(folder, "keys"));
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const configure = (...names: readonly string[]): void => {
  const account = (name: string) => ({
    region: "na",
    publicKeyId: `SANDBOX-${name.toUpperCase()}`,
    privateKeyFile: `keys/${name}.pem`,
  });
  const accounts = Object.fromEntries(names.map((name) => [name, account(name)]));
  writeFileSync(join(folder, "apay.config.json"), JSON.stringify({ accounts }));
};
const key = (name: string): void => writeFileSync(join(folder, "keys", `${name}.pem`), pem());

function accounts() {
  const readConfig = () => loadConfig({}, {}, folder);
  const terminal = { env, cwd: folder };
  const context = { clock: systemClock, random: systemRandom, readConfig, config: readConfig, terminal } as Context;
  const log = {
    warn: (_text: string, facts: object) => void told.push(`file: ${String(Object.values(facts)[0])}`),
    error: (_text: string, facts: object) => void told.push(String(Object.values(facts)[0])),
  };
  return accountsAtWork(context, log, async () => settings);
}

it("serves the others when the key of one is missing, and says whose", async () => {
  configure("good", "bad");
  key("good");
  const look = accounts();
  const [good, bad] = await look();
  expect([good?.accountId, bad?.accountId, told]).toEqual(["good", "bad", ["bad"]]);
  const never = new AbortController().signal;
  const listing = bad!.sources[0]!.list({ from: 0, until: 1 }, never)[Symbol.asyncIterator]().next();
  await expect(listing).rejects.toMatchObject({ code: "config.private-key" });
  // The same until something changes, and not told again.
  expect(await look()).toEqual([good, bad]);
  expect(told).toEqual(["bad"]);
  key("bad");
  const [same, mended] = await look();
  expect(same).toBe(good);
  expect(mended).not.toBe(bad);
  expect(told).toEqual(["bad"]);
});

it("gives an account anew when its key is another, and drops one that is taken out", async () => {
  configure("first", "second");
  key("first");
  key("second");
  const look = accounts();
  const [first, second] = await look();
  key("next");
  copyFileSync(join(folder, "keys", "next.pem"), join(folder, "keys", "first.pem"));
  const [rotated, untouched] = await look();
  expect(rotated).not.toBe(first);
  expect(untouched).toBe(second);
  configure("second", "third");
  key("third");
  expect((await look()).map(({ accountId }) => accountId)).toEqual(["second", "third"]);
});

it("refuses to begin when no account is of any use", async () => {
  configure("only");
  await expect(accounts()()).rejects.toMatchObject({ code: "config.private-key" });
});

const setting = (accountId: string, more: Partial<AccountSetting> = {}): AccountSetting => ({
  accountId,
  settings: { region: "eu", publicKeyId: "SANDBOX-LEDGER" },
  sealed: {},
  state: "active",
  revision: 1,
  changedAt: 0,
  ...more,
});

it("takes accounts of the ledger too, with the key opened, and leaves out what only it could not open", async () => {
  configure("file");
  key("file");
  env["APAY_SECRET_KEY"] = "0f".repeat(32);
  const sealed = {
    privateKey: seal(readSecretKey(env, folder), systemRandom, { accountId: "own", name: "privateKey", secret: pem() }),
  };
  // The same text under another name is of no use: it belongs to its account.
  settings = [setting("own", { sealed }), setting("thief", { sealed })];
  const look = accounts();
  const [, own, thief] = await look();
  expect([own?.accountId, own?.region, thief?.accountId, told]).toEqual(["own", "eu", "thief", ["thief"]]);
  const never = new AbortController().signal;
  const listing = thief!.sources[0]!.list({ from: 0, until: 1 }, never)[Symbol.asyncIterator]().next();
  await expect(listing).rejects.toMatchObject({ code: "secrets.cannot-open" });
  // The same object until its revision is another.
  expect((await look())[1]).toBe(own);
  settings = [setting("own", { sealed, revision: 2, state: "paused" })];
  const [, paused] = await look();
  expect(paused).toMatchObject({ accountId: "own", paused: true });
});

it("pauses an account of the file, and uses the file's settings where both have some", async () => {
  configure("shop", "other");
  key("shop");
  key("other");
  settings = [setting("other"), setting("shop", { settings: null, state: "paused" })];
  const look = accounts();
  const found = await look();
  await look();
  expect(found.map(({ accountId, region, paused }) => [accountId, region, paused])).toEqual([
    ["shop", "na", true],
    ["other", "na", undefined],
  ]);
  expect(told).toEqual(["file: other"]);
});
