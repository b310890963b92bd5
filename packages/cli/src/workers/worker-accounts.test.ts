import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { generateKeyPairSync } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadConfig } from "../config/config.ts";
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
beforeEach(() => {
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
  const context = { clock: systemClock, random: systemRandom, readConfig, config: readConfig } as Context;
  const log = { error: (_text: string, facts: object) => void told.push(String(Object.values(facts)[0])) };
  return accountsAtWork(context, log);
}

it("serves the others when the key of one is missing, and says whose", async () => {
  configure("good", "bad");
  key("good");
  const look = accounts();
  const [good, bad] = look();
  expect([good?.accountId, bad?.accountId, told]).toEqual(["good", "bad", ["bad"]]);
  const never = new AbortController().signal;
  const listing = bad!.sources[0]!.list({ from: 0, until: 1 }, never)[Symbol.asyncIterator]().next();
  await expect(listing).rejects.toMatchObject({ code: "config.private-key" });
  // The same until something changes, and not told again.
  expect(look()).toEqual([good, bad]);
  expect(told).toEqual(["bad"]);
  key("bad");
  const [same, mended] = look();
  expect(same).toBe(good);
  expect(mended).not.toBe(bad);
  expect(told).toEqual(["bad"]);
});

it("gives an account anew when its key is another, and drops one that is taken out", () => {
  configure("first", "second");
  key("first");
  key("second");
  const look = accounts();
  const [first, second] = look();
  key("next");
  copyFileSync(join(folder, "keys", "next.pem"), join(folder, "keys", "first.pem"));
  const [rotated, untouched] = look();
  expect(rotated).not.toBe(first);
  expect(untouched).toBe(second);
  configure("second", "third");
  key("third");
  expect(look().map(({ accountId }) => accountId)).toEqual(["second", "third"]);
});

it("refuses to begin when no account is of any use", () => {
  configure("only");
  expect(accounts()).toThrowError(expect.objectContaining({ code: "config.private-key" }));
});
