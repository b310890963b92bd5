/** Reports of the sandbox: contents, making, Reports API. */
export { draftOf } from "./contents/draft-of.ts";
export { lineOfRow, type DraftRow, type ReportDraft, type ReportPlan } from "../engine/objects/report.ts";
export { installReports, reportsModule } from "./module.ts";
export { orderReport, type ReportOrder } from "./making/make-report.ts";
export { REPORT_TYPE_FACTS, reportTypeFacts, type ReportTypeFacts } from "./report-types.ts";
export { configureReports, defaultReportsSettings, reportsSettings, type ReportsSettings } from "./settings.ts";
