/** The MWS Reports API (2009-01-01): lists, downloads and acknowledgements of reports, with the published quotas. */
export { MwsReports, type ManageReportScheduleInput, type MwsChange, type RequestReportInput } from "./reports.ts";
export type { MwsOptions } from "./options.ts";
export type { UserAgentParts } from "./user-agent.ts";
export type { MwsCallOptions } from "./send/send.ts";
export type { MwsDocument } from "./download.ts";
export type { MwsPage } from "./pages.ts";
export type { MwsAnswerInfo, MwsQuota } from "./answers/result.ts";
export type {
  MwsReportStatus,
  MwsReportType,
  MwsSchedule,
  ReportInfo,
  ReportRequestInfo,
  ReportSchedule,
} from "./answers/report-info.ts";
export type { ReportFilter, ReportRequestFilter } from "./parameters.ts";
export { MwsApiError, type MwsAnswerContext, MwsError, type MwsErrorCode, type MwsServiceCode } from "./errors.ts";
export { MWS_OPERATIONS, type MwsAction, type MwsOperation } from "./operations.ts";
export { MWS_ENDPOINTS, MWS_MARKETPLACES, type MwsMarketplace } from "./marketplaces.ts";
export { contentMd5 } from "./checksum/content-md5.ts";
export { mwsSignature, signedForm } from "./signing/sign.ts";
export { type MwsRequest, mwsStringToSign } from "./signing/string-to-sign.ts";
