import { expectTypeOf } from "vitest";
import {
  type MwsApiError,
  type MwsDocument,
  type MwsOptions,
  MwsReports,
  type ReportInfo,
  type ReportRequestInfo,
} from "./index.ts";

declare const mws: MwsReports;

expectTypeOf<MwsOptions["region"]>().toEqualTypeOf<"na" | "eu" | "jp">();
// @ts-expect-error the secret key is needed
void (() => new MwsReports({ region: "na", sellerId: "A", accessKeyId: "B" }));

expectTypeOf(mws.reports).returns.toEqualTypeOf<AsyncGenerator<ReportInfo, void>>();
expectTypeOf(mws.reportRequests).returns.toEqualTypeOf<AsyncGenerator<ReportRequestInfo, void>>();
expectTypeOf(mws.getReport).returns.resolves.toEqualTypeOf<MwsDocument>();
expectTypeOf<MwsDocument["bytes"]>().toEqualTypeOf<Uint8Array>();
expectTypeOf<ReportRequestInfo["generatedReportId"]>().toEqualTypeOf<string | null>();

// Known report types are offered, unknown ones pass, other things do not.
void (() => mws.getReportList({ reportTypes: ["_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_", "_NEW_"] }));
// @ts-expect-error types are texts
void (() => mws.getReportList({ reportTypes: [1] }));
// @ts-expect-error a page is asked for with its token alone
void (() => mws.getReportListByNextToken({ nextToken: "T" }));
// @ts-expect-error counting has no page size
void (() => mws.getReportCount({ maxCount: 10 }));

expectTypeOf<MwsApiError["requestId"]>().toEqualTypeOf<string | null>();
expectTypeOf<MwsApiError["status"]>().toEqualTypeOf<number>();
