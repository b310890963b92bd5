import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, describe, expect, it } from "vitest";
import { createSandbox } from "./create-sandbox.ts";

const START = Date.UTC(2026, 0, 1);

describe("createSandbox", () => {
  it("starts with a merchant in each region, each with a key for the sandbox and one for both", async () => {
    const sandbox = await createSandbox({ seed: 1, clock: manualClock(START) });
    expect(sandbox.merchants.map(({ region, currency }) => [region, currency])).toEqual([
      ["na", "USD"],
      ["eu", "EUR"],
      ["jp", "JPY"],
    ]);
    for (const { keys } of sandbox.merchants) {
      expect(keys.map((key) => key.publicKeyId.startsWith("SANDBOX-"))).toEqual([true, false]);
      expect(keys[0]?.privateKeyPem).toContain("PRIVATE KEY");
      expect(keys[0]?.privateKeyPem).not.toBe(keys[1]?.privateKeyPem);
    }
  });

  it("gives the same ids for the same seed and others for another", async () => {
    const ids = async (seed: number) => {
      const sandbox = await createSandbox({ seed, clock: manualClock(START) });
      return sandbox.merchants.flatMap((merchant) => [merchant.merchantId, merchant.storeId, merchant.mws.authToken]);
    };
    expect(await ids(7)).toEqual(await ids(7));
    expect(await ids(7)).not.toEqual(await ids(8));
  });

  it("is as after start after a reset, also in what comes next", async () => {
    const sandbox = await createSandbox({ seed: 1, clock: manualClock(START) });
    const before = sandbox.snapshot();
    const added = await sandbox.addMerchant({ region: "na" });
    await sandbox.clock.advance("P40D");
    sandbox.reset();
    expect(sandbox.snapshot()).toBe(before);
    expect(sandbox.clock.now()).toBe(START);
    expect((await sandbox.addMerchant({ region: "na" })).merchantId).toBe(added.merchantId);
  });

  it("runs the scheduled tasks in order while the clock is moved", async () => {
    const sandbox = await createSandbox({ seed: 1, clock: manualClock(START) });
    const step: string[] = [];
    sandbox.engine.handle("bell", (item) => {
      step.push(`${item.subject} ${sandbox.engine.now() - START}`);
      if (item.subject === "early") sandbox.engine.schedule(sandbox.engine.now() + 500, "bell", "between");
    });
    sandbox.engine.schedule(START + 2000, "bell", "late");
    sandbox.engine.schedule(START + 1000, "bell", "early");
    sandbox.engine.schedule(START + 2500, "bell", "never");
    sandbox.engine.unschedule("bell", "never");
    await sandbox.clock.advance("PT3S");
    expect(step).toEqual(["early 1000", "between 1500", "late 2000"]);
    expect(sandbox.clock.now()).toBe(START + 3000);
  });
});

describe("createSandbox with a data folder", () => {
  const folders: string[] = [];
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), "sandbox-"));
    folders.push(path);
    return path;
  };
  afterEach(() => {
    for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
  });

  it("is the same after a restart: merchants, keys, clock and what comes next", async () => {
    const dataDir = folder();
    const clock = manualClock(START);
    const first = await createSandbox({ seed: 3, dataDir, clock });
    await first.clock.advance("P1D");
    const added = await first.addMerchant({ region: "jp" });
    const before = first.snapshot();
    const merchants = first.merchants;
    await first.close();
    const second = await createSandbox({ dataDir, clock });
    expect(second.snapshot()).toBe(before);
    expect(second.merchants).toEqual(merchants);
    expect(second.merchants.at(-1)).toEqual(added);
    expect(second.clock.now()).toBe(START + 86_400_000);
    await second.close();
  });

  it("refuses a folder that is in use, or was made with another seed", async () => {
    const dataDir = folder();
    const first = await createSandbox({ seed: 3, dataDir });
    await expect(createSandbox({ dataDir })).rejects.toThrow(/in use/);
    await first.close();
    await expect(createSandbox({ dataDir, seed: 4 })).rejects.toThrow(/seed 3/);
  });
});
