import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger } from "@amazon-pay-kit/ledger";
import { startSandbox, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { systemClock, type Clock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";

interface Found {
  readonly status: number;
  readonly wrong: number;
  readonly findings: readonly { check: string; ok: unknown; found: string; advice?: string }[];
}

describe("apay doctor, against a sandbox", () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-doctor-"));
  let started: StartedSandbox;
  let good: Record<string, string>;

  beforeAll(async () => {
    started = await startSandbox({ port: 0, httpsPort: 0, seed: "doctor" });
    const [merchant] = started.ready.merchants;
    const [key] = merchant?.keys ?? [];
    good = {
      region: "na",
      publicKeyId: key?.publicKeyId ?? "",
      privateKeyFile: key?.privateKeyFile ?? "",
      endpoint: started.ready.https,
      caFile: started.ready.caFile,
    };
  });
  afterAll(async () => {
    await started.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const doctor = async (
    account: Record<string, string>,
    more: { dataDir?: string; clock?: Clock; hooks?: readonly object[] } = {},
  ): Promise<Found> => {
    const config = join(folder, "apay.config.json");
    const { dataDir = "books", hooks = [] } = more;
    writeFileSync(config, JSON.stringify({ accounts: { shop: account }, dataDir, hooks }));
    const terminal = testTerminal(folder);
    const args = ["doctor", "--json", "--config", config];
    const status = await runProgram(args, terminal, more.clock ?? systemClock, systemRandom);
    return { status, ...(JSON.parse(terminal.written.out) as Omit<Found, "status">) };
  };
  const of = (found: Found, check: string): Found["findings"][number] | undefined =>
    found.findings.find((finding) => finding.check === check);

  it("finds nothing where nothing is wrong", async () => {
    const found = await doctor(good);
    expect(found.findings.filter(({ ok }) => ok !== true)).toEqual([]);
    expect([found.status, found.wrong]).toEqual([0, 0]);
  });

  it("a webhook that was disabled, and what to do about it", async () => {
    const ledger = await openLedger({ dataDir: join(folder, "told") });
    const about = { account_id: "shop", since_at: 1, sequence: 3, attempts: 40 };
    for (const [name, failing, disabled] of [
      ["erp", 2, 3],
      ["mail", null, null],
      ["former", 2, 3],
    ] as const) {
      const state = {
        name,
        failing_since_at: failing,
        disabled_at: disabled,
        last_error: "hook erp answered with 503",
      };
      await ledger.store.db
        .insertInto("hook")
        .values({ ...about, ...state })
        .execute();
    }
    await ledger.store.db.insertInto("outbox_sequence").values({ account_id: "shop", last: 9, pruned: 0 }).execute();
    await ledger.close();
    const hooks = ["erp", "mail"].map((name) => ({ name, command: ["true"] }));
    const found = await doctor(good, { dataDir: "told", hooks });
    expect(of(found, "webhooks")).toMatchObject({
      ok: "warning",
      found: "erp is disabled since 1970-01-01T00:00:00Z, 6 events behind: hook erp answered with 503",
      advice: expect.stringContaining("apay webhooks enable erp") as string,
    });
    const well = await doctor(good, { dataDir: "told", hooks: hooks.slice(1) });
    expect(of(well, "webhooks")).toMatchObject({ ok: true, found: "mail: every event that they want was delivered" });
    expect(of(await doctor(good), "webhooks")).toMatchObject({ ok: true, found: "none is configured" });
  });

  it("a private key of another pair", async () => {
    const other = started.ready.merchants[1]?.keys[0]?.privateKeyFile ?? "";
    const found = await doctor({ ...good, privateKeyFile: other });
    expect(found.status).toBe(1);
    expect(of(found, "connection and signature")).toMatchObject({
      ok: false,
      advice: expect.stringMatching(/key/i) as string,
    });
  });

  it("a file that is no private key, and one that is not there", async () => {
    const path = join(folder, "no-key.pem");
    writeFileSync(path, "hello");
    for (const privateKeyFile of [path, join(folder, "nowhere.pem")]) {
      const found = await doctor({ ...good, privateKeyFile });
      expect(of(found, "private key")).toMatchObject({ ok: false, advice: expect.any(String) as string });
      expect(of(found, "connection and signature")?.ok).toBe("skipped");
    }
  });

  it("another region than the key's", async () => {
    const found = await doctor({ ...good, region: "eu" });
    expect(of(found, "connection and signature")).toMatchObject({
      ok: false,
      advice: expect.stringContaining("region") as string,
    });
  });

  it("a key id without prefix and without environment, and one that contradicts it", async () => {
    const bare = started.ready.merchants[0]?.keys.find(({ publicKeyId }) => !/^(SANDBOX|LIVE)/.test(publicKeyId));
    const found = await doctor({
      ...good,
      publicKeyId: bare?.publicKeyId ?? "",
      privateKeyFile: bare?.privateKeyFile ?? "",
    });
    expect(of(found, "public key id")).toMatchObject({
      ok: false,
      advice: expect.stringContaining("environment") as string,
    });
    const contradiction = await doctor({ ...good, environment: "live" });
    expect(of(contradiction, "public key id")).toMatchObject({ ok: false });
  });

  it("a clock that is off", async () => {
    const clock: Clock = { now: () => systemClock.now() + 20 * 60_000, sleep: systemClock.sleep };
    const found = await doctor(good, { clock });
    expect(found.status).toBe(1);
    expect(JSON.stringify(found.findings.filter(({ ok }) => ok === false))).toMatch(/clock|ahead/i);
  });

  it("a service that is not there, and a certificate that is not trusted", async () => {
    const nobody = await doctor({ ...good, endpoint: "https://127.0.0.1:9" });
    expect(of(nobody, "connection and signature")).toMatchObject({ ok: false });
    const { caFile: _caFile, ...untrusting } = good;
    const untrusted = await doctor(untrusting);
    expect(of(untrusted, "connection and signature")).toMatchObject({
      ok: false,
      advice: expect.stringContaining("certificate") as string,
    });
  });

  it.each([
    [401, "UnauthorizedAccess", /may not read reports/],
    [403, "InvalidAccountStatus", /not active/],
  ])("a key that is known and not allowed: %i %s", async (status, reasonCode, words) => {
    const { sandbox } = started;
    const match = { path: "/reports" };
    await sandbox.control("POST", "/faults", { match, fault: "status", status, reasonCode, times: 50 });
    try {
      const found = await doctor(good);
      expect(found.status).toBe(1);
      expect(of(found, "connection and signature")).toMatchObject({
        ok: false,
        found: expect.stringMatching(words) as string,
        advice: expect.stringContaining("Seller Central") as string,
      });
    } finally {
      await sandbox.control("DELETE", "/faults");
    }
  });

  it("a ledger that is no database, and one with a damaged page", async () => {
    const broken = join(folder, "broken");
    mkdirSync(broken);
    writeFileSync(join(broken, "ledger.sqlite"), "not a database, ".repeat(1000));
    await doctor(good, { dataDir: "damaged" });
    const path = join(folder, "damaged", "ledger.sqlite");
    const bytes = readFileSync(path);
    // Beyond the first pages, which hold what opening needs.
    bytes.fill(0x5a, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 8192);
    writeFileSync(path, bytes);
    for (const dataDir of ["broken", "damaged"]) {
      const found = await doctor(good, { dataDir });
      expect([found.status, of(found, "ledger")]).toMatchObject([
        1,
        { ok: false, advice: expect.stringContaining("apay sync --source folder") as string },
      ]);
    }
  });

  it("a folder that is none", async () => {
    const file = join(folder, "in-the-way");
    writeFileSync(file, readFileSync(good["caFile"] ?? ""));
    expect(of(await doctor(good, { dataDir: file }), "ledger")).toMatchObject({
      ok: false,
      advice: expect.stringContaining(file) as string,
    });
  });
});
