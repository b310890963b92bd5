import { readInstant } from "@amazon-pay-kit/money";
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
 * An instant of a request about reports. The documentation's own sample, `2022-08-04T00-00-00Z`, has dashes where ISO 8601 has
 * colons; epoch numbers, which the samples of disputes have, occur in none about reports.
 * https://developer.amazon.com/docs/amazon-pay-reports/manually-requesting-reports.html
 *
 * @throws ServiceError `InvalidParameterValue`
 */
export function instantOf(value: unknown, member: string): number {
  const instant = readInstant(String(value).replace(/T(\d{2})-(\d{2})-(\d{2})/, "T$1:$2:$3"));
  if (instant === null) throw invalid(member, "it must be a time such as 20260131T235959Z");
  return instant;
}

/** As {@link instantOf}, of a parameter that may be left out. @throws ServiceError `InvalidParameterValue` */
export function optionalInstant(query: Readonly<Record<string, string>>, name: string): number | undefined {
  const value = query[name] ?? "";
  return value === "" ? undefined : instantOf(value, name);
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
  const startAt = instantOf(body["startTime"], "startTime");
  const endAt = instantOf(body["endTime"], "endTime");
  if (endAt > engine.now()) throw invalid("endTime", "it lies in the future");
  const { merchantId } = merchant;
  const order = { merchantId, environment, reportType: facts.type, startAt, endAt, cause: "order" } as const;
  const report = orderReport(engine, order);
  if (report === undefined) {
    throw new ServiceError("ServiceUnavailable", "The report cannot be created at the moment. Try again later.");
  }
  return { body: { reportId: report.reportId } };
};
