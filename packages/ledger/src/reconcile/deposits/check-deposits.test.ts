import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importStatement } from "../../bank/import-statement.ts";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../reconcile.ts";
import { booksAtHand, capture, load, settlementFile, transfer } from "../testing/books-at-hand.ts";

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
    ledger = await booksAtHand();
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
    await importStatement(
      ledger,
      (async function* () {
        yield new TextEncoder().encode(`${text}\n`);
      })(),
      {},
    );
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
});
