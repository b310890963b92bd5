import { calendarOf, dayAfter } from "@amazon-pay-kit/money";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { importStatement } from "../ingest/bank/import-statement.ts";
import type { Ledger } from "../ledger.ts";
import { addRecords } from "../ingest/records/add-records.ts";
import { reconcile } from "../reconcile/reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../reconcile/testing/books-fixture.ts";
import { balancesAt } from "./balance-at.ts";
import { feesByType } from "./fees-by-type.ts";

const at = (text: string): number => Date.parse(`${text}Z`);
const charge = (number: number): string => `S01-0000001-000000${number}-C00000${number}`;

/**
 * Two settlements around the end of April. The first keeps a reserve of 10.00 and pays 86.80, which arrives on 4 May; the
 * second captures on both sides of midnight, the later capture with a fee 1.00 too high.
 */
async function fill(ledger: Ledger): Promise<void> {
  await load(
    ledger,
    settlementFile("1000000001", "2026-04-27T00:00:00", "2026-04-29T00:00:00", [
      capture("2026-04-27T10:00:00", charge(1), "100.00", "-2.90"),
      { at: "2026-04-29T00:00:00", type: "Reserve", amount: "-10.00", net: "-10.00" },
      transfer("2026-04-29T00:00:00", "86.80"),
    ]),
    settlementFile("1000000002", "2026-04-29T00:00:00", "2026-05-02T00:00:00", [
      { at: "2026-04-29T00:05:00", type: "Reserve", amount: "10.00", net: "10.00" },
      capture("2026-04-30T23:59:59", charge(2), "20.00", "-0.58"),
      capture("2026-05-01T00:00:00", charge(3), "50.00", "-2.45"),
      { at: "2026-05-01T12:00:00", type: "Refund", amount: "-10.00", percentage: "0.29", net: "-9.71" },
      transfer("2026-05-02T00:00:00", "66.66"),
    ]),
  );
  await importStatement(
    ledger,
    (async function* () {
      yield new TextEncoder().encode(
        "Date,Amount,Currency,Text\n2026-05-04,86.80,USD,AMAZON PAYMENTS\n2026-05-06,66.66,USD,AMAZON PAYMENTS\n",
      );
    })(),
    {},
  );
  await addRecords(
    ledger,
    [
      { day: "2026-04-27T10:00:00", number: 1, amount: "100.00" },
      { day: "2026-04-30T23:59:00", number: 2, amount: "20.00" },
      { day: "2026-04-30T23:59:30", number: 3, amount: "50.00" },
    ].map(({ day, number, amount }) => ({
      kind: "charge" as const,
      transactionId: charge(number),
      amount,
      currency: "USD",
      occurredAt: `${day}Z`,
    })),
  );
  const rates = [{ label: "domestic", percentage: "2.9", fixed: "0.30" }];
  await reconcile(ledger, { fees: { schedules: [{ currency: "USD", rates }] } });
}

const stores: Record<string, () => Promise<Ledger>> = {
  sqlite: () => booksFixture(),
  postgres: async () => booksFixture(await freshDatabase()),
};

for (const [name, open] of Object.entries(stores)) {
  describe(`a month's cut-off on ${name}`, () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await open();
      await fill(ledger);
    });
    afterEach(() => ledger.close());

    it("is nothing before the first settlement", async () => {
      expect(await balancesAt(ledger, { before: at("2026-04-27T00:00:00") })).toEqual([]);
      expect(await feesByType(ledger, { until: at("2026-04-27T00:00:00") })).toEqual([]);
    });

    it("counts what the bank booked by days of its own, in zones on either side of UTC", async () => {
      const onTheWay = async (zone: string, day: string): Promise<bigint | null | undefined> => {
        const calendar = calendarOf(zone);
        const before = calendar.startOf(dayAfter(day));
        const [one] = await balancesAt(ledger, { before, calendar });
        return one?.inTransitMinor;
      };
      for (const zone of ["America/Los_Angeles", "UTC", "Asia/Tokyo"]) {
        // 86.80 was sent in April, 66.66 on 2 May; booked on the 4th and the 6th.
        expect(await onTheWay(zone, "2026-05-03"), zone).toBe(8680n + 6666n);
        expect(await onTheWay(zone, "2026-05-04"), zone).toBe(6666n);
        expect(await onTheWay(zone, "2026-05-05"), zone).toBe(6666n);
        expect(await onTheWay(zone, "2026-05-06"), zone).toBe(0n);
      }
    });

    it("has what is held, what is on its way, and what no settlement row has yet", async () => {
      expect(await balancesAt(ledger, { before: at("2026-05-01T00:00:00") })).toEqual([
        {
          accountId: "shop",
          currency: "USD",
          settlementId: "1000000001",
          knownUntil: at("2026-05-01T00:00:00"),
          covered: true,
          // The reserve was released, and 20.00 less 0.88 came in.
          balanceMinor: 2912n,
          reserveMinor: 0n,
          runningActivityMinor: 2000n,
          runningFeesMinor: -88n,
          inTransitMinor: 8680n,
          onTheirWay: [
            {
              settlementId: "1000000001",
              transferredAt: at("2026-04-29T00:00:00"),
              amountMinor: 8680n,
              arrivedAt: at("2026-05-04T00:00:00"),
            },
          ],
          charges: { count: 1, amountMinor: 5000n },
          refunds: { count: 0, amountMinor: 0n },
        },
      ]);
    });

    it("has a transfer of the very moment with Amazon Pay, and a second later on its way", async () => {
      const [before] = await balancesAt(ledger, { before: at("2026-04-29T00:00:00"), currency: "USD" });
      expect(before).toMatchObject({ settlementId: null, balanceMinor: 9680n, inTransitMinor: 0n, onTheirWay: [] });
      expect(before).toMatchObject({ covered: true, runningActivityMinor: 10000n, runningFeesMinor: -320n });
      const [after] = await balancesAt(ledger, { before: at("2026-04-29T00:00:01") });
      expect(after).toMatchObject({ settlementId: "1000000001", balanceMinor: 1000n, inTransitMinor: 8680n });
      expect(await balancesAt(ledger, { before: at("2026-04-29T00:00:01"), currency: "EUR" })).toEqual([]);
    });

    it("tells the reserve apart, and how far the reports reach", async () => {
      expect(await balancesAt(ledger, { before: at("2026-04-29T00:00:01") })).toMatchObject([
        { balanceMinor: 1000n, reserveMinor: 1000n, inTransitMinor: 8680n },
      ]);
      expect(await balancesAt(ledger, { before: at("2026-06-01T00:00:00") })).toMatchObject([
        {
          balanceMinor: 0n,
          inTransitMinor: 0n,
          covered: false,
          knownUntil: at("2026-05-02T00:00:00"),
          settlementId: "1000000002",
        },
      ]);
    });

    it("has the fees of any period, whole days or not, as its rows have them", async () => {
      const rows = await ledger.store.db.selectFrom("settlement_row").selectAll().execute();
      const texts = ["04-27T10:00:00", "04-29T00:05:00", "04-30T15:00:00", "05-01T00:00:00"];
      const moments = [undefined, ...texts.map((text) => at(`2026-${text}`))];
      const ends = [...moments, at("2026-04-27T10:00:01"), at("2026-05-01T12:00:00"), at("2026-05-03T00:00:00")];
      for (const from of moments) {
        for (const until of ends) {
          const within = rows.filter(
            (row) =>
              ["capture", "refund"].includes(row.type_key) &&
              row.posted_at >= (from ?? -Infinity) &&
              row.posted_at < (until ?? Infinity),
          );
          const sum = (pick: (row: (typeof rows)[number]) => bigint) =>
            within.reduce((all, row) => all + pick(row), 0n);
          const found = await feesByType(ledger, { from, until });
          const total = (pick: (one: (typeof found)[number]) => bigint) =>
            found.reduce((all, one) => all + pick(one), 0n);
          expect(found.reduce((all, one) => all + one.rows, 0)).toBe(within.length);
          expect(total((one) => one.amountMinor)).toBe(sum((row) => row.amount_minor));
          expect(total((one) => one.feeMinor)).toBe(sum((row) => row.net_minor - row.amount_minor));
          expect(total((one) => one.percentageMinor)).toBe(sum((row) => row.percentage_fee_minor));
        }
      }
    });

    it("has the fees of the rows of the time, by type", async () => {
      const april = await feesByType(ledger, { until: at("2026-05-01T00:00:00") });
      expect(april).toMatchObject([
        { typeKey: "capture", rows: 2, amountMinor: 12000n, feeMinor: -408n, unexpected: 0 },
      ]);
      const may = await feesByType(ledger, { from: at("2026-05-01T00:00:00") });
      expect(may).toMatchObject([
        {
          typeKey: "capture",
          rows: 1,
          percentageMinor: -245n,
          fixedMinor: -30n,
          unexpected: 1,
          differenceMinor: -100n,
        },
        { typeKey: "refund", rows: 1, amountMinor: -1000n, feeMinor: 29n, unexpected: 0 },
      ]);
      const all = await feesByType(ledger, { currency: "USD" });
      expect(all.reduce((sum, { feeMinor }) => sum + feeMinor, 0n)).toBe(-408n - 275n + 29n);
      expect(await feesByType(ledger, { currency: "EUR" })).toEqual([]);
      expect(all.map(({ unexpected }) => unexpected)).toEqual([1, 0]);
      await ledger.store.db.updateTable("exception").set({ status: "resolved" }).execute();
      const cleared = await feesByType(ledger, {});
      expect(cleared.map(({ unexpected, differenceMinor }) => [unexpected, differenceMinor])).toEqual([
        [0, 0n],
        [0, 0n],
      ]);
    });
  });
}
