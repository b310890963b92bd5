import { expect, it } from "vitest";
import { formatter } from "./format.ts";

const MIDNIGHT = Date.UTC(2026, 0, 1);

it("shows moments in the time zone, and what a bank printed as it stands", () => {
  const [utc, west, east] = [formatter("en"), formatter("en", "America/Los_Angeles"), formatter("ja", "Asia/Tokyo")];
  expect([utc.day(MIDNIGHT), west.day(MIDNIGHT), west.bankDay(MIDNIGHT)]).toEqual([
    "1 Jan 2026",
    "31 Dec 2025",
    "1 Jan 2026",
  ]);
  expect(west.moment(MIDNIGHT)).toBe("31 Dec 2025, 16:00");
  expect(east.moment(MIDNIGHT)).toContain("09:00");
  expect([utc.month("2026-01-01"), west.month("2026-01-01")]).toEqual(["Jan 2026", "Jan 2026"]);
});

it("shows every currency with the digits of ISO 4217, not with those of shops", () => {
  const { money, amount } = formatter("en");
  expect(money(1_234_567n, "IQD")).toContain("1,234.567");
  expect(amount(1_234_567n, "KWD")).toBe("1,234.567");
  expect(money(-12_345n, "JPY")).toContain("12,345");
  expect(amount(-12_345n, "PLN")).toBe("-123.45");
});
