import { DAY } from "@amazon-pay-kit/money";
import { describe, expect, it } from "vitest";
import { pairContaining, runsOf } from "./contains.ts";
import { match } from "./matcher.ts";
import { sharesOf } from "./shares.ts";
import type { MatchGroup, RecordCandidate, RowCandidate } from "./match-candidates.ts";

const NO_IDS = { transactionId: null, referenceId: null, permissionId: null, orderId: null, parentId: null };

function row(line: number, amount: bigint, of: Partial<RowCandidate> = {}): RowCandidate {
  return { ...NO_IDS, fileId: 1, line, settlementId: "5000000001", postedAt: line, currency: "USD", amount, ...of };
}

function record(recordId: number, amount: bigint, of: Partial<RecordCandidate> = {}): RecordCandidate {
  return { ...NO_IDS, recordId, occurredAt: recordId, done: true, currency: "USD", amount, ...of };
}

/** `rule 1,2=7`: rows 1 and 2 stand against record 7. */
function told(groups: readonly MatchGroup[]): string[] {
  return groups.map(
    ({ rule, rows, records }) =>
      `${rule} ${rows.map(({ line }) => line).join()}=${records.map(({ recordId }) => recordId).join()}`,
  );
}

const climbed = (rows: readonly RowCandidate[], records: readonly RecordCandidate[]): string[] =>
  told(match(rows, records).groups);
const order = { orderId: "SHOP-100045" };

describe("what the matcher leaves alone", () => {
  it.each([
    ["no ids on either side", [row(1, 500n)], [record(1, 500n)]],
    [
      "a reference of Amazon's own",
      [row(1, 500n, { referenceId: "AUTHORIZE_1" })],
      [record(1, 500n, { referenceId: "AUTHORIZE_1" })],
    ],
    ["one permission, another amount", [row(1, 500n, { permissionId: "P" })], [record(1, 499n, { permissionId: "P" })]],
    [
      "one permission, another currency",
      [row(1, 500n, { permissionId: "P" })],
      [record(1, 500n, { permissionId: "P", currency: "EUR" })],
    ],
    ["one charge, a refund of another amount", [row(1, 500n, { parentId: "C" })], [record(1, 499n, { parentId: "C" })]],
    [
      "two and two that do not add up",
      [row(1, 500n, order), row(2, 300n, order)],
      [record(1, 400n, order), record(2, 399n, order)],
    ],
  ])("%s", (_what, rows, records) => {
    expect(match(rows, records)).toEqual({ groups: [], rows, records });
  });
});

describe("each rule", () => {
  it.each([
    ["transaction-id", { transactionId: "P01-1-1-C1" }],
    ["reference-id", { referenceId: "INV-1" }],
    ["parent-and-amount", { parentId: "P01-1-1-C1" }],
    ["permission-and-amount", { permissionId: "P01-1-1" }],
    ["order-id-and-amount", order],
  ])("%s pairs what is equal", (rule, ids) => {
    expect(climbed([row(1, 500n, ids)], [record(7, 500n, ids)])).toEqual([`${rule} 1=7`]);
  });

  it.each([
    ["transaction-id", { transactionId: "P01-1-1-C1" }],
    ["reference-id", { referenceId: "INV-1" }],
    ["order-id", order],
  ])("%s pairs a single candidate of another amount or currency", (rule, ids) => {
    expect(climbed([row(1, 500n, ids)], [record(7, 499n, ids)])).toEqual([`${rule} 1=7`]);
    expect(climbed([row(1, 500n, ids)], [record(7, 500n, { ...ids, currency: "EUR" })])).toEqual([`${rule} 1=7`]);
  });

  it("falls back to the order number where Amazon made the reference", () => {
    const row1 = row(1, 500n, { ...order, referenceId: "AUTHORIZE_99" });
    expect(climbed([row1], [record(7, 500n, { ...order, referenceId: "INV-1" })])).toEqual(["order-id-and-amount 1=7"]);
  });

  it("takes the better rule first, whatever a weaker one would match", () => {
    const rows = [row(1, 500n, { ...order, transactionId: "C1" }), row(2, 500n, order)];
    const records = [record(7, 500n, order), record(8, 500n, { ...order, transactionId: "C1" })];
    const expected = ["transaction-id 1=8", "order-id-and-amount 2=7"];
    expect(climbed(rows, records)).toEqual(expected);
    expect(climbed(rows.toReversed(), records.toReversed())).toEqual(expected);
  });
});

describe("one to many", () => {
  it("several partial captures make up one record, each against its own part", () => {
    const { groups } = match([row(1, 300n, order), row(2, 200n, order)], [record(7, 500n, order)]);
    expect(told(groups)).toEqual(["order-id-and-amount 1,2=7"]);
    expect(groups.flatMap(sharesOf).map(({ amount }) => amount)).toEqual([300n, 200n]);
  });

  it("one refund row stands against several records", () => {
    const ids = { parentId: "C1" };
    expect(climbed([row(1, 500n, ids)], [record(7, 200n, ids), record(8, 300n, ids)])).toEqual([
      "parent-and-amount 1=7,8",
    ]);
  });

  it("what a partial capture falls short of stays with the last row", () => {
    const { groups } = match([row(1, 300n, order), row(2, 150n, order)], [record(7, 500n, order)]);
    expect(told(groups)).toEqual(["order-id 1,2=7"]);
    expect(groups.flatMap(sharesOf).map(({ amount }) => amount)).toEqual([300n, 200n]);
  });
});

describe("rows and records that share a key", () => {
  const ids = { transactionId: "C1" };

  it("pair one to one where the amounts allow it, the earliest with the earliest", () => {
    const rows = [row(3, 300n, ids), row(1, 500n, ids), row(2, 500n, ids)];
    const records = [record(9, 500n, ids), record(8, 300n, ids), record(7, 500n, { ...ids, occurredAt: 10 })];
    const expected = ["transaction-id 1=9", "transaction-id 2=7", "transaction-id 3=8"];
    expect(climbed(rows, records)).toEqual(expected);
    expect(climbed(rows.toReversed(), records.toReversed())).toEqual(expected);
  });

  it("are never paired across currencies where each currency adds up by itself", () => {
    const [usd, eur] = [ids, { ...ids, currency: "EUR" }];
    const rows = [row(1, 300n, usd), row(2, 200n, usd), row(3, 100n, eur), row(4, 50n, eur)];
    expect(climbed(rows, [record(7, 150n, eur), record(8, 500n, usd)])).toEqual([
      "transaction-id 1,2=8",
      "transaction-id 3,4=7",
    ]);
    // 500 of one currency are not 500 of another, however many rows they come in.
    expect(climbed([row(1, 500n, order), row(2, 1n, order)], [record(7, 500n, { ...order, currency: "EUR" })])).toEqual(
      ["order-id 1,2=7"],
    );
  });

  it("leave one currency's rest to the rest of the other side", () => {
    const rows = [row(1, 300n, ids), row(2, 200n, ids), row(3, 100n, { ...ids, currency: "EUR" })];
    const records = [record(7, 500n, ids), record(8, 90n, { ...ids, currency: "EUR" })];
    expect(climbed(rows, records)).toEqual(["transaction-id 1,2=7", "transaction-id 3=8"]);
  });

  it("leave over what has no counterpart, and make no group without one", () => {
    const [one, other] = [record(7, 500n, ids), record(8, 300n, ids)];
    expect(match([row(1, 500n, ids)], [one, other])).toMatchObject({ groups: [{ records: [one] }], records: [other] });
    const [first, second] = [row(1, 500n, ids), row(2, 300n, ids)];
    expect(match([first, second], [one])).toMatchObject({ groups: [{ rows: [first] }], rows: [second], records: [] });
  });

  it("list the records of a group by their time, whatever their amounts", () => {
    const records = [record(7, 100n, ids), record(8, 200n, ids), record(9, 100n, ids)];
    expect(climbed([row(1, 400n, ids)], records)).toEqual(["transaction-id 1=7,8,9"]);
  });

  it("are not considered by later rules", () => {
    const both = { ...order, ...ids };
    const rows = [row(1, 500n, both), row(2, 500n, order)];
    const { groups, rows: left, records } = match(rows, [record(7, 500n, both)]);
    expect(told(groups)).toEqual(["transaction-id 1=7"]);
    expect([left.map(({ line }) => line), records]).toEqual([[2], []]);
  });

  it("count as the shop's own where Amazon's word is only a part of the reference", () => {
    const own = { referenceId: "SHOP-AUTHORIZE_1" };
    expect(climbed([row(1, 500n, own)], [record(7, 500n, own)])).toEqual(["reference-id 1=7"]);
  });
});

describe("the runs of an id", () => {
  it.each([
    ["SHOP-100045-1", ["shop", "100045", "shop100045", "1000451", "shop1000451"]],
    ["Äpfel/№ 7788", ["äpfel", "7788", "äpfel7788"]],
    ["-- ABCD --", ["abcd"]],
    ["abc", []],
    ["1-2-3", []],
    ["", []],
  ])("%j", (id, runs) => {
    expect([...runsOf(id)].sort()).toEqual(runs.toSorted());
  });

  it("end after twelve parts", () => {
    const id = Array.from({ length: 14 }, (_none, index) => `part${index + 10}`).join("-");
    expect(runsOf(id).has("part21")).toBe(true);
    expect(runsOf(id).has("part22")).toBe(false);
  });
});

describe("an id that contains another", () => {
  const shop = { orderId: "100045" };
  it.each([
    ["inside a longer number", row(1, 500n, { orderId: "21000459" }), [record(7, 500n, shop)]],
    ["another amount", row(1, 500n, order), [record(7, 499n, shop)]],
    ["another currency", row(1, 500n, order), [record(7, 500n, { ...shop, currency: "EUR" })]],
    ["more than a week apart", row(1, 500n, { ...order, postedAt: 7 * DAY + 8 }), [record(7, 500n, shop)]],
    ["two candidates", row(1, 500n, order), [record(7, 500n, shop), record(8, 500n, shop)]],
    ["a part too short to mean anything", row(1, 500n, { orderId: "SHOP-045" }), [record(7, 500n, { orderId: "045" })]],
  ])("is no pair: %s", (_what, one, records) => {
    expect(pairContaining([one], records)).toEqual([]);
  });

  it.each([
    ["the record's in the row's", { orderId: "SHOP-100045" }, { orderId: "100045" }],
    ["the row's in the record's", { orderId: "100045" }, { orderId: "SHOP-100045" }],
    ["whatever the case", { orderId: "Shop-Abc45" }, { orderId: "ABC45" }],
    ["whatever separates its parts", { orderId: "SHOP/100 045" }, { orderId: "100-045" }],
    ["of four characters", { orderId: "SHOP-1000" }, { orderId: "1000" }],
    ["in the references", { referenceId: "INV-100045" }, { referenceId: "100045" }],
    ["in another kind of id", { referenceId: "INV-100045" }, { orderId: "100045" }],
  ])("is a pair: %s", (_what, ofRow, ofRecord) => {
    expect(told(pairContaining([row(1, 500n, ofRow)], [record(7, 500n, ofRecord)]))).toEqual(["contains 1=7"]);
  });

  it.each([
    ["a short one of the row's", { orderId: "045" }, { orderId: "SHOP-045" }],
    ["a reference of Amazon's own", { referenceId: "AUTHORIZE_100045" }, { orderId: "100045" }],
    ["no ids", {}, {}],
  ])("is no pair: %s", (_what, ofRow, ofRecord) => {
    expect(pairContaining([row(1, 500n, ofRow)], [record(7, 500n, ofRecord)])).toEqual([]);
  });

  it("is a pair when it is the only one, within a week to the day", () => {
    const last = row(1, 500n, { ...order, postedAt: 7 * DAY + 7 });
    expect(told(pairContaining([last], [record(7, 500n, shop)]))).toEqual(["contains 1=7"]);
  });

  it("is no pair for two rows that want the same record", () => {
    expect(pairContaining([row(1, 500n, order), row(2, 500n, order)], [record(7, 500n, shop)])).toEqual([]);
  });
});
