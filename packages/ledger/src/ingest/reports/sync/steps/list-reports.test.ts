import { DAY } from "@amazon-pay-kit/money";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Ledger, openLedger } from "../../../../ledger.ts";
import type { ListedReport, ReportSource, TimeWindow } from "../../sources/source.ts";

const START = Date.UTC(2026, 5, 1);
let clock: ReturnType<typeof manualClock>;
let ledger: Ledger;
beforeEach(async () => {
  clock = manualClock(START, { autoAdvance: true });
  ledger = await openLedger({ dataDir: ":memory:", clock });
});
afterEach(() => ledger.close());

const report = (reportId: string, createdAt: number, status: ListedReport["status"]): ListedReport => ({
  reportId,
  reportType: "GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA",
  windowStart: createdAt - DAY,
  windowEnd: createdAt,
  createdAt,
  status,
  processingStatus: status === "in-progress" ? "IN_PROGRESS" : "CANCELLED",
  documentId: null,
});

/** Syncs once, and gives the stretch that was asked for, in days before now. */
async function asked(listed: readonly ListedReport[] = []): Promise<readonly [from: number, until: number]> {
  const windows: TimeWindow[] = [];
  const source: ReportSource = {
    name: "v2",
    async *list(window) {
      windows.push(window);
      yield listed;
    },
    fetch: () => Promise.reject(new Error("nothing here can be fetched")),
  };
  const now = clock.now();
  const { failures } = await ledger.sync({
    accounts: [{ accountId: "shop", region: "na", environment: "live", sources: [source] }],
    backfillDays: 30,
    overlapDays: 3,
  });
  expect(failures).toEqual([]);
  expect(windows).toHaveLength(1);
  const daysSince = (then = 0): number => Math.floor((now - then) / DAY + 0.5);
  return [daysSince(windows[0]?.from), daysSince(windows[0]?.until)];
}

it("the first time everything that the service keeps, then what came since, and a few days before", async () => {
  expect(await asked()).toEqual([30, 0]);
  await clock.advance(DAY);
  expect(await asked()).toEqual([4, 0]);
  await clock.advance(60 * DAY);
  expect(await asked()).toEqual([30, 0]);
});

it("a report that is still being made is asked for until it is done, but not for ever", async () => {
  const working = report("R1", START, "in-progress");
  await asked([working]);
  await clock.advance(10 * DAY);
  expect(await asked([working])).toEqual([13, 0]);
  await clock.advance(DAY);
  expect(await asked([working])).toEqual([11, 0]);
  await clock.advance(25 * DAY);
  expect(await asked([working])).toEqual([30, 0]);
  await clock.advance(DAY);
  expect(await asked([report("R1", START, "no-data")])).toEqual([30, 0]);
  await clock.advance(DAY);
  expect(await asked()).toEqual([4, 0]);
});
