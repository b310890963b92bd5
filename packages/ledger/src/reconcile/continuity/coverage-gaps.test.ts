import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer, type WrittenRow } from "../testing/books-fixture.ts";
import { isBridged } from "./coverage-gaps.ts";

describe("a gap", () => {
  it.each<[string, readonly (readonly [number, number])[], boolean]>([
    ["with nothing in it", [], false],
    ["with one that leads over it", [[10, 20]], true],
    [
      "with two, in any order",
      [
        [15, 20],
        [10, 15],
      ],
      true,
    ],
    [
      "within the tolerance",
      [
        [11, 14],
        [15, 19],
      ],
      true,
    ],
    [
      "with a hole",
      [
        [10, 13],
        [16, 20],
      ],
      false,
    ],
    ["with one that ends too soon", [[10, 18]], false],
    ["with one that reaches beyond it on both sides", [[0, 30]], true],
  ])("%s", (_name, gaps, expected) => {
    const stretches = gaps.map(([from, to]) => ({ from, to }));
    expect(isBridged({ from: 10, to: 20 }, stretches, 1)).toBe(expected);
  });
});

describe("settlements of a time", () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture();
  });
  afterEach(() => ledger.close());

  const days = ["2026-05-01T00:00:00", "2026-05-08T00:00:00", "2026-05-15T00:00:00", "2026-05-22T00:00:00"] as const;
  const file = (week: 0 | 1 | 2, ...rows: readonly WrittenRow[]): Uint8Array =>
    settlementFile(`500000000${week + 1}`, days[week], days[week + 1] ?? days[3], rows);
  const paid = (week: 0 | 1 | 2, currency = "USD"): readonly WrittenRow[] => [
    { ...capture(days[week], `P01-111111${week}-1000001-C10000${currency.length}`, "10.00", "-0.29"), currency },
    { ...transfer(days[week + 1] ?? days[3], "9.41"), currency },
  ];
  const gaps = async (): Promise<readonly string[]> => {
    const { exceptions } = await reconcile(ledger);
    return exceptions
      .filter(({ code }) => code === "settlement.gap")
      .map((one) => `${one.settlementId} ${one.currency}`);
  };

  it("leave a gap where one is missing", async () => {
    await load(ledger, file(0, ...paid(0)), file(2, ...paid(2)));
    expect(await gaps()).toEqual(["5000000003 USD"]);
    await load(ledger, file(1));
    expect(await gaps()).toEqual([]);
  });

  it("have no gap where the one between has rows in another currency only, and files hold several", async () => {
    await load(ledger, file(0, ...paid(0), ...paid(0, "EUR")), file(1, ...paid(1, "EUR")), file(2, ...paid(2)));
    expect(await gaps()).toEqual([]);
  });

  it("have one where each currency has files of its own", async () => {
    await load(ledger, file(0, ...paid(0)), file(1, ...paid(1, "EUR")), file(2, ...paid(2)));
    expect(await gaps()).toEqual(["5000000003 USD"]);
  });
});
