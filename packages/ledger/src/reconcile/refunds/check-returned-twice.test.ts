import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, type WrittenRow } from "../testing/books-fixture.ts";

const ORDER = "P01-1111111-1000001";
const charge = (amount: string): WrittenRow => capture("2026-01-02T10:00:00", `${ORDER}-C100001`, amount, "-2.90");
const back = (type: string, day: number, amount: string, of: Partial<WrittenRow> = {}): WrittenRow => ({
  at: `2026-01-${String(day).padStart(2, "0")}T10:00:00`,
  type,
  id: type === "Refund" ? `${ORDER}-R10000${day}` : `${ORDER}-C100001`,
  order: ORDER,
  amount: `-${amount}`.replace("--", ""),
  net: `-${amount}`.replace("--", ""),
  ...of,
});

describe.each(["SQLite", "PostgreSQL"])("money that went back on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
  });
  afterEach(() => ledger.close());

  const found = async (): Promise<string[]> =>
    (await reconcile(ledger)).exceptions
      .filter(({ code }) => code === "capture.returned-twice" || code === "refund.exceeds-capture")
      .map(({ code, amount, line }) => `${code} ${amount} at ${line}`);
  const settle = (id: string, month: number, ...rows: readonly WrittenRow[]): Promise<void> =>
    load(ledger, settlementFile(id, `2026-0${month}-01T00:00:00`, `2026-0${month + 1}-01T00:00:00`, rows));

  it.each<[string, readonly WrittenRow[], readonly string[]]>([
    [
      "by a refund and a claim",
      [back("Refund", 3, "100.00"), back("A-to-z Guarantee Claim", 5, "100.00")],
      ["capture.returned-twice 100.00 at 9"],
    ],
    [
      "by a chargeback and a refund after it",
      [back("Chargeback", 3, "100.00"), back("Refund", 5, "100.00")],
      ["capture.returned-twice 100.00 at 8"],
    ],
    [
      "by a claim and a chargeback",
      [back("Chargeback", 3, "100.00"), back("A-to-z Guarantee Claim", 5, "100.00")],
      ["capture.returned-twice 100.00 at 9"],
    ],
    ["in part", [back("Refund", 3, "30.00"), back("Chargeback", 5, "100.00")], ["capture.returned-twice 30.00 at 9"]],
    [
      "beside a refund that may exceed its capture",
      [back("Refund", 3, "105.00"), back("Chargeback", 5, "100.00")],
      ["capture.returned-twice 100.00 at 9"],
    ],
    ["once, in two parts", [back("Refund", 3, "40.00"), back("Chargeback", 5, "60.00")], []],
    [
      "by a chargeback that was reversed",
      [back("Refund", 3, "100.00"), back("Chargeback", 5, "100.00"), back("Chargeback", 7, "-100.00")],
      [],
    ],
    ["by a refund above its capture, as is allowed", [back("Refund", 3, "105.00")], []],
    [
      "by refunds alone, which have a rule of their own",
      [back("Refund", 3, "100.00"), back("Refund", 4, "100.00")],
      ["refund.exceeds-capture 85.00 at 9"],
    ],
  ])("%s", async (_how, rows, expected) => {
    await settle("5000000001", 1, charge("100.00"), ...rows);
    expect(await found()).toEqual(expected);
  });

  it("in settlements that come one after the other, until it is reversed", async () => {
    await settle("5000000001", 1, charge("100.00"), back("Refund", 3, "100.00"));
    expect(await found()).toEqual([]);
    await settle(
      "5000000002",
      2,
      back("A-to-z Guarantee Claim", 5, "100.00", { at: "2026-02-05T10:00:00", order: "" }),
    );
    expect(await found()).toEqual(["capture.returned-twice 100.00 at 7"]);
    await settle("5000000003", 3, back("A-to-z Guarantee Claim", 5, "-100.00", { at: "2026-03-05T10:00:00" }));
    expect(await found()).toEqual([]);
  });
});
