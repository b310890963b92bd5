import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { Ledger } from "../../ledger.ts";
import { listForecasts } from "../../views/index.ts";
import { reconcile, type ReconcileOptions } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";

const id = (order: number): string => `P01-1111111-100000${order}-C10000${order}`;

describe.each(["SQLite", "PostgreSQL"])("orders that are older than the books on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    const orders: readonly (readonly [number, string])[] = [
      [1, "2025-03-01"],
      [2, "2026-04-10"],
      [3, "2026-05-02"],
      [4, "2026-05-03"],
      [5, "2026-05-30"],
    ];
    await ledger.records.add(
      orders.map(([order, day]) => ({
        kind: "charge" as const,
        amount: `${order}0.00`,
        currency: "USD",
        occurredAt: `${day}T10:00:00Z`,
        transactionId: id(order),
      })),
      { accountId: "shop" },
    );
    await settle("5000000002", "2026-05-01", "2026-05-15", 3);
  });
  afterEach(() => ledger.close());

  const settle = (settlementId: string, from: string, to: string, order: number): Promise<void> =>
    load(
      ledger,
      settlementFile(settlementId, `${from}T00:00:00`, `${to}T00:00:00`, [
        capture(`${from}T10:00:00`, id(order), `${order}0.00`, "0.00"),
        transfer(`${to}T00:00:00`, `${order - 1}9.70`),
      ]),
    );
  const unsettled = async (options?: ReconcileOptions): Promise<readonly (string | null)[]> => {
    const { exceptions } = await reconcile(ledger, options);
    const ids = exceptions.filter(({ code }) => code === "capture.unsettled").map((one) => one.transactionId);
    return ids.toSorted();
  };

  it("are not unsettled and not part of the next transfer; what is missing within the books is", async () => {
    expect(await unsettled()).toEqual([id(4)]);
    const [awaited] = await listForecasts(ledger, { awaited: true });
    // What is missing should have come: no forecast is made of it.
    expect(awaited?.capturesMinor).toBe(5000n);
  });

  it("are judged once a settlement of their time is there, and the same when everything is looked at again", async () => {
    await unsettled();
    await settle("5000000001", "2026-04-01", "2026-05-01", 9);
    expect(await unsettled()).toEqual([id(2), id(4)]);
    expect(await unsettled({ full: true })).toEqual([id(2), id(4)]);
  });

  it("are judged where the books are said to be complete", async () => {
    expect(await unsettled({ history: "complete" })).toEqual([id(1), id(2), id(4)]);
    expect(await unsettled()).toEqual([id(4)]);
  });
});
