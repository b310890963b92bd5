import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { importStatement } from "../../ingest/bank/import-statement.ts";
import type { Ledger } from "../../ledger.ts";
import { eventsOf, numberEvents } from "../../outbox/index.ts";
import { explainException, reopenException } from "../exceptions/index.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";

const first = settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-15T00:00:00", [
  capture("2026-01-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
  transfer("2026-01-14T10:00:00", "96.80"),
]);
const second = settlementFile("5000000002", "2026-01-15T00:00:00", "2026-02-02T00:00:00", [
  capture("2026-01-20T10:00:00", "P01-1111111-1000002-C100002", "50.00", "-1.60"),
  transfer("2026-02-01T10:00:00", "48.10"),
]);

async function* statement(...lines: readonly string[]): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(["Date,Description,Amount", ...lines, ""].join("\n"));
}

describe.each(["SQLite", "PostgreSQL"])("events of verdicts on %s", (database) => {
  let ledger: Ledger;
  let seen = 0;
  beforeEach(async () => {
    seen = 0;
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
  });
  afterEach(() => ledger.close());

  const bank = (...lines: readonly string[]): Promise<unknown> =>
    importStatement({ ...ledger, accountId: "shop" }, statement(...lines), {
      currency: "USD",
      dateFormat: "yyyy-mm-dd",
    });

  /** What is new since the last time, in words. */
  async function told(): Promise<string[]> {
    await numberEvents(ledger.store, "shop");
    const events = await eventsOf(ledger.store.db, { accountId: "shop", after: seen, limit: 100 });
    seen = events.at(-1)?.sequence ?? seen;
    return events
      .filter(({ code }) => code !== "report.loaded")
      .map(({ code, subject, facts }) =>
        [
          code,
          code.startsWith("exception") ? facts["code"] : subject,
          facts["amount"],
          facts["missing"],
          facts["status"],
        ]
          .filter((word) => word !== undefined && word !== null)
          .join(" "),
      );
  }

  it("come once for each change, in their order, whatever is worked out anew", async () => {
    await load(ledger, first);
    await reconcile(ledger);
    expect(await told()).toEqual(["settlement.reconciled 5000000001 balanced", "payout.expected 5000000001 96.80"]);
    await reconcile(ledger);
    await reconcile(ledger, { full: true });
    expect(await told()).toEqual([]);

    await bank("2026-01-02,RENT,-10.00", "2026-01-16,AMAZON PAYMENTS 5000000001,80.00", "2026-02-27,RENT,-10.00");
    const { exceptions } = await reconcile(ledger);
    expect(await told()).toEqual([
      "settlement.reconciled 5000000001 exceptions",
      "payout.short 5000000001 96.80 16.80",
      "exception.opened match.amount -16.80 open",
    ]);

    const id = exceptions[0]?.id ?? "";
    const ann = { ...ledger, who: "ann" };
    await explainException(ann, id, "a charge of the bank", "bank-fee");
    expect(await told()).toEqual([
      "settlement.reconciled 5000000001 explained",
      "exception.resolved match.amount -16.80 explained",
    ]);
    await reopenException(ann, id, "it was not");
    expect(await told()).toEqual([
      "settlement.reconciled 5000000001 exceptions",
      "exception.opened match.amount -16.80 reopened",
    ]);

    await bank("2026-01-17,AMAZON PAYMENTS 5000000001 REST,16.80");
    await load(ledger, second);
    await reconcile(ledger);
    const after = await told();
    expect(after).toContain("payout.expected 5000000002 48.10");
    expect(after).toContain("month.ready 2026-01");
    await reconcile(ledger, { full: true });
    expect(await told()).toEqual([]);
  });

  it("tell of a payout that arrived, and of one of which nothing did", async () => {
    await load(ledger, first);
    await load(ledger, second);
    await bank("2026-01-02,RENT,-10.00", "2026-01-16,AMAZON PAYMENTS 5000000001,96.80", "2026-02-27,RENT,-10.00");
    await reconcile(ledger);
    const all = await told();
    expect(all.filter((line) => line.startsWith("payout"))).toEqual([
      "payout.expected 5000000001 96.80",
      "payout.arrived 5000000001 96.80",
      "payout.expected 5000000002 48.10",
      "payout.short 5000000002 48.10 48.10",
    ]);
    expect(all.at(-1)).toBe("month.ready 2026-01");
    const span = await numberEvents(ledger.store, "shop");
    const events = await eventsOf(ledger.store.db, { accountId: "shop", limit: 100 });
    expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: span.last }, (_, index) => index + 1));
  });
});
