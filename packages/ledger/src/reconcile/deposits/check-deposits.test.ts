import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importStatement } from "../../ingest/bank/import-statement.ts";
import { inPieces } from "../../ingest/imports/testing/empty-books.ts";
import type { Ledger } from "../../ledger.ts";
import { balancesAt } from "../../views/balance-at.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";

/** A settlement of three days that ends with a transfer. */
function settlement(id: string, from: string, to: string, amount: string): Uint8Array {
  return settlementFile(id, from, to, [
    capture(from, `S01-0000001-${id.slice(0, 7)}-C000001`, (Number(amount) + 0.3).toFixed(2), "0.00"),
    transfer(to, amount),
  ]);
}

describe("transfers that are on no bank statement", () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture();
    await load(
      ledger,
      settlement("1000000001", "2026-05-04T00:00:00", "2026-05-05T00:00:00", "50.00"),
      settlement("1000000002", "2026-05-05T00:00:00", "2026-05-06T00:00:00", "60.00"),
      settlement("1000000003", "2026-05-06T00:00:00", "2026-05-07T00:00:00", "70.00"),
    );
  });
  afterEach(() => ledger.close());

  const statement = async (...lines: readonly string[]): Promise<void> => {
    const text = ["Date,Amount,Currency,Reference", ...lines].join("\n");
    await importStatement(ledger, inPieces(`${text}\n`, 64), {});
  };
  const missing = async (): Promise<(string | null)[]> => {
    const { exceptions } = await reconcile(ledger);
    return exceptions.filter(({ code }) => code === "bank.missing-deposit").map(({ settlementId }) => settlementId);
  };

  it("are not missed without a statement, nor before the first line of one", async () => {
    expect(await missing()).toEqual([]);
    await statement("2026-05-20,1.00,USD,INTEREST", "2026-05-29,1.00,USD,INTEREST");
    expect(await missing()).toEqual([]);
  });

  it("are missed where an earlier one has arrived, also before the day of the first line", async () => {
    // The first line is of the 8th, when all three had been sent: it is about the first of them.
    await statement(
      "2026-05-08,50.00,USD,AMAZON PAYMENTS",
      "2026-05-11,70.00,USD,AMAZON PAYMENTS",
      "2026-05-29,1.00,USD,INTEREST",
    );
    expect(await missing()).toEqual(["1000000002"]);
  });

  it("are late, not missing, where exactly as much arrives after their days, also by a Japanese bank's name for it", async () => {
    await statement(
      "2026-05-08,50.00,USD,AMAZON PAYMENTS",
      "2026-05-11,70.00,USD,AMAZON PAYMENTS",
      "2026-05-20,60.00,USD,ｱﾏｿﾞﾝ ﾍﾟｲ",
      "2026-05-29,1.00,USD,INTEREST",
    );
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.filter(({ code }) => code.startsWith("bank."))).toMatchObject([
      {
        code: "bank.late-deposit",
        severity: "warning",
        settlementId: "1000000002",
        amount: "60.00",
        message: "transfer of 60.00 on 2026-05-06T00:00:00Z arrived on 2026-05-20; it was due by 2026-05-13",
      },
    ]);
  });

  it("are not missed before their days are over", async () => {
    await statement("2026-05-08,50.00,USD,AMAZON PAYMENTS");
    expect(await missing()).toEqual([]);
  });

  it("are missed once the statements reach beyond the fifth business day, and not on it", async () => {
    // The first was sent on Tuesday, the 5th: it may come until Tuesday, the 12th.
    await statement("2026-05-01,1.00,USD,INTEREST", "2026-05-12,1.00,USD,INTEREST");
    expect(await missing()).toEqual([]);
    await statement("2026-05-13,1.00,USD,INTEREST");
    expect(await missing()).toEqual(["1000000001"]);
  });

  it("are late from the day after the last of their days", async () => {
    const late = async (): Promise<(string | null)[]> => {
      const { exceptions } = await reconcile(ledger);
      return exceptions.filter(({ code }) => code === "bank.late-deposit").map(({ settlementId }) => settlementId);
    };
    await statement("2026-05-12,50.00,USD,AMAZON PAYMENTS", "2026-05-13,60.00,USD,AMAZON PAYMENTS");
    expect(await late()).toEqual([]);
    await statement("2026-05-15,70.00,USD,AMAZON PAYMENTS");
    expect(await late()).toEqual(["1000000003"]);
  });
});

describe("deposits from Amazon Pay without a transfer", () => {
  it.each([
    ["are of a time before the books until the fifth business day", "2026-05-11", []],
    ["are unknown from the day after", "2026-05-12", ["bank.unknown-deposit"]],
  ])("%s", async (_what, day, expected) => {
    const ledger = await booksFixture();
    await load(ledger, settlement("1000000001", "2026-05-04T00:00:00", "2026-05-05T00:00:00", "50.00"));
    const text = `Date,Amount,Currency,Reference\n2026-05-08,50.00,USD,AMAZON PAYMENTS\n${day},7.00,USD,AMAZON PAYMENTS\n`;
    await importStatement(ledger, inPieces(text, 64), {});
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.map(({ code }) => code).filter((code) => code.startsWith("bank."))).toEqual(expected);
    await ledger.close();
  });
});

describe("a bank that converts every payout", () => {
  const weeks = [1, 2, 3, 4, 5, 6, 7] as const;
  const arrivals = ["92.00", "92.40", "92.10", "96.00", "92.50", "92.30", "92.90"];
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture();
    const day = (week: number): string =>
      new Date(Date.UTC(2026, 3, 1) + week * 7 * 86_400_000).toISOString().slice(0, 10);
    await load(
      ledger,
      ...weeks.map((week) =>
        settlement(`100000000${week}`, `${day(week - 1)}T00:00:00`, `${day(week)}T00:00:00`, "100.00"),
      ),
    );
    const lines = weeks.map((week, index) => {
      const at = new Date(Date.parse(`${day(week)}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
      return `${at},${arrivals[index]},EUR,AMAZON PAYMENTS`;
    });
    await importStatement(ledger, inPieces(`Date,Amount,Currency,Reference\n${lines.join("\n")}\n`, 64), {});
  });
  afterEach(() => ledger.close());

  const currencies = async (conversions?: readonly { accountId?: string; tolerance: string }[]) => {
    const { exceptions } = await reconcile(ledger, conversions === undefined ? {} : { conversions });
    return exceptions.filter(({ code }) => code.startsWith("match.") || code.startsWith("bank."));
  };

  it("is a difference a payout, of one cause, until it is said", async () => {
    const found = await currencies();
    expect(found.map(({ code }) => code)).toEqual(weeks.map(() => "match.currency"));
    expect(new Set(found.map(({ cause }) => cause)).size).toBe(1);
    expect(found[0]?.message).toContain("allow it with bank.fx");
  });

  it("is none when it is said, but for the payout whose rate leaves the tolerance", async () => {
    const found = await currencies([{ accountId: "shop", tolerance: "1.5" }]);
    expect(found).toMatchObject([{ code: "match.currency", settlementId: "1000000004", amount: "100.00" }]);
    expect(found[0]?.message).toContain("3.95 %");
    expect(found[0]?.message).toContain("1.50 % are allowed");
    expect(await currencies([{ tolerance: "10" }])).toEqual([]);
    expect(await currencies([{ accountId: "other", tolerance: "10" }])).toHaveLength(weeks.length);
  });

  it("is refused with a tolerance that is no percentage", async () => {
    for (const tolerance of ["", "-1", "2%", "1.234", "a lot"])
      await expect(reconcile(ledger, { conversions: [{ tolerance }] })).rejects.toMatchObject({
        code: "books.bad-option",
      });
  });
});

describe("money that Amazon Pay brought from the bank", () => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture();
  });
  afterEach(() => ledger.close());

  const statement = async (...lines: readonly string[]): Promise<void> => {
    const text = ["Date,Amount,Currency,Reference", ...lines].join("\n");
    await importStatement(ledger, inPieces(`${text}\n`, 64), {});
  };
  /** A transfer of 970.70 comes back on the 10th, and is in the next one. */
  const bounced = () =>
    load(
      ledger,
      settlement("1000000001", "2026-04-01T00:00:00", "2026-04-08T00:00:00", "970.70"),
      settlementFile("1000000002", "2026-04-08T00:00:00", "2026-04-15T00:00:00", [
        capture("2026-04-09T10:00:00", "S01-0000001-1000002-C000001", "485.50", "0.00"),
        { at: "2026-04-10T10:00:00", type: "Transfer", amount: "970.70", net: "970.70" },
        transfer("2026-04-15T00:00:00", "1455.90"),
      ]),
    );
  const onItsWay = async (day: string): Promise<readonly (string | null)[]> => {
    const [balance] = await balancesAt(ledger, { before: Date.parse(`${day}T00:00:00Z`) });
    return [
      balance?.inTransitMinor?.toString() ?? null,
      ...(balance?.onTheirWay ?? []).map(({ settlementId, amountMinor }) => `${settlementId} ${amountMinor}`),
    ];
  };
  const judged = async () => {
    const { settlements, exceptions } = await reconcile(ledger);
    return [
      ...settlements.map(({ settlementId, bank }) => `${settlementId} ${bank}`),
      ...exceptions.map(({ code, amount }) => `${code} ${amount}`),
    ];
  };

  it("is a transfer that came back before it arrived: the next deposit has it, and nothing is missing or late", async () => {
    await bounced();
    await statement("2026-04-17,1455.90,USD,AMAZON PAYMENTS", "2026-05-29,1.00,USD,INTEREST");
    expect(await judged()).toEqual(["1000000001 unchecked", "1000000002 matched"]);
    expect(await onItsWay("2026-04-09")).toEqual(["97070", "1000000001 97070"]);
    expect(await onItsWay("2026-04-12")).toEqual(["0"]);
    expect(await onItsWay("2026-04-16")).toEqual(["145590", "1000000002 145590"]);
    expect(await onItsWay("2026-05-01")).toEqual(["0"]);
  });

  it("is a transfer that arrived and was taken back, each with its line", async () => {
    await bounced();
    await statement(
      "2026-04-09,970.70,USD,AMAZON PAYMENTS",
      "2026-04-13,-970.70,USD,AMAZON PAYMENTS RETURN",
      "2026-04-17,1455.90,USD,AMAZON PAYMENTS",
      "2026-05-29,1.00,USD,INTEREST",
    );
    expect(await judged()).toEqual(["1000000001 matched", "1000000002 matched"]);
    expect(await onItsWay("2026-04-12")).toEqual(["-97070", "1000000002 -97070"]);
    expect(await onItsWay("2026-05-01")).toEqual(["0"]);
  });

  it("is a balance below zero that was taken from the bank, found by a debit that speaks of Amazon Pay", async () => {
    await load(
      ledger,
      settlementFile("1000000001", "2026-04-01T00:00:00", "2026-04-08T00:00:00", [
        {
          at: "2026-04-02T00:00:00",
          type: "Chargeback",
          id: "S01-0000001-1000001-C000001",
          amount: "-300.00",
          net: "-300.00",
        },
        { at: "2026-04-08T00:00:00", type: "Transfer", amount: "300.00", net: "300.00" },
      ]),
    );
    await statement("2026-04-10,-300.00,USD,RENT", "2026-05-29,1.00,USD,INTEREST");
    expect((await judged())[0]).toBe("1000000001 unchecked");
    expect(await onItsWay("2026-05-01")).toEqual(["-30000", "1000000001 -30000"]);
    await statement("2026-04-10,-300.00,USD,AMAZON PAYMENTS DEBIT");
    expect((await judged())[0]).toBe("1000000001 matched");
    expect(await onItsWay("2026-05-01")).toEqual(["0"]);
  });
});
