import { describe, expect, test } from "vitest";
import { seededRandom } from "../random/index.ts";
import { retryDelay } from "./delay.ts";
import { isRepeatable, RETRIED_STATUSES } from "./policy.ts";
import { parseRetryAfter } from "./retry-after.ts";

const NOW = Date.UTC(1994, 10, 6, 8, 49, 0);

describe("Retry-After", () => {
  test.each<[string | undefined, number | undefined]>([
    [undefined, undefined],
    ["", undefined],
    ["soon", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["1e3", undefined],
    ["0x10", undefined],
    ["99999999999", 99_999_999_999_000],
    ["9".repeat(400), Number.POSITIVE_INFINITY],
    ["2026-01-01T00:00:00Z", undefined],
    ["Sunday, 06-Nov-94 08:49:37 GMT", undefined],
    ["Mon, 06 Nov 1994 08:49:37 GMT", undefined],
    ["Wed, 31 Feb 2026 08:49:37 GMT", undefined],
    ["Sun, 06 Nov 1994 08:49:37 CET", undefined],
    ["Sun, 06 Xxx 1994 08:49:37 GMT", undefined],
    ["0", 0],
    [" 120 ", 120_000],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 37_000],
    ["Sun, 06 Nov 1994 08:48:00 GMT", 0],
  ])("%j asks for %s", (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });
});

describe("delays", () => {
  test("lie between nothing and 0.5, 1, 2, … 20 seconds, and use the whole of it", () => {
    const random = seededRandom(1);
    for (const [retry, ceiling] of [
      [1, 500],
      [2, 1000],
      [3, 2000],
      [6, 16_000],
      [7, 20_000],
      [40, 20_000],
    ] as const) {
      const delays = Array.from({ length: 500 }, () => retryDelay(retry, random));
      expect(Math.max(...delays)).toBeLessThanOrEqual(ceiling);
      expect(Math.max(...delays)).toBeGreaterThan(ceiling * 0.95);
      expect(Math.min(...delays)).toBeLessThan(ceiling * 0.05);
    }
  });

  test("are never shorter than the service asked for", () => {
    expect(retryDelay(1, seededRandom(2), 30_000)).toBe(30_000);
    expect(retryDelay(3, { fraction: () => 0.999_999, bytes: () => new Uint8Array() }, 1000)).toBe(2000);
  });
});

describe("what may be repeated", () => {
  test("a POST only where the service can tell a repeat", () => {
    expect(isRepeatable("POST", false, false)).toBe(false);
    expect(isRepeatable("POST", true, false)).toBe(true);
    expect(isRepeatable("POST", false, true)).toBe(true);
    for (const method of ["GET", "PATCH", "DELETE"] as const) expect(isRepeatable(method, false, false)).toBe(true);
  });

  test("the statuses", () => {
    expect([...RETRIED_STATUSES]).toEqual([408, 425, 429, 500, 502, 503, 504]);
  });
});
