import { DAY, HOUR, MINUTE } from "@amazon-pay-kit/money";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { booksFixture } from "../testing/books-fixture.ts";
import { judgeType, LATE_AFTER, MISSING_AFTER } from "./judge.ts";
import type { ReportWindow } from "./windows.ts";

const SETTLEMENTS = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_";
const START = Date.UTC(2026, 0, 1);
const at = (days: number): number => START + days * DAY;
const window = (from: number, to: number, more: Partial<ReportWindow> = {}): ReportWindow => ({
  reportType: SETTLEMENTS,
  from: at(from),
  to: at(to),
  state: "loaded",
  createdAt: at(to),
  ...more,
});

describe("how it stands with settlement reports", () => {
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await booksFixture();
  });
  afterAll(() => ledger.close());

  const judged = async (now: number, ...windows: readonly ReportWindow[]): Promise<string[]> => {
    const judging = {
      db: ledger.store.db,
      accountId: "shop",
      now,
      lateAfterMillis: LATE_AFTER,
      missingAfterMillis: MISSING_AFTER,
    };
    const spans = await judgeType(judging, SETTLEMENTS, windows);
    return spans.map(({ from, to, status }) => `${(from - START) / DAY} to ${(to - START) / DAY}: ${status}`);
  };
  /** Three in a row, five days each: the next is due on the twentieth day. */
  const rhythm = [window(0, 5), window(5, 10), window(10, 15)];
  const loaded = "0 to 15: complete";

  it("the next one is late after 27 hours and missing two days later, not a minute before", async () => {
    const late = at(20) + 27 * HOUR;
    expect(await judged(late, ...rhythm)).toEqual([loaded]);
    expect(await judged(late + MINUTE, ...rhythm)).toEqual([loaded, "15 to 20: late"]);
    expect(await judged(late + 2 * DAY, ...rhythm)).toEqual([loaded, "15 to 20: late"]);
    expect(await judged(late + 2 * DAY + MINUTE, ...rhythm)).toEqual([loaded, "15 to 20: missing"]);
  });

  it("all that should have come since are missing, and the last of them may be late only", async () => {
    const end = at(35) + 27 * HOUR + MINUTE;
    expect(await judged(end, ...rhythm)).toEqual([loaded, "15 to 30: missing", "30 to 35: late"]);
    expect(await judged(end + 2 * DAY, ...rhythm)).toEqual([loaded, "15 to 35: missing"]);
    const daily = [window(0, 1), window(1, 2), window(2, 3)];
    expect(await judged(at(100) + 27 * HOUR + MINUTE, ...daily)).toEqual([
      "0 to 3: complete",
      "3 to 98: missing",
      "98 to 100: late",
    ]);
  });

  it("none is waited for after two, which make no rhythm, or after windows without one", async () => {
    expect(await judged(at(90), window(0, 5), window(5, 10))).toEqual(["0 to 10: complete"]);
    const irregular = [window(0, 1), window(1, 2), window(2, 12), window(12, 42)];
    expect(await judged(at(900), ...irregular)).toEqual(["0 to 42: complete"]);
  });

  it("a hole between two is missing as soon as it is old enough", async () => {
    const holed = [window(0, 5), window(5, 10), window(15, 20)];
    expect(await judged(at(20), ...holed)).toEqual(["0 to 10: complete", "10 to 15: missing", "15 to 20: complete"]);
  });

  it.each([
    ["failed", "missing"],
    ["quarantined", "missing"],
    ["no-data", "no-data"],
    ["linked", "complete"],
  ] as const)("a report that is %s makes its time %s", async (state, status) => {
    expect(await judged(at(5), window(0, 5, { state }))).toEqual([`0 to 5: ${status}`]);
  });

  it.each(["listed", "in-progress", "archived"] as const)(
    "a report that is only %s is late 27 hours after it was asked for, however old its time is",
    async (state) => {
      const asked = window(0, 5, { state, createdAt: at(100) });
      expect(await judged(at(100) + 27 * HOUR, asked)).toEqual([]);
      expect(await judged(at(100) + 27 * HOUR + MINUTE, asked)).toEqual(["0 to 5: late"]);
    },
  );
});
