import { HOUR } from "@amazon-pay-kit/money";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { expect, it } from "vitest";
import { openLedger } from "../../../../ledger.ts";
import { testAccount } from "../../../../../../worker/src/jobs/testing/merchants.ts";
import type { SyncEvent } from "../events.ts";

it("a report that could not be fetched is said to wait until its next try is due, and is fetched then", async () => {
  const clock = manualClock(Date.UTC(2026, 0, 6));
  const ledger = await openLedger({ dataDir: ":memory:", clock });
  let broken = true;
  const onFetch = (_accountId: string, { reportId }: { readonly reportId: string }): void => {
    if (broken && reportId === "R2") throw new Error("the connection broke off");
  };
  const accounts = [testAccount({ accountId: "A1", reports: 3 }, { onFetch })];
  const waits: SyncEvent[] = [];
  const onEvent = (event: SyncEvent): void => {
    if (event.type === "waiting") waits.push(event);
  };
  const sync = () => ledger.sync({ accounts, onEvent });

  expect(await sync()).toMatchObject({ fetched: 2, notFetched: 1, waiting: 0 });
  broken = false;
  expect(await sync()).toMatchObject({ fetched: 0, notFetched: 0, waiting: 1, failures: [] });
  expect(waits).toMatchObject([{ type: "waiting", accountId: "A1", source: "v2", reports: 1 }]);
  const [wait] = waits;
  const nextAttemptAt = wait?.type === "waiting" ? wait.nextAttemptAt : Number.NaN;
  expect(nextAttemptAt).toBeGreaterThan(clock.now());
  expect(nextAttemptAt).toBeLessThanOrEqual(clock.now() + HOUR);
  await clock.advance(nextAttemptAt - clock.now());
  expect(await sync()).toMatchObject({ fetched: 1, notFetched: 0, waiting: 0 });
  await ledger.close();
});
