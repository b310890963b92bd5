import { openMemoryArchive } from "@amazon-pay-kit/ledger";
import { startSandbox, tradeTogether } from "@amazon-pay-kit/sandbox";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { freshDatabase } from "../../tests/postgres/database.ts";
import { type Merchant, work } from "./platform-worker.ts";

const DAY = 86_400_000;

it("brings in the reports of a platform's merchants, two workers at a time", async () => {
  const started = await startSandbox({ port: 0, httpsPort: 0, seed: "platform" });
  const { sandbox, ready } = started;
  try {
    await sandbox.clock.advance(-6 * DAY);
    const shops = sandbox.merchants.map(({ merchantId }) => ({
      merchantId,
      days: 4,
      orders: 12,
      books: { firstSettlementAfter: "P1D", settlementEvery: "P1D" },
      reports: { daily: false },
    }));
    await tradeTogether(sandbox, shops);
    await sandbox.clock.advance(2 * DAY);
    const merchants = ready.merchants.map((merchant, index): Merchant => {
      const key = merchant.keys[0];
      return {
        id: `shop-${index}`,
        region: merchant.region as Merchant["region"],
        environment: "sandbox",
        publicKeyId: key?.publicKeyId ?? "",
        privateKey: readFileSync(key?.privateKeyFile ?? "", "utf8"),
        baseUrl: ready.https,
        ca: readFileSync(ready.caFile, "utf8"),
      };
    });
    const reports = [...sandbox.engine.state.reports.values()].filter(
      ({ processingStatus }) => processingStatus === "COMPLETED",
    ).length;
    expect(reports).toBeGreaterThan(5);
    const stop = new AbortController();
    const loaded = new Map<string, number>();
    const onLoaded = (accountId: string): void => {
      loaded.set(accountId, (loaded.get(accountId) ?? 0) + 1);
      if ([...loaded.values()].reduce((sum, count) => sum + count, 0) === reports) stop.abort();
    };
    const databaseUrl = await freshDatabase();
    const worker = { databaseUrl, archive: openMemoryArchive(), merchants, warehouse: tmpdir(), metricsPort: 0 };
    await Promise.all([1, 2].map(() => work({ ...worker, signal: stop.signal, onLoaded })));
    expect([...loaded.keys()].sort()).toEqual(["shop-0", "shop-1", "shop-2"]);
  } finally {
    await started.close();
  }
});
