import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rhythmOf } from "./judge.ts";
import { holesIn, inOneLine, type CoverageStatus, type Span } from "./span.ts";

const span = (from: number, to: number, status: CoverageStatus = "complete"): Span => ({ from, to, status });

describe("windows in one line", () => {
  it("is empty without windows", () => {
    expect(inOneLine([])).toEqual([]);
    expect(holesIn([])).toEqual([]);
  });

  it("joins neighbours, closes holes of two seconds and shows longer ones", () => {
    expect(inOneLine([span(10_000, 20_000), span(22_000, 30_000)])).toEqual([span(10_000, 30_000)]);
    const line = inOneLine([span(10_000, 20_000), span(22_001, 30_000)]);
    expect(holesIn(line)).toEqual([{ from: 20_000, to: 22_001 }]);
  });

  it("lets data count before everything else", () => {
    expect(inOneLine([span(0, 100_000, "missing"), span(20_000, 50_000), span(40_000, 70_000, "no-data")])).toEqual([
      span(0, 20_000, "missing"),
      span(20_000, 50_000),
      span(50_000, 70_000, "no-data"),
      span(70_000, 100_000, "missing"),
    ]);
  });

  it("gives for every moment the best answer that any window has for it", () => {
    const statuses = fc.constantFrom<CoverageStatus>("complete", "no-data", "late", "missing");
    const windows = fc.array(
      fc
        .record({ from: fc.nat(50), length: fc.integer({ min: 1, max: 20 }), status: statuses })
        .map(({ from, length, status }) => span(from * 10, (from + length) * 10, status)),
      { maxLength: 12 },
    );
    const order: CoverageStatus[] = ["late", "missing", "no-data", "complete"];
    const best = (list: readonly Span[], at: number): CoverageStatus | undefined =>
      list
        .filter(({ from, to }) => from <= at && at < to)
        .map(({ status }) => status)
        .sort((a, b) => order.indexOf(b) - order.indexOf(a))[0];
    fc.assert(
      fc.property(windows, (list) => {
        const line = inOneLine(list, 0);
        for (let at = 5; at < 720; at += 10) expect(best(line, at)).toBe(best(list, at));
        for (const [index, { to, status }] of line.entries()) {
          const next = line[index + 1];
          if (next === undefined) continue;
          expect(next.from).toBeGreaterThanOrEqual(to);
          if (next.from === to) expect(next.status).not.toBe(status);
        }
      }),
    );
  });
});

describe("a rhythm", () => {
  it("needs several windows of about one length", () => {
    expect(rhythmOf([])).toBeNull();
    expect(rhythmOf([span(0, 10), span(10, 20)])).toBeNull();
    expect(rhythmOf([span(0, 10), span(0, 10), span(10, 20)])).toBeNull();
    expect(rhythmOf([span(0, 10), span(10, 20), span(40, 49)])).toBe(10);
    expect(rhythmOf([span(0, 1), span(0, 10), span(0, 100), span(0, 1000)])).toBeNull();
  });
});
