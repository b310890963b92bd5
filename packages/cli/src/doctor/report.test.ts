import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../config/config.ts";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";
import { redactorOf } from "./report.ts";

const ACCOUNT = {
  region: "eu",
  publicKeyId: "LIVE-AHQKDFOT3ZVXNUWXKJHWMS6N",
  privateKeyFile: "keys/tulip-secret.pem",
  merchantId: "A2MERCHANT0SECRET",
  endpoint: "https://127.0.0.1:1",
};

describe("the report of apay doctor", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "apay-report-"));
    const config = { accounts: { "tulip-shop": ACCOUNT }, dataDir: "private-books" };
    writeFileSync(join(folder, "apay.config.json"), JSON.stringify(config));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const doctor = async (file: string): Promise<{ status: number; err: string }> => {
    const terminal = testTerminal(folder);
    const status = await runProgram(["doctor", "--report", file], terminal, systemClock, systemRandom);
    return { status, err: terminal.written.err };
  };

  it("does not replace a file, and says where it cannot write", async () => {
    writeFileSync(join(folder, "there.json"), "mine");
    const there = await doctor("there.json");
    expect([there.status, there.err]).toEqual([2, expect.stringContaining("is there already")]);
    expect(readFileSync(join(folder, "there.json"), "utf8")).toBe("mine");
    const nowhere = await doctor("missing/report.json");
    expect([nowhere.status, nowhere.err]).toEqual([2, expect.stringContaining("cannot be written")]);
  });

  it("says what was found, and nothing of whose it is", async () => {
    expect((await doctor("report.json")).status).toBe(1);
    const path = join(folder, "report.json");
    const text = readFileSync(path, "utf8");
    for (const secret of ["AHQKDFOT", "tulip", "A2MERCHANT", "private-books", folder, tmpdir()])
      expect(text, secret).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({
      report: 1,
      settings: { accounts: 1, regions: ["eu"], store: "SQLite", archive: "folder", hooks: 0 },
      findings: expect.arrayContaining([
        expect.objectContaining({ account: "account-1", check: "private key", ok: false }) as object,
      ]) as object,
    });
    expect(statSync(path).mode & 0o077).toBe(process.platform === "win32" ? statSync(path).mode & 0o077 : 0);
  });

  it.each([
    ["cannot open /srv/shops/kim/live.pem: no such file", "cannot open <path>: no such file"],
    [String.raw`cannot open C:\Users\kim\live.pem`, "cannot open <path>"],
    ["connect postgres://kim:hunter2@db.example.com:5432/books refused", "connect postgres://<host> refused"],
    ["https://pay-api.amazon.eu.evil.example/live", "https://<host>"],
    ["https://pay-api.amazon.com/live/v2/charges/S01-1234567-1234567-C123456", "https://pay-api.amazon.com"],
    ["charge S01-1234567-1234567-C123456 of buyer@example.org", "charge <id> of <mail address>"],
    ["connect ECONNREFUSED 10.1.2.3:443", "connect ECONNREFUSED <ip address>:443"],
    ["the clock is 12 s slow on 2026-11-30", "the clock is 12 s slow on 2026-11-30"],
    ["-----BEGIN PRIVATE KEY-----\nMIIabc\n-----END PRIVATE KEY-----", "<key>"],
    ["account tulip-shop has no key", "account account-1 has no key"],
  ])("shows %j as %j", (found, shown) => {
    const config = loadConfig({}, {}, folder);
    expect(redactorOf(config)(found)).toBe(shown);
  });
});
