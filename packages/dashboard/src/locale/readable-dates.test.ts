import { expect, it } from "vitest";
import { formatter } from "./format.ts";
import { readableDates } from "./readable-dates.ts";

it("writes the moments and days of a sentence as people do, and leaves the rest", () => {
  const english = formatter("en", "Europe/Berlin");
  expect(readableDates("captured 2026-08-24T07:01:10Z, due 2026-08-27; order 2026-13-45", english)).toBe(
    "captured 24 Aug 2026, 09:01, due 27 Aug 2026; order 2026-13-45",
  );
  expect(readableDates("P01-2026-08-24x", formatter("de"))).toBe("P01-2026-08-24x");
});
