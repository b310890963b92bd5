import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf, dayAfter, UTC } from "./calendar.ts";
import { HOUR } from "./duration.ts";
import { formatInstant } from "./instant.ts";

describe("calendars", () => {
  it("refuses what is no time zone or no day", () => {
    for (const zone of ["Tokyo", "+09:00", "", "Europe/Nowhere", "-0700"])
      expect(() => calendarOf(zone), zone).toThrowError(/unknown time zone .* IANA name/);
    for (const day of ["2026-02-31", "2026-1-1", "2026-01-01T00:00:00Z", ""]) {
      expect(() => UTC.startOf(day), day).toThrowError(/as a day such as/);
      expect(() => calendarOf("Asia/Tokyo").startOf(day), day).toThrowError(/as a day such as/);
      expect(() => dayAfter(day), day).toThrowError(/as a day such as/);
    }
  });

  it.each([
    ["UTC", "2026-01-01", "2026-01-01T00:00:00Z"],
    ["Asia/Tokyo", "2026-01-01", "2025-12-31T15:00:00Z"],
    ["asia/tokyo", "2026-01-01", "2025-12-31T15:00:00Z"],
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z"],
    ["Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z"],
    ["America/Los_Angeles", "2026-11-01", "2026-11-01T07:00:00Z"],
    ["America/Los_Angeles", "2026-11-02", "2026-11-02T08:00:00Z"],
    ["Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00Z"],
    // Midnight does not exist on the day on which clocks are put forward, and comes twice on the other.
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"],
    ["America/Havana", "2025-11-02", "2025-11-02T04:00:00Z"],
    // Samoa went over the date line and left a day out.
    ["Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"],
    ["Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"],
  ])("in %s %s begins at %s", (zone, day, start) => {
    const calendar = calendarOf(zone);
    expect(formatInstant(calendar.startOf(day))).toBe(start);
    expect(calendar.dayOf(calendar.startOf(day) - 1) < day).toBe(true);
  });

  it("has days of 23 and 25 hours where clocks change", () => {
    const hours = (zone: string, day: string): number => {
      const calendar = calendarOf(zone);
      return (calendar.startOf(dayAfter(day)) - calendar.startOf(day)) / HOUR;
    };
    expect([hours("Europe/Berlin", "2026-03-29"), hours("Europe/Berlin", "2026-10-25")]).toEqual([23, 25]);
    expect([hours("Asia/Tokyo", "2026-03-29"), hours("UTC", "2026-03-29")]).toEqual([24, 24]);
    expect([dayAfter("2024-02-28"), dayAfter("2026-01-01", -1)]).toEqual(["2024-02-29", "2025-12-31"]);
  });

  it("has every moment between the start of its day and that of the next, in any order of asking", () => {
    const zones = fc.constantFrom("UTC", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
    const moments = fc.array(fc.integer({ min: Date.UTC(2012, 0), max: Date.UTC(2035, 0) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(zones, moments, (zone, times) => {
        const calendar = calendarOf(zone);
        for (const at of times) {
          const day = calendar.dayOf(at);
          expect(calendar.startOf(day)).toBeLessThanOrEqual(at);
          expect(calendar.startOf(dayAfter(day))).toBeGreaterThan(at);
          expect(calendarOf(zone).dayOf(at)).toBe(day);
        }
      }),
      { numRuns: 50 },
    );
  });
});
