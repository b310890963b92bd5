import type { Engine } from "../../engine/engine.ts";
import type { Report } from "../../engine/objects/index.ts";
import { createReport, REPORT_ITEMS, type PlannedReport } from "./make-report.ts";
import { endProcessing, startProcessing, type ProcessingNote } from "./process-report.ts";

/** Creates, processes and forgets reports as the clock goes on. */
export function handleReports(engine: Engine): void {
  const about =
    (handle: (report: Report, payload: unknown) => void) => (item: { subject: string; payload: unknown }) => {
      const report = engine.state.reports.get(item.subject);
      if (report !== undefined) handle(report, item.payload);
    };
  engine.handle(REPORT_ITEMS.create, (item) => {
    createReport(engine, item.payload as PlannedReport);
  });
  engine.handle(
    REPORT_ITEMS.start,
    about((report) => startProcessing(engine, report)),
  );
  engine.handle(
    REPORT_ITEMS.end,
    about((report, payload) => endProcessing(engine, report, payload as ProcessingNote)),
  );
  engine.handle(
    REPORT_ITEMS.expire,
    about((report) => forget(engine, report)),
  );
}

/** The listing keeps a report that is past its retention out by itself; its bytes are no longer needed. */
function forget(engine: Engine, report: Report): void {
  if (report.reportDocumentId !== null) engine.state.reportDocuments.delete(report.reportDocumentId);
}
