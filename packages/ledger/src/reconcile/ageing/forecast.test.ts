import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { Ledger } from "../../ledger.ts";
import { listForecasts } from "../../views/index.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer, type WrittenRow } from "../testing/books-fixture.ts";
import { forecastOf } from "./forecast.ts";

const nothing = { capturesMinor: 0n, refundsMinor: 0n };
const past = { activityMinor: 10_000n, feesMinor: -320n, closingMinor: 0n, reserveMinor: 0n };

describe("what a forecast is made of", () => {
  it("is nothing at all for empty books", () => {
    expect(forecastOf({ recent: [], ...nothing })).toEqual({
      openingMinor: 0n,
      capturesMinor: 0n,
      refundsMinor: 0n,
      feesMinor: 0n,
      reserveMinor: 0n,
      expectedMinor: 0n,
    });
  });

  it("takes off no fees as long as no settlement has shown what they are", () => {
    expect(forecastOf({ recent: [], capturesMinor: 5000n, refundsMinor: 0n })).toMatchObject({
      feesMinor: 0n,
      expectedMinor: 5000n,
    });
  });

  it("takes off fees at the rate of all the recent settlements, not of the last alone", () => {
    const dearer = { ...past, feesMinor: -480n };
    expect(forecastOf({ recent: [past, dearer], capturesMinor: 5000n, refundsMinor: 0n })).toMatchObject({
      feesMinor: -200n,
      expectedMinor: 4800n,
    });
  });

  it("begins with what the last settlement left, and holds back a reserve as it did", () => {
    const last = { ...past, closingMinor: 700n, reserveMinor: -1000n };
    const older = { ...past, closingMinor: 9n, reserveMinor: -9n };
    expect(forecastOf({ recent: [last, older], capturesMinor: 10_000n, refundsMinor: -2500n })).toEqual({
      openingMinor: 700n,
      capturesMinor: 10_000n,
      refundsMinor: -2500n,
      feesMinor: -240n,
      reserveMinor: -1000n,
      expectedMinor: 6960n,
    });
  });

  it("expects no transfer out of a balance that is not above zero", () => {
    const last = { ...past, closingMinor: -5000n };
    expect(forecastOf({ recent: [last], capturesMinor: 3000n, refundsMinor: 0n }).expectedMinor).toBe(0n);
    expect(forecastOf({ recent: [past], capturesMinor: 0n, refundsMinor: -100n }).expectedMinor).toBe(0n);
  });

  it("makes up no fee rate from settlements that took nothing", () => {
    const refunded = { ...past, activityMinor: -500n };
    expect(forecastOf({ recent: [refunded], capturesMinor: 1000n, refundsMinor: 0n }).feesMinor).toBe(0n);
  });
});

describe.each(["SQLite", "PostgreSQL"])("forecasts in the books on %s", (database) => {
  let ledger: Ledger;
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
  });
  afterEach(() => ledger.close());

  const settle = (id: string, day: number, ...rows: readonly WrittenRow[]): Promise<void> => {
    const at = (date: number) => `2026-05-${String(date).padStart(2, "0")}T00:00:00`;
    return load(ledger, settlementFile(id, at(day), at(day + 3), rows));
  };
  const charge = (amount: string, id: string, currency = "USD") =>
    ledger.records.add([{ kind: "charge", amount, currency, occurredAt: "2026-05-30T10:00:00Z", transactionId: id }], {
      accountId: "shop",
    });
  const forecasts = async () => {
    await reconcile(ledger);
    return listForecasts(ledger);
  };
  const CAPTURE = "P01-1111111-1000002-C000002";

  it("has none for empty books", async () => {
    expect(await forecasts()).toEqual([]);
  });

  it("knows the amount but no day after one settlement, and puts beside it what came", async () => {
    await settle(
      "5000000001",
      1,
      capture("2026-05-01T10:00:00", "P01-1111111-1000001-C000001", "100.00", "-2.90"),
      transfer("2026-05-03T23:59:00", "96.80"),
    );
    await charge("50.00", CAPTURE);
    expect(await forecasts()).toEqual([
      {
        accountId: "shop",
        currency: "USD",
        afterSettlementId: "5000000001",
        openingMinor: 0n,
        capturesMinor: 5000n,
        refundsMinor: 0n,
        feesMinor: -160n,
        reserveMinor: 0n,
        expectedMinor: 4840n,
        expectedAt: null,
        overdueSince: null,
        settlementId: null,
        actualMinor: null,
      },
    ]);
    await settle(
      "5000000002",
      4,
      capture("2026-05-04T10:00:00", CAPTURE, "50.00", "-1.45"),
      transfer("2026-05-06T23:59:00", "48.25"),
    );
    const after = await forecasts();
    const [arrived] = after.filter(({ afterSettlementId }) => afterSettlementId === "5000000001");
    expect(arrived).toMatchObject({
      settlementId: "5000000002",
      expectedMinor: 4840n,
      actualMinor: 4825n,
      expectedAt: null,
      overdueSince: null,
    });
    const awaited = await listForecasts(ledger, { awaited: true });
    expect(awaited).toMatchObject([
      { afterSettlementId: "5000000002", capturesMinor: 0n, expectedMinor: 0n, expectedAt: Date.UTC(2026, 4, 10) },
    ]);
    // What has arrived never changes, whatever happens to the charges that it was made of.
    await charge("70.00", "P01-1111111-1000003-C000003");
    expect((await forecasts()).find(({ afterSettlementId }) => afterSettlementId === "5000000001")).toEqual(arrived);
  });

  it("keeps each currency by itself, also one that was never settled", async () => {
    await settle(
      "5000000001",
      1,
      capture("2026-05-01T10:00:00", "P01-1111111-1000001-C000001", "100.00", "-2.90"),
      transfer("2026-05-03T23:59:00", "96.80"),
    );
    await charge("10.00", CAPTURE);
    await charge("500", "P01-1111111-1000004-C000004", "JPY");
    expect(await forecasts()).toMatchObject([
      {
        currency: "JPY",
        afterSettlementId: "",
        capturesMinor: 500n,
        feesMinor: 0n,
        expectedMinor: 500n,
        expectedAt: null,
        overdueSince: null,
      },
      { currency: "USD", afterSettlementId: "5000000001", capturesMinor: 1000n, feesMinor: -32n, expectedMinor: 968n },
    ]);
  });
});
