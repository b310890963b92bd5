import { calendarOf, formatInstant, UTC } from "@amazon-pay-kit/money";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { expect, it } from "vitest";
import { apiEnd, apiTime, endOf, momentOf, periodOf } from "./times.ts";

const clock = manualClock(Date.UTC(2026, 0, 20, 12));
const utc = { clock, calendar: () => UTC };
const tokyo = { clock, calendar: () => calendarOf("Asia/Tokyo") };

it("refuses what is no time, and names the option and the remedy", () => {
  for (const text of ["2026-02-31", "yesterday", "2026-01-31T00:00:00", ""])
    expect(() => endOf(tokyo, text, "--to"), text).toThrowError(/--to: cannot read/);
});

it("takes days of the time zone, and times with an offset as they are", () => {
  expect(formatInstant(momentOf(tokyo, "2026-01-01", "--from"))).toBe("2025-12-31T15:00:00Z");
  expect(formatInstant(endOf(tokyo, "2026-01-31", "--to"))).toBe("2026-01-31T15:00:00Z");
  for (const context of [utc, tokyo])
    expect(formatInstant(endOf(context, "2026-02-01T00:00:00+09:00", "--to"))).toBe("2026-01-31T15:00:00Z");
});

it("refuses a period that ends before it begins, and takes one of a single day, or open at an end", () => {
  const period = (from?: string, to?: string) => periodOf(tokyo, { args: [], options: { from, to } });
  expect(() => period("2026-02-01", "2026-01-31")).toThrowError(expect.objectContaining({ code: "usage.period" }));
  expect(() => period("2026-01-31T00:00:00Z", "2026-01-31T00:00:00Z")).toThrowError(/--from .* --to/);
  const { from = 0, until = 0 } = period("2026-01-31", "2026-01-31");
  expect(until - from).toBe(24 * 3_600_000);
  expect(period("2026-01-31")).toEqual({ from, until: undefined });
  expect(period()).toEqual({ from: undefined, until: undefined });
});

it("asks the service for a period with its last day, and for none that is still to come", () => {
  expect(apiTime(utc, "2026-01-01", "--start")).toBe("20260101T000000Z");
  expect(apiEnd(utc, "2026-01-10", "--end")).toBe("20260111T000000Z");
  expect(apiEnd(tokyo, "2026-01-10", "--end")).toBe("20260110T150000Z");
  expect(apiEnd(utc, "2026-01-20", "--end")).toBe("20260120T120000Z");
  expect(apiEnd(utc, "2026-01-10T06:00:00Z", "--end")).toBe("20260110T060000Z");
  expect(apiEnd(utc, undefined, "--end")).toBeUndefined();
});
