import { expect, it } from "vitest";
import { surplusOf, type Twin } from "./extra.ts";

function twin(line: number, of: Partial<Twin> = {}): Twin {
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

const told = (twins: readonly Twin[]): string[] =>
  surplusOf(twins).map(({ twin: { line }, first }) => `${line} after ${first.line}`);

it.each<[string, readonly Twin[], readonly string[]]>([
  ["a transaction that is there once", [twin(1)], []],
  ["two transactions", [twin(1), twin(2, { transactionId: "C2" })], []],
  ["a capture and its reversal", [twin(1), twin(2, { netMinor: -10n })], []],
  ["two rows of nothing, which have no direction", [twin(1, { netMinor: 0n }), twin(2)], ["2 after 1"]],
  ["a chargeback and its fee", [twin(1), twin(2, { typeKey: "fee" })], []],
  ["twice", [twin(1), twin(2)], ["2 after 1"]],
  ["three times", [twin(1), twin(2), twin(3)], ["2 after 1", "3 after 1"]],
  [
    "twice each way",
    [twin(1), twin(2), twin(3, { netMinor: -1n }), twin(4, { netMinor: -9n })],
    ["2 after 1", "4 after 3"],
  ],
  ["the later one first in the file", [twin(1, { postedAt: 200 }), twin(2)], ["1 after 2"]],
  ["at one time, the earlier settlement first", [twin(1, { settlementId: "6" }), twin(2)], ["1 after 2"]],
  ["in one settlement, by line", [twin(9), twin(2)], ["9 after 2"]],
  ["in two versions of a file, by what is in them", [twin(3, { contentHash: "b" }), twin(3)], ["3 after 3"]],
])("%s", (_what, twins, expected) => {
  expect(told(twins)).toEqual(expected);
  expect(told(twins.toReversed()).sort()).toEqual(expected.toSorted());
});

it("keeps the same row whichever file comes first", () => {
  const [left, right] = [twin(3, { contentHash: "a" }), twin(3, { contentHash: "b" })];
  for (const twins of [
    [left, right],
    [right, left],
  ])
    expect(surplusOf(twins)).toEqual([{ twin: right, first: left }]);
});
