import type { DiscrepancyRequest } from "../service/control.ts";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { parseAmount } from "@amazon-pay-kit/money";
import { readReport, UnusableReportError, type RowEvent } from "@amazon-pay-kit/reports";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CONTRACT_CODES } from "../../../../tests/known-answers/contract-codes.ts";
import type { Report } from "../engine/objects/index.ts";
import { createSandbox } from "../service/create-sandbox.ts";
import type { Sandbox } from "../service/sandbox.ts";
import { trade } from "../trading/trade.ts";
import type { DiscrepancyKind } from "./kind.ts";
import { DISCREPANCY_KINDS } from "./kinds/index.ts";
import { requestDiscrepancy } from "./inject.ts";
import { truthOf } from "./truth.ts";

const START = Date.UTC(2026, 0, 5);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 1, clock: manualClock(START) });
});
beforeEach(() => sandbox.reset());
const merchantId = (): string => sandbox.merchants[0]?.merchantId ?? "";

/** Trades for twelve days, three of them before the discrepancy is asked for, and gives the discrepancy afterwards. */
async function inject(kind: string): Promise<Record<string, unknown>> {
  const books = { firstSettlementAfter: "P3D", settlementEvery: "P3D" };
  await trade(sandbox, { merchantId: merchantId(), days: 4, orders: 60, books, behaviour: { refundedInFull: 0.2 } });
  await sandbox.control("POST", "/discrepancies", { kind, merchantId: merchantId() });
  await trade(sandbox, {
    merchantId: merchantId(),
    days: 14,
    orders: 160,
    seed: 2,
    behaviour: { refundedInFull: 0.2 },
  });
  const { discrepancies } = await sandbox.control("GET", `/truth?merchantId=${merchantId()}`);
  expect(discrepancies).toHaveLength(1);
  return discrepancies[0] ?? {};
}

/** The rows of a report's file; undefined where no reader can use it. */
async function rowsOf(report: Report | undefined): Promise<RowEvent[] | undefined> {
  const document = sandbox.engine.state.reportDocuments.get(report?.reportDocumentId ?? "");
  if (document === undefined) throw new Error("no document");
  const rows: RowEvent[] = [];
  try {
    for await (const event of readReport(document.bytes)) if (event.type === "row") rows.push(event);
  } catch (error) {
    if (error instanceof UnusableReportError) return undefined;
    throw error;
  }
  return rows;
}

describe("the table of kinds", () => {
  it("has every exception code of the contract that a shop's own history can bring, and each kind once", () => {
    const codes = new Set(DISCREPANCY_KINDS.flatMap(({ leadsTo }) => leadsTo));
    // What somebody does later (a file delivered again, a month closed, records of a shop) is planted by tests/score.
    const later = [
      "bank.late-deposit",
      "capture.returned-twice",
      "match.status",
      "period.changed",
      "settlement.reissued",
    ];
    expect(CONTRACT_CODES.filter((code) => !codes.has(code)).toSorted()).toEqual(later);
    const names = DISCREPANCY_KINDS.map(({ kind }) => kind);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("a request that cannot be carried out", () => {
  it.each([
    [{}, "control.missing"],
    [{ kind: "lie" }, "discrepancy.kind"],
    [{ kind: 7 }, "control.invalid"],
    [{ kind: "drop-row", merchantId: "NOBODY" }, "discrepancy.merchant"],
    [{ kind: "drop-row", reportType: "_MINE_" }, "discrepancy.report-type"],
    [{ kind: "drop-row", reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_" }, "discrepancy.report-type"],
    [
      { kind: "missing-deposit", reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_" },
      "discrepancy.report-type",
    ],
    [{ kind: "drop-row", when: "now" }, "control.invalid"],
  ])("%j", async (body, code) => {
    await expect(sandbox.control("POST", "/discrepancies", body as DiscrepancyRequest)).rejects.toMatchObject({ code });
  });

  it("truth of nobody", async () => {
    await expect(sandbox.control("GET", "/truth")).rejects.toMatchObject({ code: "control.missing" });
  });
});

describe("every kind", () => {
  const injected: readonly DiscrepancyKind[] = DISCREPANCY_KINDS.filter(({ stage }) => stage !== "delivery");

  it.each(injected.map((kind) => [kind.kind, kind] as const))(
    "%s finds its place, and the truth stays",
    async (name, kind) => {
      const found = await inject(name);
      expect(found).toMatchObject({ kind: name, status: "injected", merchantId: merchantId(), leadsTo: kind.leadsTo });
      expect(String(found["what"]).length).toBeGreaterThan(10);
      const truth = truthOf(sandbox.engine, merchantId());
      for (const settlement of truth.settlements) {
        const rows = truth.movements.filter((row) => row["settlementId"] === settlement["settlementId"]);
        const minor = (text: unknown): bigint => parseAmount(String(text), String(settlement["currency"]));
        const sum = rows.reduce((total, row) => total + minor(row["netTransactionAmount"]), 0n);
        expect(sum).toBe(minor(settlement["carryover"]));
      }
      if (kind.stage !== "contents") return;
      const report = sandbox.engine.state.reports.get(String(found["reportId"]));
      const rows = await rowsOf(report);
      if (rows !== undefined && found["line"] !== null && kind.kind !== "damaged-row") {
        const row = rows.find(({ line }) => line === found["line"]);
        if (found["transactionId"] !== null && !kind.kind.endsWith("refund") && kind.kind !== "unknown-capture") {
          expect(row?.values["amazonTransactionId"]).toBe(found["transactionId"]);
        }
        expect(row).toBeDefined();
      }
      if (name.startsWith("damaged-") && name !== "damaged-row") expect(rows).toBeUndefined();
    },
  );

  it("goes into one report each, and the others are right", async () => {
    for (const kind of ["drop-row", "duplicate-row"]) requestDiscrepancy(sandbox.engine, { kind });
    const books = { firstSettlementAfter: "P3D", settlementEvery: "P3D" };
    await trade(sandbox, { merchantId: merchantId(), days: 14, orders: 120, books });
    const { discrepancies } = truthOf(sandbox.engine, merchantId());
    const [first, second] = discrepancies;
    expect(first?.["settlementId"]).not.toBe(second?.["settlementId"]);
    const wrong = new Set(discrepancies.map((one) => one["reportId"]));
    for (const report of sandbox.engine.state.reports.values()) {
      if (!report.reportType.endsWith("_SETTLEMENT_DATA_") || report.reportDocumentId === null) continue;
      const rows = await rowsOf(report);
      const sum = rows?.reduce((total, { values }) => total + (values["netTransactionAmount"] as bigint), 0n);
      if (wrong.has(report.reportId)) expect(sum).not.toBe(0n);
      else expect(sum).toBe(0n);
    }
  });

  it("can be withdrawn while it waits", async () => {
    requestDiscrepancy(sandbox.engine, { kind: "drop-row" });
    expect(await sandbox.control("DELETE", "/discrepancies")).toEqual({ withdrawn: 1 });
    expect(await sandbox.control("DELETE", "/discrepancies")).toEqual({ withdrawn: 0 });
    const listed = (await sandbox.control("GET", "/discrepancies")) as { kinds: unknown[]; discrepancies: unknown[] };
    expect(listed.kinds).toHaveLength(DISCREPANCY_KINDS.length);
    expect(listed.discrepancies).toMatchObject([{ status: "withdrawn" }]);
  });

  it("waits for the merchant and the report type that it was asked for", async () => {
    const type = "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_CAPTURE_DATA_";
    await sandbox.control("POST", "/discrepancies", { kind: "drop-report", reportType: type });
    const other = sandbox.merchants[1]?.merchantId ?? "";
    await sandbox.control("POST", "/discrepancies", { kind: "drop-row", merchantId: other });
    await trade(sandbox, { merchantId: merchantId(), days: 5, orders: 40, books: { firstSettlementAfter: "P2D" } });
    const [dropped, waiting] = (
      (await sandbox.control("GET", "/discrepancies")) as { discrepancies: Record<string, unknown>[] }
    ).discrepancies;
    expect(dropped).toMatchObject({ status: "injected", reportType: type });
    expect(waiting).toMatchObject({ status: "waiting" });
  });
});
