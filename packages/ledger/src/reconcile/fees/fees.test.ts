import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { feesOverTime } from "../../views/index.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer, type WrittenRow } from "../testing/books-fixture.ts";
import type { FeeRate, FeeSchedule, FeeSettings } from "./schedule.ts";

let ledger: Ledger;
beforeEach(async () => {
  ledger = await booksFixture();
});
afterEach(() => ledger.close());

/** Fee exceptions by transaction, with how much was taken beyond the schedule. */
async function audited(schedules: readonly FeeSchedule[], more: Partial<FeeSettings> = {}): Promise<string[]> {
  const { exceptions } = await reconcile(ledger, { fees: { ...more, schedules } });
  return exceptions.filter(({ code }) => code === "fee.mismatch").map((one) => `${one.transactionId} ${one.amount}`);
}

const january = (rows: readonly WrittenRow[], id = "5000000001"): Uint8Array =>
  settlementFile(id, "2026-01-01T00:00:00", "2026-01-31T00:00:00", rows);

const ID = (number: number, letter = "C"): string => `P01-1111111-${1000000 + number}-${letter}${100000 + number}`;

describe("a schedule that makes no sense is refused by name", () => {
  it.each([
    [[{ currency: "USD" }], /neither rates nor tiers/],
    [[{ currency: "USD", rates: [{ label: "x", percentage: "2,9" }] }], /percentage/],
    [[{ currency: "USD", rates: [{ label: "x", percentage: "2.9", fixed: "-0.30" }] }], /without a sign/],
    [[{ currency: "USD", from: "1 May", rates: [{ label: "x", percentage: "2.9" }] }], /expected a day/],
    [[{ currency: "USD", from: "2026-02-31", rates: [{ label: "x", percentage: "2.9" }] }], /expected a day/],
    [[{ currency: "USD", tiers: [{ percentage: "2.9" }, { percentage: "1.9" }] }], /every tier but the last/],
    [
      [
        { currency: "USD", rates: [{ label: "x", percentage: "2.9" }] },
        { currency: "USD", rates: [{ label: "y", percentage: "1.9" }] },
      ],
      /begin on the same day/,
    ],
  ] as [FeeSchedule[], RegExp][])("%j", async (schedules, message) => {
    await load(ledger, january([capture("2026-01-02T10:00:00", ID(1), "100.00", "-2.90")]));
    await expect(reconcile(ledger, { fees: { schedules } })).rejects.toThrowError(message);
  });
});

describe("fees are held against the schedule of their day", () => {
  it("from the day on which it begins", async () => {
    await load(
      ledger,
      january([
        capture("2026-01-14T23:59:59", ID(1), "100.00", "-2.90"),
        capture("2026-01-15T00:00:00", ID(2), "100.00", "-2.50"),
        capture("2026-01-15T00:00:01", ID(3), "100.00", "-2.90"),
      ]),
    );
    const rate = (percentage: string): FeeRate[] => [{ label: "usual", percentage, fixed: "0.30" }];
    const schedules = [
      { currency: "USD", rates: rate("2.9") },
      { currency: "USD", from: "2026-01-15", rates: rate("2.5") },
    ];
    expect(await audited(schedules)).toEqual([`${ID(3)} -0.40`]);
  });

  it("at the rates for cross-border and non-profit, within the tolerance, measured against the usual rate", async () => {
    const rates = [
      { label: "domestic", percentage: "2.9", fixed: "0.30" },
      { label: "cross-border", percentage: "3.9", fixed: "0.30" },
      { label: "non-profit", percentage: "2.2", fixed: "0.30" },
    ];
    await load(
      ledger,
      january([
        capture("2026-01-02T10:00:00", ID(1), "100.00", "-2.90"),
        capture("2026-01-02T11:00:00", ID(2), "100.00", "-3.90"),
        capture("2026-01-02T12:00:00", ID(3), "100.00", "-2.20"),
        capture("2026-01-02T13:00:00", ID(4), "100.00", "-2.91"),
        capture("2026-01-02T14:00:00", ID(5), "100.00", "-2.92"),
        capture("2026-01-02T15:00:00", ID(6), "100.00", "-3.60"),
        capture("2026-01-02T16:00:00", ID(7), "100.00", "-2.90", "-0.35"),
        {
          at: "2026-01-03T10:00:00",
          type: "Refund",
          id: ID(8, "R"),
          amount: "-50.00",
          percentage: "1.45",
          net: "-48.55",
        },
        {
          at: "2026-01-03T11:00:00",
          type: "Refund",
          id: ID(9, "R"),
          amount: "-50.00",
          percentage: "1.00",
          net: "-49.00",
        },
      ]),
    );
    const wrong = [`${ID(5)} -0.02`, `${ID(6)} -0.70`, `${ID(7)} -0.05`, `${ID(9, "R")} -0.45`];
    expect((await audited([{ currency: "USD", rates }])).sort()).toEqual(wrong.sort());
    expect(await audited([{ currency: "USD", rates }], { tolerance: 2 })).not.toContain(`${ID(5)} -0.02`);
    expect(await audited([{ currency: "EUR", rates }])).toEqual([]);
  });

  it("at the tier of the month before, also when that month comes later", async () => {
    const schedule: FeeSchedule = {
      currency: "USD",
      tiers: [{ below: "1000.00", percentage: "3.4" }, { percentage: "2.9" }],
      tierFixed: "0.20",
    };
    const month = (id: string, number: number, rows: readonly WrittenRow[]): Uint8Array =>
      settlementFile(id, `2026-0${number}-01T00:00:00`, `2026-0${number + 1}-01T00:00:00`, rows);
    const february = month("5000000002", 2, [capture("2026-02-10T10:00:00", ID(2), "1200.00", "-34.80", "-0.20")]);
    const march = month("5000000003", 3, [
      capture("2026-03-10T10:00:00", ID(3), "100.00", "-2.90", "-0.20"),
      capture("2026-03-11T10:00:00", ID(4), "100.00", "-3.40", "-0.20"),
    ]);
    await load(ledger, january([capture("2026-01-10T10:00:00", ID(1), "500.00", "-17.00", "-0.20")]), march);
    // February is not there: March would have the tier of a month without volume.
    expect(await audited([schedule])).toEqual([`${ID(3)} 0.50`]);
    await load(ledger, february);
    const verdicts = await audited([schedule]);
    // February itself pays the tier of January: 3.4 %.
    expect(verdicts.sort()).toEqual([`${ID(2)} 6.00`, `${ID(4)} -0.50`].sort());
    const { exceptions } = await reconcile(ledger, { fees: { schedules: [schedule] }, full: true });
    expect(exceptions.filter(({ code }) => code === "fee.mismatch")).toHaveLength(2);
  });

  it("for disputes and for authorizations that were never captured, whose fees are the leak", async () => {
    await load(
      ledger,
      january([
        capture("2026-01-02T10:00:00", ID(1), "100.00", "-2.90"),
        { at: "2026-01-03T10:00:00", type: "Authorization", id: ID(2, "A"), amount: "0", fixed: "-0.30", net: "-0.30" },
        { at: "2026-01-03T11:00:00", type: "Authorization", id: ID(3, "A"), amount: "-0.30", net: "-0.30" },
        { at: "2026-01-04T10:00:00", type: "Dispute", id: ID(4, "D"), amount: "0", fixed: "-25.00", net: "-25.00" },
      ]),
    );
    const schedule = {
      currency: "USD",
      rates: [{ label: "usual", percentage: "2.9", fixed: "0.30" }],
      dispute: "20.00",
    };
    expect(await audited([schedule])).toEqual([`${ID(4, "D")} -5.00`]);
    const [point] = await feesOverTime(ledger, { accountId: "shop" });
    expect(point).toMatchObject({ leakMinor: 60n, differenceMinor: -500n });
  });

  it("only where they are evidently followed, when nothing is configured on a live account", async () => {
    const rows = [1, 2, 3, 4, 5, 6].map((day) => capture(`2026-01-0${day}T10:00:00`, ID(day), "100.00", "-2.90"));
    await load(ledger, january([...rows, capture("2026-01-08T10:00:00", ID(8), "100.00", "-4.90")]));
    const other = rows.map((row, index) => capture(row.at.replace("01-0", "02-0"), ID(20 + index), "100.00", "-1.23"));
    await load(ledger, settlementFile("5000000002", "2026-01-31T00:00:00", "2026-03-01T00:00:00", other));
    const { exceptions } = await reconcile(ledger);
    expect(exceptions.filter(({ code }) => code === "fee.mismatch")).toMatchObject([
      { transactionId: ID(8), amount: "-2.00", currency: "USD", severity: "error" },
    ]);
  });
});

describe("a chain by policy", () => {
  it("raises zero-sum only where it is required, and the roll-forward by itself", async () => {
    const first = january([
      capture("2026-01-02T10:00:00", ID(1), "100.00", "-2.90"),
      transfer("2026-01-30T23:00:00", "90.00"),
    ]);
    const second = settlementFile("5000000002", "2026-01-31T00:00:00", "2026-03-01T00:00:00", [
      { at: "2026-01-31T00:00:01", type: "Carryover", amount: "6.80", net: "6.80" },
      capture("2026-02-02T10:00:00", ID(2), "10.00", "-0.29"),
      transfer("2026-02-28T23:30:00", "16.21"),
    ]);
    await load(ledger, first, second);
    const codes = async (zeroSum: "report" | "require"): Promise<string[]> =>
      (await reconcile(ledger, { zeroSum })).exceptions.map((one) => `${one.code} ${one.settlementId} ${one.amount}`);
    expect(await codes("report")).toEqual([]);
    expect(await codes("require")).toEqual(["settlement.zero-sum 5000000001 6.80"]);
    expect(await codes("report")).toEqual([]);
  });
});

describe("what is given back follows the rate of its capture", () => {
  const rate = (percentage: string): FeeRate[] => [{ label: "usual", percentage, fixed: "0.30" }];
  const schedules = [
    { currency: "USD", rates: rate("2.9") },
    { currency: "USD", from: "2026-01-15", rates: rate("2.5") },
  ];
  const back = (type: string, number: number, percentage: string, of: Partial<WrittenRow> = {}): WrittenRow => ({
    at: "2026-01-20T10:00:00",
    type,
    id: ID(number, "R"),
    order: ID(number).slice(0, 19),
    amount: "-100.00",
    percentage,
    net: (Number(percentage) - 100).toFixed(2),
    ...of,
  });

  it("after a change of the schedule, in the same settlement and in a later one", async () => {
    await load(
      ledger,
      january([
        capture("2026-01-10T10:00:00", ID(1), "100.00", "-2.90"),
        capture("2026-01-10T10:00:00", ID(2), "100.00", "-2.90"),
        capture("2026-01-16T10:00:00", ID(3), "100.00", "-2.50"),
        capture("2026-01-10T10:00:00", ID(4), "100.00", "-2.90"),
        back("Refund", 1, "2.90"),
        back("Refund", 3, "2.50"),
      ]),
      settlementFile("5000000002", "2026-01-31T00:00:00", "2026-02-14T00:00:00", [
        back("Refund", 2, "2.50", { at: "2026-02-02T10:00:00" }),
        back("Chargeback", 4, "2.90", { at: "2026-02-02T10:00:00" }),
      ]),
    );
    // Of the second 2.90 were taken and 2.50 came back, although 2.50 is right for captures of that day.
    expect(await audited(schedules)).toEqual([`${ID(2, "R")} -0.40`]);
    const sums = await ledger.store.db.selectFrom("settlement_fee").selectAll().orderBy("settlement_id").execute();
    expect(sums.map((one) => one.actual_minor - one.expected_minor)).toEqual([0n, -40n]);
  });

  it.each([
    ["its permission", {}],
    ["its order number", { order: "", sellerOrder: "1001" }],
  ])("also where the capture's file comes after that of the refund, by %s", async (_what, of) => {
    const first = january([{ ...capture("2026-01-10T10:00:00", ID(1), "100.00", "-2.90"), sellerOrder: "1001" }]);
    const second = settlementFile("5000000002", "2026-01-31T00:00:00", "2026-02-14T00:00:00", [
      back("Refund", 1, "2.50", { at: "2026-02-02T10:00:00", ...of }),
    ]);
    await load(ledger, second);
    expect(await audited(schedules)).toEqual([]);
    await load(ledger, first);
    // Of the capture 2.90 were taken and 2.50 came back.
    expect(await audited(schedules)).toEqual([`${ID(1, "R")} -0.40`]);
    const { exceptions } = await reconcile(ledger, { fees: { schedules }, full: true });
    expect(exceptions.filter(({ code }) => code === "fee.mismatch")).toMatchObject([{ amount: "-0.40" }]);
  });

  it("also where only the order number tells the capture", async () => {
    await load(
      ledger,
      january([
        { ...capture("2026-01-10T10:00:00", ID(1), "100.00", "-2.90"), sellerOrder: "1001" },
        back("Refund", 1, "2.90", { order: "", sellerOrder: "1001" }),
      ]),
    );
    expect(await audited(schedules)).toEqual([]);
  });
});

describe("what a report or a record says later of an order with several captures", () => {
  const rate = (percentage: string): FeeRate[] => [{ label: "usual", percentage, fixed: "0.30" }];
  const schedules = [
    { currency: "USD", rates: rate("2.9") },
    { currency: "USD", from: "2026-01-15", rates: rate("2.5") },
  ];
  const order = ID(1).slice(0, 19);
  const report = (head: string, line: string): Uint8Array => new TextEncoder().encode(`${head}\n${line}\n`);
  const REFUNDS =
    "AmazonRefundId,RefundReferenceId,AmazonCaptureId,AmazonOrderReferenceId,RefundAmount,CurrencyCode,RefundType,RefundStatus,LastUpdateTimestamp,CreationTimestamp";
  const CAPTURES =
    "AmazonCaptureId,CaptureReferenceId,AmazonAuthorizationId,AmazonOrderReferenceId,CaptureAmount,CurrencyCode,CaptureStatus,LastUpdateTimestamp,CreationTimestamp";
  const sameAsAtOnce = async (found: readonly string[]): Promise<void> => {
    const { exceptions } = await reconcile(ledger, { fees: { schedules }, full: true });
    const fees = exceptions.filter(({ code }) => code === "fee.mismatch");
    expect(fees.map((one) => `${one.transactionId} ${one.amount}`)).toEqual(found);
  };

  describe("which capture a refund is of", () => {
    const refund = ID(1, "R");
    beforeEach(async () => {
      await load(
        ledger,
        january([
          capture("2026-01-10T10:00:00", ID(1), "100.00", "-2.90"),
          { ...capture("2026-01-16T10:00:00", ID(2), "100.00", "-2.50"), order },
          {
            at: "2026-01-20T10:00:00",
            type: "Refund",
            id: refund,
            order,
            amount: "-100.00",
            percentage: "2.50",
            net: "-97.50",
          },
        ]),
      );
      // It may be of either; 2.50 are right for the second.
      expect(await audited(schedules)).toEqual([]);
    });

    it("by a refund report", async () => {
      const line = `${refund},r1,${ID(1)},${order},100.00,USD,SellerInitiated,Completed,2026-01-20T10:00:00Z,2026-01-20T10:00:00Z`;
      await load(ledger, report(REFUNDS, line));
      expect(await audited(schedules)).toEqual([`${refund} -0.40`]);
      await sameAsAtOnce([`${refund} -0.40`]);
    });

    it("by the shop's records", async () => {
      const at = { currency: "USD", occurredAt: "2026-01-20T10:00:00Z" };
      await ledger.records.add([
        { kind: "refund", amount: "100.00", transactionId: refund, parentTransactionId: ID(1), orderId: "1", ...at },
      ]);
      expect(await audited(schedules)).toEqual([`${refund} -0.40`]);
      await sameAsAtOnce([`${refund} -0.40`]);
    });
  });

  it("whether two captures share an authorization, by a capture report", async () => {
    const second = { ...capture("2026-01-03T10:00:00", ID(2), "40.00", "-1.16", "0.00"), order };
    await load(ledger, january([capture("2026-01-02T10:00:00", ID(1), "100.00", "-2.90"), second]));
    expect(await audited(schedules)).toEqual([]);
    const line = (number: number): string =>
      `${ID(number)},c${number},${ID(number, "A")},${order},40.00,USD,Completed,2026-01-03T10:00:00Z,2026-01-03T10:00:00Z`;
    await load(ledger, report(CAPTURES, `${line(1)}\n${line(2)}`));
    expect(await audited(schedules)).toEqual([`${ID(2)} 0.30`]);
    await sameAsAtOnce([`${ID(2)} 0.30`]);
  });
});

it("a second capture of one order pays no second fixed fee, and a first one does", async () => {
  const second = { ...capture("2026-01-03T10:00:00", ID(2), "40.00", "-1.16", "0.00"), order: ID(1).slice(0, 19) };
  await load(
    ledger,
    january([
      capture("2026-01-02T10:00:00", ID(1), "100.00", "-2.90"),
      second,
      capture("2026-01-04T10:00:00", ID(3), "40.00", "-1.16", "0.00"),
    ]),
  );
  const rates = [{ label: "usual", percentage: "2.9", fixed: "0.30" }];
  expect(await audited([{ currency: "USD", rates }])).toEqual([`${ID(3)} 0.30`]);
});

it("a second capture of one order pays no second fixed fee where the file of the first one comes later", async () => {
  const second = { ...capture("2026-02-03T10:00:00", ID(2), "40.00", "-1.16", "0.00"), order: ID(1).slice(0, 19) };
  const schedules = [{ currency: "USD", rates: [{ label: "usual", percentage: "2.9", fixed: "0.30" }] }];
  await load(ledger, settlementFile("5000000002", "2026-01-31T00:00:00", "2026-02-14T00:00:00", [second]));
  expect(await audited(schedules)).toEqual([`${ID(2)} 0.30`]);
  await load(ledger, january([capture("2026-01-02T10:00:00", ID(1), "100.00", "-2.90")]));
  expect(await audited(schedules)).toEqual([]);
});
