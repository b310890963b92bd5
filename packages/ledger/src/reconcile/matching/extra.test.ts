import { expect, it } from "vitest";
import { extraOf, type Duplicate } from "./extra.ts";

function duplicate(line: number, of: Partial<Duplicate> = {}): Duplicate {
  return {
    fileId: 1,
    line,
    contentHash: "a",
    settlementId: "5",
    transactionId: "C1",
    postedAt: 100,
    type: "Capture",
    typeKey: "capture",
    currency: "USD",
    netMinor: 10n,
    ...of,
  };
}

const told = (duplicates: readonly Duplicate[]): string[] =>
  extraOf(duplicates).map(({ duplicate: { line }, first }) => `${line} after ${first.line}`);

it.each<[string, readonly Duplicate[], readonly string[]]>([
  ["a transaction that is there once", [duplicate(1)], []],
  ["two transactions", [duplicate(1), duplicate(2, { transactionId: "C2" })], []],
  ["a capture and its reversal", [duplicate(1), duplicate(2, { netMinor: -10n })], []],
  ["two rows of nothing, which have no direction", [duplicate(1, { netMinor: 0n }), duplicate(2)], ["2 after 1"]],
  ["a chargeback and its fee", [duplicate(1), duplicate(2, { typeKey: "fee" })], []],
  ["twice", [duplicate(1), duplicate(2)], ["2 after 1"]],
  ["three times", [duplicate(1), duplicate(2), duplicate(3)], ["2 after 1", "3 after 1"]],
  [
    "twice each way",
    [duplicate(1), duplicate(2), duplicate(3, { netMinor: -1n }), duplicate(4, { netMinor: -9n })],
    ["2 after 1", "4 after 3"],
  ],
  ["the later one first in the file", [duplicate(1, { postedAt: 200 }), duplicate(2)], ["1 after 2"]],
  ["at one time, the earlier settlement first", [duplicate(1, { settlementId: "6" }), duplicate(2)], ["1 after 2"]],
  ["in one settlement, by line", [duplicate(9), duplicate(2)], ["9 after 2"]],
  ["in two versions of a file, by what is in them", [duplicate(3, { contentHash: "b" }), duplicate(3)], ["3 after 3"]],
])("%s", (_what, duplicates, expected) => {
  expect(told(duplicates)).toEqual(expected);
  expect(told(duplicates.toReversed()).sort()).toEqual(expected.toSorted());
});

it("keeps the same row whichever file comes first", () => {
  const [left, right] = [duplicate(3, { contentHash: "a" }), duplicate(3, { contentHash: "b" })];
  for (const duplicates of [
    [left, right],
    [right, left],
  ])
    expect(extraOf(duplicates)).toEqual([{ duplicate: right, first: left }]);
});
