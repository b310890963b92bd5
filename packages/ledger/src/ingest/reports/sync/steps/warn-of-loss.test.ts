import { DAY, MINUTE } from "@amazon-pay-kit/money";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Ledger, openLedger } from "../../../../ledger.ts";
import type { ListedStatus, ReportSource } from "../../sources/source.ts";

const MADE = Date.UTC(2026, 5, 1);
let clock: ReturnType<typeof manualClock>;
let ledger: Ledger;
beforeEach(async () => {
  clock = manualClock(MADE);
  ledger = await openLedger({ dataDir: ":memory:", clock });
});
afterEach(() => ledger.close());

/** Syncs with one report, which cannot be fetched, and gives the alerts that stand. */
async function alerts(status: ListedStatus): Promise<string[]> {
  const source: ReportSource = {
    name: "v2",
    async *list() {
      yield [
        {
          reportId: "R1",
          reportType: "GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA",
          windowStart: MADE - DAY,
          windowEnd: MADE,
          createdAt: MADE,
          status,
          processingStatus: status,
          documentId: null,
        },
      ];
    },
    fetch: () => Promise.reject(new Error("it broke off")),
  };
  await ledger.sync({ accounts: [{ accountId: "shop", region: "na", environment: "live", sources: [source] }] });
  const standing = await ledger.store.db
    .selectFrom("alert")
    .select(["code", "subject"])
    .where("cleared_at", "is", null)
    .where("code", "=", "report.expiring")
    .execute();
  return standing.map(({ subject }) => subject);
}

it.each(["ready", "in-progress"] as const)(
  "a report that is %s and was never fetched raises an alert at 80 days, which stands until it is gone",
  async (status) => {
    await clock.advance(80 * DAY - MINUTE);
    expect(await alerts(status)).toEqual([]);
    await clock.advance(MINUTE);
    expect(await alerts(status)).toEqual(["v2 R1"]);
    await clock.advance(DAY);
    expect(await alerts(status)).toEqual(["v2 R1"]);
    expect(await alerts("no-data")).toEqual([]);
  },
);
