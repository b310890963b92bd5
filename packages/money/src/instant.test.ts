import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDuration, parseDuration } from "./duration.ts";
import { formatCompact, formatInstant, formatMillis, formatReportTime, parseInstant, readInstant } from "./instant.ts";

describe("instants", () => {
  it("refuses days, hours and offsets that do not exist", () => {
    for (const text of [
      "2023-02-30T00:00:00Z",
      "2023-13-01T00:00:00Z",
      "2023-01-01T24:00:00Z",
      "2023-01-01T00:60:00Z",
      "2023-01-01T00:00:00",
      "2023-01-01",
      "2023-01-01T00:00:00 +1500",
      "01/02/2023",
      "0026-11-30T00:00:00Z",
      "0099-01-01T00:00:00Z",
      "202301-01T00:00:00Z",
      "2023-01-01T00:0000Z",
      "2023-01-01T00:00:00\r +0000",
      "2023-01-01T00:00:00\u00a0+0000",
      "2023-01-01T00:00:00\t+0000",
      "",
    ]) {
      expect(readInstant(text), text).toBeNull();
    }
    expect(() => parseInstant("yesterday")).toThrowError(/cannot read "yesterday" as a time/);
  });

  it("reads every form of the service as the same moment", () => {
    const moment = Date.UTC(2015, 9, 1, 14, 6, 47);
    for (const text of [
      "2015-10-01T07:06:47 -0700",
      "2015-10-01T07:06:47-0700",
      "2015-10-01T14:06:47+00:00",
      "2015-10-01T14:06:47 -0000",
      "20151001T140647Z",
      "2015-10-01T14:06:47.000Z",
    ]) {
      expect(parseInstant(text), text).toBe(moment);
    }
    expect(formatReportTime(moment, -420)).toBe("2015-10-01T07:06:47 -0700");
    expect(formatReportTime(moment, 330)).toBe("2015-10-01T19:36:47 +0530");
    expect(formatCompact(moment)).toBe("20151001T140647Z");
    expect(formatMillis(moment + 717)).toBe("2015-10-01T14:06:47.717Z");
  });

  it("reads back what it writes", () => {
    const whole = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
    fc.assert(
      fc.property(whole, fc.integer({ min: -840, max: 840 }), (moment, offset) => {
        expect(parseInstant(formatReportTime(moment, offset))).toBe(moment);
        expect(parseInstant(formatInstant(moment))).toBe(moment);
        expect(parseInstant(formatCompact(moment))).toBe(moment);
      }),
    );
  });
});

describe("durations", () => {
  it("refuses what is not ISO 8601", () => {
    for (const text of ["", "P", "PT", "1D", "P1H", "P-1D", "P1DT"]) {
      expect(() => parseDuration(text), text).toThrowError(/cannot read/);
    }
  });

  it("adds exact spans and calendar months", () => {
    const day = parseInstant("2026-01-31T12:00:00Z");
    expect(formatInstant(addDuration(day, parseDuration("P1M")))).toBe("2026-02-28T12:00:00Z");
    expect(formatInstant(addDuration(day, parseDuration("P1Y1M")))).toBe("2027-02-28T12:00:00Z");
    expect(formatInstant(addDuration(day, parseDuration("P1DT1H1M1.5S")))).toBe("2026-02-01T13:01:01Z");
    expect(formatInstant(addDuration(day, parseDuration("P2W")))).toBe("2026-02-14T12:00:00Z");
  });
});
