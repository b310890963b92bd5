import { describe, expect, it } from "vitest";
import { addDuration, DAY, HOUR, MINUTE, parseDuration, SECOND } from "./duration.ts";

describe("durations", () => {
  it.each([
    "",
    "P",
    "PT",
    "P1",
    "1D",
    "P1DT",
    "P1D2W",
    "P-1D",
    "P1.5D",
    "PT1H1",
    "xP1D",
    "P1Dx",
    "P T1H",
    "PT0.1234S",
    "PTxS",
  ])("%j is refused", (text) => {
    expect(() => parseDuration(text)).toThrowError(/cannot read .* as a duration: expected ISO 8601/);
  });

  it.each<[string, number, number]>([
    ["P1D", 0, DAY],
    ["PT30S", 0, 30 * SECOND],
    ["P13M", 13, 0],
    ["PT15M", 0, 15 * MINUTE],
    ["PT84H", 0, 84 * HOUR],
    ["P12W", 0, 84 * DAY],
    ["P10Y", 120, 0],
    ["PT12.345S", 0, 12_345],
    ["P11Y12M13W14DT15H16M17.5S", 144, 105 * DAY + 15 * HOUR + 16 * MINUTE + 17_500],
  ])("%s is %i months and %i ms", (text, months, millis) => {
    expect(parseDuration(text)).toEqual({ months, millis });
  });

  it.each([
    ["2026-01-31T10:00:00Z", "P1M", "2026-02-28T10:00:00Z"],
    ["2024-01-31T10:00:00Z", "P1M", "2024-02-29T10:00:00Z"],
    ["2026-01-15T10:00:00Z", "P1M", "2026-02-15T10:00:00Z"],
    ["2026-11-30T00:00:00Z", "P3MT1H", "2027-02-28T01:00:00Z"],
    ["2026-02-28T00:00:00Z", "P1D", "2026-03-01T00:00:00Z"],
  ])("%s and %s is %s", (from, by, to) => {
    expect(addDuration(Date.parse(from), parseDuration(by))).toBe(Date.parse(to));
  });
});
