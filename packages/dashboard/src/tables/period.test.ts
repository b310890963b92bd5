import { calendarOf, UTC } from "@amazon-pay-kit/ledger";
import { expect, it } from "vitest";
import { spanOf, monthOf, periodOf } from "./period.ts";

const asked = (values: Record<string, string>, calendar = UTC) => periodOf({ query: (name) => values[name], calendar });

it("refuses what is no day", () => {
  for (const from of ["2026-02-30", "2026-1-1", "31.01.2026", "yesterday", "2026-13-01", "\0"])
    expect(() => asked({ from }), from).toThrowError(/a day is written like 2026-01-31/);
});

it("takes whole days, the last one included", () => {
  expect(asked({ from: "2026-01-01", to: "2026-01-31" })).toEqual({
    from: Date.UTC(2026, 0, 1),
    until: Date.UTC(2026, 1, 1),
  });
  expect(asked({ to: "2024-02-29" })).toEqual({ until: Date.UTC(2024, 2, 1) });
  expect(asked({})).toEqual({});
});

it("takes them as the time zone has them, with 23 hours where clocks are put forward", () => {
  expect(asked({ from: "2026-01-01", to: "2026-01-31" }, calendarOf("Asia/Tokyo"))).toEqual({
    from: Date.UTC(2025, 11, 31, 15),
    until: Date.UTC(2026, 0, 31, 15),
  });
  expect(asked({ from: "2026-03-29", to: "2026-03-29" }, calendarOf("Europe/Berlin"))).toEqual({
    from: Date.UTC(2026, 2, 28, 23),
    until: Date.UTC(2026, 2, 29, 22),
  });
});

it("knows the months before, over the turn of the year", () => {
  const march = Date.UTC(2024, 2, 31, 23, 59);
  expect(monthOf(UTC, march, 0)).toEqual({ from: "2024-03-01", to: "2024-03-31" });
  expect(monthOf(UTC, march, 1)).toEqual({ from: "2024-02-01", to: "2024-02-29" });
  expect(monthOf(UTC, march, 3)).toEqual({ from: "2023-12-01", to: "2023-12-31" });
  expect(monthOf(calendarOf("Asia/Tokyo"), march, 0)).toEqual({ from: "2024-04-01", to: "2024-04-30" });
});

it("knows quarters and years, over the turn of the year", () => {
  const february = Date.UTC(2026, 1, 3);
  expect(spanOf(UTC, february, 3, 0)).toEqual({ from: "2026-01-01", to: "2026-03-31", year: 2026, part: 1 });
  expect(spanOf(UTC, february, 3, 1)).toEqual({ from: "2025-10-01", to: "2025-12-31", year: 2025, part: 4 });
  expect(spanOf(UTC, february, 12, 1)).toMatchObject({ from: "2025-01-01", to: "2025-12-31", year: 2025 });
});

it("refuses days that end before they begin, and names both", () => {
  expect(() => asked({ from: "2026-02-01", to: "2026-01-31" })).toThrowError(/from=2026-02-01 is after to=2026-01-31/);
});
