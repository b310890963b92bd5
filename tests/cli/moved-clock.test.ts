import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox, type ReadyMerchant, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../../packages/cli/src/program.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";

const DAY = 86_400_000;

interface Verdicts {
  settlements: { settlementId: string; status: string; activity: string }[];
  exceptions: { code: string }[];
}

/**
 * The machine's clock stays where it is, the sandbox's is moved: what every test of a shop does that waits for its
 * settlement. `apay` is told nothing about it.
 */
describe("a sandbox whose clock was moved", () => {
  let folder: string;
  let started: StartedSandbox;
  let merchant: ReadyMerchant;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "apay-moved-"));
    started = await startSandbox({ port: 0, httpsPort: 0, seed: "moved", processing: "straight" });
    merchant = started.ready.merchants[0] ?? expect.fail("the sandbox has no merchant");
  });
  afterEach(async () => {
    await started.close();
    rmSync(folder, { recursive: true });
  });

  async function apay(...args: string[]): Promise<{ status: number; out: string; err: string }> {
    const [key] = merchant.keys;
    const env = {
      AMAZON_PAY_REGION: merchant.region,
      AMAZON_PAY_PUBLIC_KEY_ID: key?.publicKeyId ?? "",
      AMAZON_PAY_PRIVATE_KEY_FILE: key?.privateKeyFile ?? "",
      AMAZON_PAY_ENDPOINT: started.ready.http,
      APAY_DATA_DIR: join(folder, "books"),
    };
    const terminal = testTerminal(folder, { env });
    const status = await runProgram(args, terminal, systemClock, systemRandom);
    return { status, ...terminal.written };
  }
  const verdicts = async (): Promise<Verdicts> => JSON.parse((await apay("reconcile", "--json")).out) as Verdicts;

  async function sell(amount: string): Promise<void> {
    const { sandbox, ready } = started;
    const { chargePermissionId } = await sandbox.control("POST", "/charge-permissions", {
      merchantId: merchant.merchantId,
      type: "OneTime",
      amount,
      currencyCode: "USD",
    });
    const [key] = merchant.keys;
    const client = new AmazonPay({
      region: "na",
      publicKeyId: key?.publicKeyId ?? "",
      privateKey: readFileSync(key?.privateKeyFile ?? "", "utf8"),
      baseUrl: ready.http,
    });
    await client.charges.create({
      chargePermissionId,
      chargeAmount: { amount, currencyCode: "USD" },
      captureNow: true,
    });
  }

  it.each([
    ["ahead, by a month", 31 * DAY],
    ["back, by most of a year", -300 * DAY],
  ])("%s: its reports are found, and judged by its time", async (_where, moved) => {
    const { clock } = started.sandbox;
    if (moved < 0) await clock.advance(moved);
    await sell("100.00");
    await clock.advance(Math.max(moved, 31 * DAY));

    const synced = await apay("sync", "--once");
    expect(synced.status, synced.err).toBe(0);
    expect(synced.out).not.toMatch(/^0 reports/);
    const first = await verdicts();
    expect(first.settlements).toContainEqual(expect.objectContaining({ status: "balanced", activity: "100.00" }));
    expect(first.exceptions).toEqual([]);

    // What comes later is found too, and so is that something did not come.
    await sell("70.00");
    await started.sandbox.control("POST", "/discrepancies", { kind: "drop-report", merchantId: merchant.merchantId });
    await clock.advance(15 * DAY);
    await sell("30.00");
    await clock.advance(25 * DAY);
    expect((await apay("sync", "--once")).status).toBe(0);
    const later = await verdicts();
    expect(later.exceptions.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["report.missing", "capture.unsettled"]),
    );

    const doctor = await apay("doctor");
    expect(doctor.out).toContain("whose clock was moved");
    expect(doctor.status).toBe(0);
    expect((await apay("disbursements", "list")).out).toMatch(/\d+\.\d\d +USD/);

    // Verdicts need no service: they are the same when it is gone.
    await started.close();
    expect(await verdicts()).toEqual(later);
  });

  it("put back after it was ahead: what happens then is found as well", async () => {
    const { clock } = started.sandbox;
    await clock.advance(60 * DAY);
    expect((await apay("sync", "--once")).status).toBe(0);
    await clock.advance(-60 * DAY);
    await sell("100.00");
    await clock.advance(20 * DAY);
    expect((await apay("sync", "--once")).status).toBe(0);
    expect((await verdicts()).settlements).toContainEqual(expect.objectContaining({ activity: "100.00" }));
  });

  it("by MWS", async () => {
    await sell("100.00");
    await started.sandbox.clock.advance(31 * DAY);
    const [key] = merchant.keys;
    const config = join(folder, "apay.config.json");
    const { sellerId, accessKeyId, secretKey, authToken } = merchant.mws;
    const account = {
      region: merchant.region,
      publicKeyId: key?.publicKeyId,
      privateKeyFile: key?.privateKeyFile,
      endpoint: started.ready.http,
      sources: ["mws"],
      mws: { sellerId, accessKeyId, secretKey, authToken, endpoint: started.ready.http },
    };
    writeFileSync(config, JSON.stringify({ accounts: { shop: account } }));
    const synced = await apay("sync", "--once", "--config", config);
    expect(synced.status, synced.err).toBe(0);
    expect((await verdicts()).settlements).toContainEqual(expect.objectContaining({ activity: "100.00" }));
  });
});
