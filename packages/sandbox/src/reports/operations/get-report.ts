import type { OperationHandler } from "../../api/operation-call.ts";
import { ServiceError } from "../../api/service-error.ts";
import { signedUrl } from "../documents/signed-url.ts";
import { isListed } from "./list-reports.ts";
import { showReport } from "./show-report.ts";

/** What is answered for an id that the merchant has not, in this environment. */
export function notFound(what: string, id: string): ServiceError {
  return new ServiceError("ResourceNotFound", `No ${what} with the id ${id.slice(0, 80)} was found.`);
}

/** `GET /reports/{reportId}` */
export const getReportById: OperationHandler = ({ engine, merchant, environment, params }) => {
  const reportId = params["reportId"] ?? "";
  const report = engine.state.reports.get(reportId);
  const mine = report?.merchantId === merchant.merchantId && report.environment === environment;
  if (report === undefined || !mine || !isListed(report, engine.now())) throw notFound("report", reportId);
  return { body: showReport(report) };
};

/** `GET /report-documents/{reportDocumentId}`: an address that has to be used at once. */
export const getReportDocument: OperationHandler = ({ engine, merchant, params, origin }) => {
  const reportDocumentId = params["reportDocumentId"] ?? "";
  const document = engine.state.reportDocuments.get(reportDocumentId);
  if (document === undefined || document.merchantId !== merchant.merchantId) {
    throw notFound("report document", reportDocumentId);
  }
  return {
    body: {
      reportDocumentId,
      url: signedUrl(engine, origin, reportDocumentId),
      compressionAlgorithm: document.compressionAlgorithm,
    },
  };
};
