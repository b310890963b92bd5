import { HOUR, MINUTE } from "@amazon-pay-kit/money";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testAccount } from "../../../../../../worker/src/jobs/testing/merchants.ts";
import { type Ledger, openLedger } from "../../../../ledger.ts";

describe("a report that cannot be fetched", () => {
  let ledger: Ledger;
  let clock: ReturnType<typeof manualClock>;
  beforeEach(async () => {
    clock = manualClock(Date.UTC(2026, 0, 6));
    ledger = await openLedger({ dataDir: ":memory:", clock });
  });
  afterEach(() => ledger.close());

  const sync = (code?: string): Promise<unknown> => {
    const onFetch = (): void => {
      throw Object.assign(new Error("it broke off"), code === undefined ? {} : { code });
    };
    return ledger.sync({ accounts: [testAccount({ accountId: "A1", reports: 1 }, { onFetch })] });
  };
  const report = () =>
    ledger.store.db
      .selectFrom("report")
      .select(["state", "state_reason", "attempts", "next_attempt_at"])
      .executeTakeFirstOrThrow();
  const alerts = async (): Promise<string[]> =>
    (await ledger.store.db.selectFrom("alert").select("code").where("cleared_at", "is", null).execute()).map(
      ({ code }) => code,
    );

  it("is tried again after two minutes, four, eight and so on, an hour at most; the fifth time there is an alert", async () => {
    for (const [attempt, minutes] of [2, 4, 8, 16, 32, 60, 60].entries()) {
      await sync();
      const { attempts, next_attempt_at: next } = await report();
      expect(attempts).toBe(attempt + 1);
      const wait = (next ?? 0) - clock.now();
      // By chance between half of it and all.
      expect(wait).toBeGreaterThanOrEqual((minutes * MINUTE) / 2);
      expect(wait).toBeLessThanOrEqual(minutes * MINUTE);
      expect(await alerts()).toEqual(attempt < 4 ? [] : ["report.not-fetched"]);
      await clock.advance(HOUR);
    }
  });

  it("is lost when the service does not have it any more: an alert, and no other try", async () => {
    await sync("api.not-found");
    expect(await report()).toMatchObject({
      state: "failed",
      state_reason: "api.not-found: it broke off",
      next_attempt_at: null,
    });
    expect(await alerts()).toEqual(["report.lost"]);
  });

  it("is nothing to worry about when the service has a newer one in its place", async () => {
    await sync("sync.superseded");
    expect(await report()).toMatchObject({ state: "failed", next_attempt_at: null });
    expect(await alerts()).toEqual([]);
  });
});
