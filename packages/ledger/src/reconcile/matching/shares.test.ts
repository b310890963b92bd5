import { describe, expect, it } from "vitest";
import { sharesOf } from "./shares.ts";
import type { RecordCandidate, RowCandidate } from "./match-candidates.ts";

const NO_IDS = { transactionId: null, referenceId: null, permissionId: null, orderId: null, parentId: null };

/** `1:A 250` says that 250 of record A stand against the first row. Rows are numbered, records lettered. */
function shares(rows: readonly bigint[], records: readonly (bigint | readonly [bigint, string])[]): string[] {
  const letters = "ABCDE";
  const group = {
    rule: "order-id" as const,
    rows: rows.map((amount, index): RowCandidate => ({
      ...NO_IDS,
      fileId: 1,
      line: index + 1,
      settlementId: "1",
      postedAt: index,
      currency: "USD",
      amount,
    })),
    records: records.map((given, index): RecordCandidate => {
      const [amount, currency] = typeof given === "bigint" ? [given, "USD"] : given;
      return { ...NO_IDS, recordId: index, occurredAt: index, done: true, amount, currency };
    }),
  };
  return sharesOf(group).map(({ row, record, amount }) => `${row.line}:${letters[record.recordId]} ${amount}`);
}

describe("what stands against each row of a group", () => {
  it.each<[string, bigint[], (bigint | readonly [bigint, string])[], string[]]>([
    ["nothing against no row", [], [500n], []],
    ["nothing without a record", [500n], [], []],
    ["one against one", [500n], [500n], ["1:A 500"]],
    ["each against its own", [300n, 200n], [300n, 200n], ["1:A 300", "2:B 200"]],
    ["a record in parts", [300n, 150n, 50n], [500n], ["1:A 300", "2:A 150", "3:A 50"]],
    ["several records against one row", [500n], [200n, 300n], ["1:A 200", "1:B 300"]],
    ["a record over the border of two rows", [300n, 200n], [250n, 250n], ["1:A 250", "1:B 50", "2:B 200"]],
    [
      "three records over three rows",
      [100n, 300n, 200n],
      [150n, 150n, 300n],
      ["1:A 100", "2:A 50", "2:B 150", "2:C 100", "3:C 200"],
    ],
    ["what is too little stays with the last row", [300n, 200n], [400n], ["1:A 300", "2:A 100"]],
    ["what is too much stays with the last row", [300n, 200n], [700n], ["1:A 300", "2:A 400"]],
    ["the last row takes all that is left", [300n], [200n, 250n, 10n], ["1:A 200", "1:B 250", "1:C 10"]],
    [
      "a row for which nothing is left stands against nothing",
      [300n, 200n, 100n],
      [300n],
      ["1:A 300", "2:A 0", "3:A 0"],
    ],
    ["such a row names the last record", [300n, 200n], [100n, 150n], ["1:A 100", "1:B 150", "2:B 0"]],
    ["a record of nothing is not left out", [500n], [500n, 0n], ["1:A 500", "1:B 0"]],
    ["a foreign record: each row against its own amount", [300n, 200n], [[500n, "EUR"]], ["1:A 300", "2:A 200"]],
    ["one foreign record among others", [300n, 200n], [300n, [200n, "EUR"]], ["1:A 300", "2:A 200"]],
  ])("%s", (_what, rows, records, expected) => {
    expect(shares(rows, records)).toEqual(expected);
  });

  it("a row without an amount stands against the record all the same", () => {
    expect(shares([0n, 500n], [500n])).toEqual(["1:A 0", "2:A 500"]);
  });
});
