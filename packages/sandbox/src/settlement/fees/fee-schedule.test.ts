import { describe, expect, it } from "vitest";
import { captureFee, returnedFee, scheduleAt, type FeeSchedule } from "./fee-schedule.ts";
import { FEE_SCHEDULES } from "./rates.ts";

const us = scheduleAt(FEE_SCHEDULES, "USD", 0) as FeeSchedule;
const uk = scheduleAt(FEE_SCHEDULES, "GBP", 0) as FeeSchedule;
const de = scheduleAt(FEE_SCHEDULES, "EUR", 0) as FeeSchedule;

describe("the schedule of an order", () => {
  const dated: FeeSchedule[] = [
    { ...us, from: 2000, rate: 1n },
    { ...us, from: 1000, rate: 2n },
    { ...uk, from: 1500, rate: 3n },
  ];

  it("is none where no row of the currency had begun", () => {
    expect(scheduleAt(dated, "USD", 999)).toBeUndefined();
    expect(scheduleAt(dated, "JPY", 5000)).toBeUndefined();
  });

  it("is the latest that had begun when the order was placed, whatever the order of the rows", () => {
    expect(scheduleAt(dated, "USD", 1000)?.rate).toBe(2n);
    expect(scheduleAt(dated, "USD", 1999)?.rate).toBe(2n);
    expect(scheduleAt(dated, "USD", 2000)?.rate).toBe(1n);
  });
});

describe("the fee of a capture", () => {
  it.each([
    ["the real file of 2015", us, 1000n, false, -29n, -30n],
    ["the British example of 10.00", uk, 1000n, false, -34n, -20n],
    ["the German example of 10.00", de, 1000n, false, -19n, -35n],
    ["a cross-border payment", us, 1000n, true, -39n, -30n],
    ["half a cent, rounded up", us, 50n, false, -1n, -30n],
    ["less than half a cent", us, 17n, false, -0n, -30n],
  ] as const)("%s", (_what, schedule, captured, crossBorder, percentage, fixed) => {
    expect(captureFee(schedule, captured, crossBorder)).toEqual({ percentage, fixed });
  });

  it("of a rate of 2.2 % matches the real file of 2018", () => {
    expect(captureFee({ ...us, rate: 220n }, 500n, false)).toEqual({ percentage: -11n, fixed: -30n });
  });
});

describe("the fee that comes back", () => {
  it("is the percentage part in proportion, and nothing of the fixed part", () => {
    expect(returnedFee(5000n, 10_000n, -290n, 290n)).toEqual({ percentage: 145n, fixed: 0n });
  });

  it("never exceeds what is left of the fee taken", () => {
    expect(returnedFee(11_500n, 10_000n, -290n, 290n).percentage).toBe(290n);
    expect(returnedFee(5000n, 10_000n, -290n, 100n).percentage).toBe(100n);
  });

  it("of nothing is nothing", () => {
    expect(returnedFee(0n, 0n, 0n, 0n)).toEqual({ percentage: 0n, fixed: 0n });
  });
});
