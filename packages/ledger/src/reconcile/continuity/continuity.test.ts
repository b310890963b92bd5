import { expect, it } from "vitest";
import { continuityOf } from "./continuity.ts";
import type { Link } from "./link.ts";

const link = (startAt: number | null, endAt: number | null): Link => ({ startAt, endAt }) as Link;
const rules = { tolerance: 2000, gaps: [] };

it.each([
  [100_000, "contiguous"],
  [102_000, "contiguous"],
  [102_001, "gap"],
  [98_000, "contiguous"],
  [97_999, "overlap"],
  [null, "unknown"],
] as const)(
  "a settlement that begins at %s, after one that ended at 100,000, with 2,000 to spare: %s",
  (start, expected) => {
    expect(continuityOf(link(0, 100_000), link(start, 200_000), rules)).toBe(expected);
  },
);

it("one whose end is not known says nothing about the next", () => {
  expect(continuityOf(link(0, null), link(100_000, 200_000), rules)).toBe("unknown");
});
