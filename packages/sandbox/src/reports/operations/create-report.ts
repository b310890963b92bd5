import { parseInstant } from "@amazon-pay-kit/money";
import type { OperationCall, OperationHandler } from "../../api/operation-call.ts";
import { ServiceError } from "../../api/service-error.ts";
import { orderReport } from "../making/make-report.ts";
import { mayOrder, reportTypeFacts, type ReportTypeFacts } from "../report-types.ts";

/** What is known about the report type of a body, which the request table has checked. */
export function typeOf(call: OperationCall): ReportTypeFacts {
  const facts = reportTypeFacts(String(call.body["reportType"]));
  if (facts === undefined) throw invalid("reportType", "it is not a known report type");
  return facts;
}

/** A refusal of a member's value, in the service's words and with the reason. */
export function invalid(member: string, why: string): ServiceError {
  return new ServiceError("InvalidParameterValue", `The value provided for [${member}] is invalid: ${why}.`);
}

/**
 * An instant of a request. The documentation's own sample, `2022-08-04T00-00-00Z`, has dashes where ISO 8601 has colons.
 * https://developer.amazon.com/docs/amazon-pay-reports/manually-requesting-reports.html
 */
function instantOf(value: unknown): number {
  return parseInstant(String(value).replace(/T(\d{2})-(\d{2})-(\d{2})/, "T$1:$2:$3"));
}

/** `POST /reports` */
export const createReport: OperationHandler = (call) => {
  const { engine, merchant, environment, body, settings } = call;
  const facts = typeOf(call);
  if (!mayOrder(facts, environment, settings.strict)) {
    throw invalid(
      "reportType",
      facts.automatic === "settlement"
        ? "settlement reports are made by themselves and cannot be requested"
        : `reports of this type cannot be requested in ${environment}`,
    );
  }
  const startAt = instantOf(body["startTime"]);
  const endAt = instantOf(body["endTime"]);
  if (endAt > engine.now()) throw invalid("endTime", "it lies in the future");
  const { merchantId } = merchant;
  const order = { merchantId, environment, reportType: facts.type, startAt, endAt, cause: "order" } as const;
  const report = orderReport(engine, order);
  if (report === undefined) {
    throw new ServiceError("ServiceUnavailable", "The report cannot be created at the moment. Try again later.");
  }
  return { body: { reportId: report.reportId } };
};
