import { expect, it } from "vitest";
import { monthOf, periodOf } from "./period.ts";

const asked = (values: Record<string, string>) => periodOf((name) => values[name]);

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

it("knows the months before, over the turn of the year", () => {
  const march = Date.UTC(2024, 2, 31, 23, 59);
  expect(monthOf(march, 0)).toEqual({ from: "2024-03-01", to: "2024-03-31" });
  expect(monthOf(march, 1)).toEqual({ from: "2024-02-01", to: "2024-02-29" });
  expect(monthOf(march, 3)).toEqual({ from: "2023-12-01", to: "2023-12-31" });
});
