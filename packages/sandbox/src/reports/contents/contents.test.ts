import { DAY, HOUR } from "@amazon-pay-kit/money";
import { readReport, type RowEvent, type SummaryEvent } from "@amazon-pay-kit/reports";
import { integer, pick, seededRandom } from "@amazon-pay-kit/sdk/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { installBooks } from "../../settlement/module.ts";
import { netOf } from "../../settlement/movements.ts";
import { closeSettlements } from "../../settlement/periods/settlement-clock.ts";
import { shopFixture, type ShopFixture } from "../../settlement/testing/shop-fixture.ts";
import type { Charge, Report } from "../../engine/objects/index.ts";
import { packed } from "../documents/serve-document.ts";
import { installReports } from "../module.ts";
import { orderReport } from "../making/make-report.ts";
import { configureReports, type ReportsSettings } from "../settings.ts";

const open = (region: "na" | "eu" | "jp", seed: number | string = 1): ShopFixture =>
  shopFixture(region, seed, (engine) => {
    installBooks(engine);
    installReports(engine);
  });

const TYPE = (name: string): string => `_GET_FLAT_FILE_OFFAMAZONPAYMENTS_${name}_DATA_`;

/** Every event of a report's file, as read by the program that downloaded it. */
async function read(
  shop: ShopFixture,
  report: Report,
): Promise<{ rows: RowEvent[]; summary: SummaryEvent; errors: number }> {
  const document = shop.engine.state.reportDocuments.get(report.reportDocumentId ?? "");
  if (document === undefined) throw new Error(`report ${report.reportId} has no document`);
  const rows: RowEvent[] = [];
  let summary: SummaryEvent | undefined;
  let errors = 0;
  for await (const event of readReport(await packed(document, "report.csv"))) {
    if (event.type === "row") rows.push(event);
    else if (event.type === "error") errors += 1;
    else if (event.type === "summary") summary = event;
  }
  if (summary === undefined) throw new Error("the file has no end");
  return { rows, summary, errors };
}

const text = (shop: ShopFixture, report: Report | undefined): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    shop.engine.state.reportDocuments.get(report?.reportDocumentId ?? "")?.bytes,
  );
const reports = (shop: ShopFixture, type: string): Report[] =>
  [...shop.engine.state.reports.values()].filter((report) => report.reportType === TYPE(type));

/** Three weeks of trade with everything that reports tell of. */
function trade(shop: ShopFixture, seed: number): void {
  const random = seededRandom(seed);
  const charges: Charge[] = [];
  for (let step = 0; step < 40; step += 1) {
    const amount = BigInt(integer(random, 1, 400_000));
    switch (integer(random, 0, 5)) {
      case 0:
        shop.release(shop.authorize(amount));
        break;
      case 1:
        if (charges.length > 0) giveBack(shop, pick(random, charges), BigInt(integer(random, 1, 1000)));
        break;
      default:
        charges.push(shop.sell(amount));
    }
    shop.wait(integer(random, 0, 24) * HOUR + integer(random, 0, 3_599_999));
  }
  shop.wait(2 * DAY);
}

/** Gives an amount back, or what is left of a charge that is smaller: more than that the service refuses. */
function giveBack(shop: ShopFixture, charge: Charge, wanted: bigint): void {
  const left = (charge.captured?.minor ?? 0n) - (charge.refunded?.minor ?? 0n);
  if (left > 0n) shop.refund(charge, wanted < left ? wanted : left);
}

const layouts: fc.Arbitrary<Partial<ReportsSettings>> = fc.record({
  bom: fc.constantFrom("auto", "always", "never"),
  lineEnd: fc.constantFrom("lf", "crlf"),
  thousands: fc.boolean(),
  padDecimals: fc.boolean(),
  zeros: fc.constantFrom("bare", "digits"),
  spaceBeforeOffset: fc.boolean(),
  offsetMinutes: fc.constantFrom(-420, 0, 345, 540),
  quoting: fc.constantFrom("all", "minimal"),
  rowPerState: fc.boolean(),
  compression: fc.constantFrom("none", "gzip", "zip"),
});

describe("every file reads back without an error, in every layout", () => {
  it.each(["na", "eu", "jp"] as const)("in %s, and equals the truth", async (region) => {
    let files = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer(), layouts, async (seed, layout) => {
        const shop = open(region, seed);
        configureReports(shop.engine, shop.merchant.merchantId, layout);
        trade(shop, seed);
        for (const report of shop.engine.state.reports.values()) {
          if (report.processingStatus !== "COMPLETED") continue;
          const { rows, summary, errors } = await read(shop, report);
          expect(errors).toBe(0);
          expect(summary.rows).toBeGreaterThan(0);
          files += 1;
          if (report.reportType === TYPE("SETTLEMENT")) sameAsTruth(shop, report, rows);
        }
      }),
      {
        numRuns: 12,
        // Small charges that are refunded several times.
        examples: [[-1653295047, {}]],
      },
    );
    expect(files).toBeGreaterThan(300);
  });
});

function sameAsTruth(shop: ShopFixture, report: Report, rows: RowEvent[]): void {
  const settlement = [...shop.engine.state.settlements.values()].find((one) => one.reportId === report.reportId);
  const truth = [...shop.engine.state.movements.values()].filter(
    (movement) => movement.settlementId === settlement?.settlementId,
  );
  expect(rows).toHaveLength(truth.length);
  const key = (parts: readonly unknown[]): string => parts.map(String).join("|");
  const written = rows.map(({ values }) =>
    key([
      values["transactionType"],
      values["amazonTransactionId"],
      values["transactionPostedDate"],
      values["transactionAmount"],
      values["transactionPercentageFee"],
      values["transactionFixedFee"],
      values["netTransactionAmount"],
      values["transactionDescription"],
      values["sellerReferenceId"],
      values["sellerOrderId"],
      values["storeName"],
    ]),
  );
  const known = truth.map((movement) =>
    key([
      movement.type,
      movement.transactionId,
      Math.floor(movement.postedAt / 1000) * 1000,
      movement.amount,
      movement.percentageFee,
      movement.fixedFee,
      netOf(movement),
      movement.description,
      movement.referenceId,
      movement.orderId,
      movement.storeName,
    ]),
  );
  expect(written.toSorted()).toEqual(known.toSorted());
}

describe("the settlement file", () => {
  it("looks like the real ones, byte for byte", () => {
    const shop = open("na");
    shop.sell(1000n);
    const charge = [...shop.engine.state.charges.values()][0] as Charge;
    closeSettlements(shop.engine, { merchantId: shop.merchant.merchantId });
    const settlementId = [...shop.engine.state.settlements.values()][0]?.settlementId ?? "";
    const { merchantId } = shop.merchant;
    const [report] = reports(shop, "SETTLEMENT");
    expect(text(shop, report)).toBe(
      [
        '\uFEFF"Amazon Payments Advanced",',
        '"Settlement Report",',
        `"SellerId","${merchantId}"`,
        '"SettlementStartDate","2026-01-05T03:20:30 -0700"',
        '"SettlementEndDate","2026-01-05T03:20:30 -0700"',
        '"TransactionPostedDate","SettlementId","AmazonTransactionId","SellerReferenceId","TransactionType","AmazonOrderReferenceId","SellerOrderId","StoreName","CurrencyCode","TransactionDescription","TransactionAmount","TransactionPercentageFee","TransactionFixedFee","TotalTransactionFee","NetTransactionAmount",',
        `"2026-01-05T03:20:30 -0700","${settlementId}","${charge.chargeId}","PAY-1","Capture","${charge.chargePermissionId}","ORDER-1","Paper, Pens & Co.","USD","Paper for ""order 1"", thank you","10.00","-0.29","-0.30","-0.59","9.41"`,
        `"2026-01-05T03:20:30 -0700","${settlementId}","","","Transfer","","","","USD","SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id","-9.41","0","0","0","-9.41"`,
        "",
      ].join("\n"),
    );
  });

  it("of a sandbox merchant, on order, is everything that moved in the range, paid out at its end", async () => {
    const shop = open("eu");
    shop.sell(1000n);
    shop.sell(2000n, "GBP");
    shop.refund(shop.sell(500n, "GBP"), 500n);
    shop.wait(HOUR);
    const { merchantId } = shop.merchant;
    const now = shop.engine.now();
    orderReport(shop.engine, {
      merchantId,
      environment: "sandbox",
      reportType: TYPE("SANDBOX_SETTLEMENT"),
      startAt: now - DAY,
      endAt: now,
      cause: "order",
    });
    shop.wait(5000);
    const { rows } = await read(shop, reports(shop, "SANDBOX_SETTLEMENT")[0] as Report);
    expect(
      rows.map(({ values }) => [values["transactionType"], values["currencyCode"], values["netTransactionAmount"]]),
    ).toEqual([
      ["Capture", "EUR", 946n],
      ["Capture", "GBP", 1912n],
      ["Capture", "GBP", 463n],
      ["Refund", "GBP", -483n],
      ["Transfer", "EUR", -946n],
      ["Transfer", "GBP", -1892n],
    ]);
    expect(new Set(rows.map(({ values }) => values["settlementId"])).size).toBe(1);
  });
});

describe("transaction reports", () => {
  it("repeat a refund once per state, newest first, or once in all", async () => {
    for (const rowPerState of [true, false]) {
      const shop = open("na");
      configureReports(shop.engine, shop.merchant.merchantId, { rowPerState });
      shop.refund(shop.sell(1000n), 100n);
      shop.wait(2 * DAY);
      const { rows } = await read(shop, reports(shop, "REFUND")[0] as Report);
      const states = rows.map(({ values }) => values["refundStatus"]);
      expect(states).toEqual(rowPerState ? ["Completed", "Pending"] : ["Completed"]);
      expect(rows[0]?.values["refundAmount"]).toBe(100n);
      expect(rows[0]?.values["amazonCaptureId"]).toBe([...shop.engine.state.charges.values()][0]?.chargeId);
    }
  });

  it("name authorizations with an A, and the fee of one that was never captured", async () => {
    const shop = open("na");
    shop.release(shop.authorize(1000n));
    shop.sell(2000n);
    shop.wait(2 * DAY);
    const { rows } = await read(shop, reports(shop, "AUTHORIZATION")[0] as Report);
    const brief = rows.map(({ values }) => [
      values["authorizationStatus"],
      values["reasonCode"],
      values["capturedAmount"],
      values["authorizationFee"],
    ]);
    expect(brief).toContainEqual(["Closed", "SellerCanceled", 0n, 30n]);
    expect(brief).toContainEqual(["Closed", "MaxAmountCaptured", 2000n, 0n]);
    expect(brief.filter(([state]) => state === "Open")).toHaveLength(2);
    expect(rows.every(({ values }) => /-A\d{6}$/.test(String(values["amazonAuthorizationId"])))).toBe(true);
  });

  it("show what the buyer paid in another currency", async () => {
    const shop = open("eu");
    const charge = shop.sell(10_000n, "CHF");
    shop.refund(charge, 5000n);
    shop.wait(HOUR);
    const now = shop.engine.now();
    const { merchantId } = shop.merchant;
    const reportType = "_GET_CSV_CUSTOM_OFFAMAZONPAYMENTS_MULTI_CURRENCY_PAYMENTS_DATA_";
    orderReport(shop.engine, {
      merchantId,
      environment: "sandbox",
      reportType,
      startAt: now - DAY,
      endAt: now,
      cause: "order",
    });
    shop.wait(5000);
    const report = [...shop.engine.state.reports.values()].find((one) => one.reportType === reportType) as Report;
    const { rows, errors } = await read(shop, report);
    expect(errors).toBe(0);
    expect(
      rows.map(({ values }) => [
        values["presentmentCurrency"],
        values["presentmentAmount"],
        values["transactionAmount"],
        values["foreignExchangeRate"],
      ]),
    ).toEqual([
      ["CHF", 10_000n, 10_449n, "0.957000"],
      ["CHF", -5000n, -5225n, "0.957000"],
    ]);
  });
});
