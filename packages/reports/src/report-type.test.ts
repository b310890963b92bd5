import { describe, expect, it } from "vitest";
import { REPORT_KINDS, type KnownReportKind } from "./kind.ts";
import { REPORT_TYPES, reportKindOf, reportTypeOf } from "./report-type.ts";

describe("report types", () => {
  it("that are not known are no reason to fail", () => {
    for (const type of ["_GET_FLAT_FILE_OFFAMAZONPAYMENTS_CHARGEBACK_DATA_", "", "toString", "__proto__"]) {
      expect(reportKindOf(type)).toBe("unknown");
    }
    expect(() => reportTypeOf("unknown" as never)).toThrow(/"unknown"/);
  });

  it("deliver every kind there is, settlements from live and sandbox", () => {
    for (const kind of REPORT_KINDS.filter((kind): kind is KnownReportKind => kind !== "unknown")) {
      expect(reportKindOf(reportTypeOf(kind))).toBe(kind);
    }
    expect(reportTypeOf("settlement")).toBe("_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_");
    expect(reportKindOf("_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_")).toBe("settlement");
    expect(Object.keys(REPORT_TYPES)).toHaveLength(8);
  });
});
