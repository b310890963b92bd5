import { describe, expect, it } from "vitest";
import { newParts, within } from "./kept-period.ts";

const before = { from: 100, to: 200 };

describe("what is new of the time for which there are records", () => {
  it.each([
    ["nothing, where there are none", null, before, []],
    ["nothing, where it is the same or shorter", { from: 120, to: 200 }, before, []],
    ["all of it, the first time", before, null, [before]],
    ["all of it, where it lies apart", { from: 300, to: 400 }, before, [{ from: 300, to: 400 }]],
    ["what older records add", { from: 50, to: 200 }, before, [{ from: 50, to: 99 }]],
    ["what newer records add", { from: 100, to: 250 }, before, [{ from: 201, to: 250 }]],
    [
      "what both add",
      { from: 99, to: 201 },
      before,
      [
        { from: 99, to: 99 },
        { from: 201, to: 201 },
      ],
    ],
  ])("%s", (_what, now, then, parts) => {
    expect(newParts(now, then)).toEqual(parts);
  });
});

it("both ends belong to the time, and nothing belongs to none", () => {
  expect([99, 100, 200, 201].map((time) => within(before, time))).toEqual([false, true, true, false]);
  expect(within(null, 150)).toBe(false);
});
