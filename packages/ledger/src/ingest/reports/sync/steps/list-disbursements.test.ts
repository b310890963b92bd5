import { DAY } from "@amazon-pay-kit/money";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Ledger, openLedger } from "../../../../ledger.ts";
import type { ListedDisbursement, ReportSource, TimeWindow } from "../../sources/source.ts";

const START = Date.UTC(2026, 5, 1);
let clock: ReturnType<typeof manualClock>;
let ledger: Ledger;
beforeEach(async () => {
  clock = manualClock(START, { autoAdvance: true });
  ledger = await openLedger({ dataDir: ":memory:", clock });
});
afterEach(() => ledger.close());

const payout = (referenceId: string, amountMinor = 9680n): ListedDisbursement => ({
  settlementId: "1000000001",
  referenceId,
  sellerId: null,
  amountMinor,
  currency: "USD",
  transferredAt: START,
});

/** Syncs once, and gives the stretches that payouts were asked for, in days before now. */
async function asked(options: { readonly disbursements?: boolean } = {}, ...payouts: ListedDisbursement[]) {
  const windows: TimeWindow[] = [];
  const source: ReportSource = {
    name: "v2",
    async *list() {
      yield [];
    },
    fetch: () => Promise.reject(new Error("nothing here can be fetched")),
    async *disbursements(window) {
      windows.push(window);
      yield payouts;
    },
  };
  const now = clock.now();
  const { failures } = await ledger.sync({
    accounts: [{ accountId: "shop", region: "na", environment: "live", sources: [source] }],
    backfillDays: 30,
    ...options,
  });
  expect(failures).toEqual([]);
  return windows.map(({ from, until }) => [Math.round((now - from) / DAY), Math.round((now - until) / DAY)]);
}
const kept = () =>
  ledger.store.db.selectFrom("disbursement").select(["disbursement_reference_id", "amount_minor"]).execute();

it("all that the service keeps at first, then what came since and two weeks before, for payouts are told late", async () => {
  expect(await asked()).toEqual([[30, 0]]);
  await clock.advance(DAY);
  expect(await asked()).toEqual([[15, 0]]);
  await clock.advance(60 * DAY);
  expect(await asked()).toEqual([[30, 0]]);
});

it("not at all where nobody wants them", async () => {
  expect(await asked({ disbursements: false })).toEqual([]);
});

it("a payout that is told again is kept once: with its last amount, and with the reference that it got later", async () => {
  await asked({}, payout(""));
  await asked({}, payout("", 9700n));
  expect(await kept()).toEqual([{ disbursement_reference_id: "", amount_minor: 9700n }]);
  await asked({}, payout("R1"));
  await asked({}, payout("R1"), payout("R2", 100n));
  expect(await kept()).toEqual([
    { disbursement_reference_id: "R1", amount_minor: 9680n },
    { disbursement_reference_id: "R2", amount_minor: 100n },
  ]);
});
