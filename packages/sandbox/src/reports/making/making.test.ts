import { DAY, HOUR, MINUTE } from "@amazon-pay-kit/money";
import { describe, expect, it } from "vitest";
import { installBooks } from "../../settlement/module.ts";
import { closeSettlements } from "../../settlement/periods/settlement-clock.ts";
import { shopFixture, START, type ShopFixture } from "../../settlement/testing/shop-fixture.ts";
import type { Report } from "../../engine/objects/index.ts";
import type { ReportPlan } from "../../engine/objects/report.ts";
import { installReports } from "../module.ts";
import { findReports } from "../operations/list-reports.ts";
import { configureReports } from "../settings.ts";
import { orderReport } from "./make-report.ts";
import { makeSchedule } from "./scheduled-reports.ts";

const open = (): ShopFixture =>
  shopFixture("na", 1, (engine) => {
    installBooks(engine);
    installReports(engine);
  });
const REFUNDS = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_";
const CAPTURES = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_CAPTURE_DATA_";
const SETTLEMENTS = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_";
const all = (shop: ShopFixture): Report[] => [...shop.engine.state.reports.values()];
const order = (shop: ShopFixture, reportType = CAPTURES): Report | undefined =>
  orderReport(shop.engine, {
    merchantId: shop.merchant.merchantId,
    environment: "sandbox",
    reportType,
    startAt: shop.engine.now() - DAY,
    endAt: shop.engine.now(),
    cause: "order",
  });
const midnight = (days: number): number => Math.floor(START / DAY) * DAY + days * DAY;

describe("reports that are made by themselves", () => {
  it("come at about a quarter past one for the day before, if anything changed on it", () => {
    const shop = open();
    shop.sell(1000n);
    shop.wait(midnight(1) + HOUR - START);
    expect(all(shop)).toEqual([]);
    shop.wait(HOUR);
    const types = all(shop).map((report) => report.reportType.slice(33, -6));
    expect(types).toEqual(["ORDER_REFERENCE", "AUTHORIZATION", "CAPTURE"]);
    for (const report of all(shop)) {
      expect(report.processingStatus).toBe("COMPLETED");
      expect(report.startAt).toBe(midnight(0));
      expect(report.endAt - midnight(1)).toBeGreaterThanOrEqual(16_000);
      expect(report.endAt - midnight(1)).toBeLessThanOrEqual(19_000);
      expect(report.createdAt).toBeGreaterThan(midnight(1) + 73 * MINUTE);
      expect(report.createdAt).toBeLessThan(midnight(1) + 75 * MINUTE);
    }
  });

  it("are contiguous over days with changes, and skip days without", () => {
    const shop = open();
    shop.sell(1000n);
    shop.wait(DAY);
    shop.sell(1000n);
    shop.wait(3 * DAY);
    shop.sell(1000n);
    shop.wait(2 * DAY);
    const windows = all(shop)
      .filter((report) => report.reportType === CAPTURES)
      .map((report) => [report.startAt, report.endAt]);
    expect(windows).toHaveLength(3);
    expect(windows[1]?.[0]).toBe(windows[0]?.[1]);
    expect(windows[2]?.[0]).toBe(midnight(4));
  });

  it("are not made where the merchant does not want them", () => {
    const shop = open();
    configureReports(shop.engine, shop.merchant.merchantId, { daily: false });
    shop.sell(1000n);
    shop.wait(3 * DAY);
    expect(all(shop)).toEqual([]);
  });

  it("come once for each settlement, at once for one that was asked for, later for one that the clock closed", () => {
    const shop = open();
    shop.sell(1000n);
    closeSettlements(shop.engine, { merchantId: shop.merchant.merchantId });
    const [asked] = all(shop);
    expect(asked).toMatchObject({
      reportType: SETTLEMENTS,
      processingStatus: "COMPLETED",
      createdAt: shop.engine.now(),
    });
    shop.wait(13 * DAY);
    shop.sell(1000n);
    shop.wait(DAY + 30_000);
    const settlements = [...shop.engine.state.settlements.values()];
    expect(settlements.map((settlement) => settlement.reportId)).toEqual([asked?.reportId, null]);
    shop.wait(2 * HOUR);
    const made = all(shop).filter((report) => report.reportType === SETTLEMENTS);
    expect(made).toHaveLength(2);
    const second = [...shop.engine.state.settlements.values()][1];
    expect(made[1]).toMatchObject({ reportId: second?.reportId, startAt: second?.startAt, endAt: second?.endAt });
  });
});

describe("a report that was ordered", () => {
  it("is in progress, and complete a few seconds later", () => {
    const shop = open();
    shop.sell(1000n);
    shop.wait(1000);
    const report = order(shop) as Report;
    expect(report).toMatchObject({ processingStatus: "IN_PROGRESS", processingStartAt: null, reportDocumentId: null });
    shop.wait(2000);
    expect(report).toMatchObject({ processingStatus: "IN_PROGRESS", processingStartAt: shop.engine.now() });
    shop.wait(1000);
    expect(report).toMatchObject({ processingStatus: "COMPLETED", processingEndAt: shop.engine.now() });
    expect(report.reportDocumentId).toMatch(/^amzn1\.tortuga\.3\.[0-9a-f-]{36}\.[A-Z0-9]{14}$/);
  });

  it("is cancelled without data", () => {
    const shop = open();
    const report = order(shop, REFUNDS);
    shop.wait(5000);
    expect(report).toMatchObject({ processingStatus: "CANCELLED", reportDocumentId: null });
  });

  it("fails, comes late or never, as listeners decide", () => {
    const shop = open();
    shop.sell(1000n);
    shop.wait(1000);
    const changes: Partial<ReportPlan>[] = [{ failed: true }, { delayMillis: 20 * HOUR }, { dropped: true }];
    shop.engine.bus.on("report.planned", ({ plan }) => {
      if (plan.cause === "order") Object.assign(plan, changes.shift());
    });
    const failing = order(shop);
    expect(order(shop)).toBeUndefined();
    expect(order(shop)).toBeUndefined();
    shop.wait(5000);
    expect(failing).toMatchObject({ processingStatus: "FAILED", reportDocumentId: null });
    expect(all(shop)).toHaveLength(1);
    const before = shop.engine.now();
    shop.wait(21 * HOUR);
    const late = all(shop).find((report) => report.createdAt > before && report.endAt < before);
    expect(late?.processingStatus).toBe("COMPLETED");
    expect((late?.createdAt ?? 0) - (late?.endAt ?? 0)).toBeGreaterThanOrEqual(20 * HOUR - 1000);
  });

  it("is gone after 90 days, its bytes too", () => {
    const shop = open();
    shop.sell(1000n);
    shop.wait(1000);
    order(shop);
    shop.wait(10_000);
    const { merchantId } = shop.merchant;
    expect(findReports(shop.engine, { merchantId }, shop.engine.now())).toHaveLength(1);
    shop.wait(120 * DAY);
    expect(findReports(shop.engine, { merchantId }, shop.engine.now())).toHaveLength(0);
    expect(shop.engine.state.reportDocuments.size).toBe(0);
  });
});

describe("a schedule", () => {
  it("makes a report per interval, over the interval that has passed, also when its first time is long past", () => {
    const shop = open();
    const schedule = makeSchedule(shop.engine, {
      merchantId: shop.merchant.merchantId,
      environment: "sandbox",
      reportType: CAPTURES,
      scheduleFrequency: "PT84H",
      firstAt: START - 1000 * DAY,
    });
    const first = schedule.nextReportCreationAt;
    expect(first).toBeGreaterThanOrEqual(START);
    expect((first - START + 1000 * DAY) % (84 * HOUR)).toBe(0);
    shop.sell(1000n);
    shop.wait(first - START + 84 * HOUR + 10_000);
    const made = all(shop).filter((report) => report.endAt - report.startAt === 84 * HOUR);
    expect(made.map((report) => [report.endAt, report.processingStatus])).toEqual([
      [first, "COMPLETED"],
      [first + 84 * HOUR, "CANCELLED"],
    ]);
  });
});
