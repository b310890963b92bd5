import { MwsError } from "./errors.ts";
import type { MwsReportStatus, MwsReportType } from "./answers/report-info.ts";
import { isText } from "../kind.ts";

/** Parameters of a call, as they are sent. */
export type Parameters = Record<string, string>;

/** Which report requests to list. Left out members do not restrict. */
export interface ReportRequestFilter {
  /** Only these. The service then ignores all other conditions, so they are refused here. At most 100. */
  readonly reportRequestIds?: readonly string[] | undefined;
  /** Default: all. */
  readonly reportTypes?: readonly MwsReportType[] | undefined;
  /** Default: all. */
  readonly reportProcessingStatuses?: readonly MwsReportStatus[] | undefined;
  /** Submitted at or after; an ISO 8601 text or a date. The service's default: 90 days ago. */
  readonly requestedFrom?: string | Date | undefined;
  /** Submitted at or before. The service's default: now. */
  readonly requestedTo?: string | Date | undefined;
  /** Entries on a page, 1 to 100. The service's default: 10. */
  readonly maxCount?: number | undefined;
}

/** Which reports to list. Left out members do not restrict. */
export interface ReportFilter {
  /** Only those that were made for these requests. At most 100. */
  readonly reportRequestIds?: readonly string[] | undefined;
  /** Default: all. */
  readonly reportTypes?: readonly MwsReportType[] | undefined;
  /** Only those that are, or are not, marked as received. Default: both. */
  readonly acknowledged?: boolean | undefined;
  /** Default: 90 days ago. */
  readonly availableFrom?: string | Date | undefined;
  /** Default: now. */
  readonly availableTo?: string | Date | undefined;
  /** Entries on a page, 1 to 100. The service's default: 10. */
  readonly maxCount?: number | undefined;
}

const LONGEST_LIST = 100;
const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The error for a parameter that breaks a rule. */
export function badInput(path: string, rule: string): MwsError {
  return new MwsError("mws.bad-input", `${path} ${rule}; nothing was sent`);
}

/** A text that must be there. */
export function textParameter(path: string, value: unknown): string {
  if (isText(value) && value.trim() !== "") return value;
  throw badInput(path, "must be a text that is not empty");
}

/** A list as numbered parameters: `ReportTypeList.Type.1`, `.2`, … */
export function listParameters(path: string, name: string, values: readonly string[] | undefined): Parameters {
  if (values === undefined) return {};
  if (!Array.isArray(values) || values.length === 0 || values.length > LONGEST_LIST) {
    throw badInput(path, `must be a list of 1 to ${LONGEST_LIST} texts`);
  }
  return Object.fromEntries(
    values.map((value, index) => [`${name}.${index + 1}`, textParameter(`${path}[${index}]`, value)]),
  );
}

/** An instant in ISO 8601. */
export function instantParameter(path: string, name: string, value: string | Date | undefined): Parameters {
  if (value === undefined) return {};
  const readable = isText(value) ? ISO.test(value) && !Number.isNaN(Date.parse(value)) && isDay(value) : isDate(value);
  if (!readable) throw badInput(path, "must be a date, or an instant in ISO 8601 such as 2026-01-31T00:00:00Z");
  return { [name]: isText(value) ? value : value.toISOString() };
}

/** Whether the day that a text begins with is there: `Date.parse` reads 31 February as a day of March. */
const isDay = (text: string): boolean => new Date(text.slice(0, 10)).toISOString().startsWith(text.slice(0, 10));

const isDate = (value: unknown): boolean => value instanceof Date && !Number.isNaN(value.getTime());

function periodParameters(
  [fromPath, from, fromName]: readonly [string, string | Date | undefined, string],
  [toPath, to, toName]: readonly [string, string | Date | undefined, string],
): Parameters {
  const period = { ...instantParameter(fromPath, fromName, from), ...instantParameter(toPath, toName, to) };
  if (from !== undefined && to !== undefined && new Date(from).getTime() > new Date(to).getTime()) {
    throw badInput(toPath, `lies before ${fromPath}`);
  }
  return period;
}

function countParameter(value: number | undefined): Parameters {
  if (value === undefined) return {};
  if (!Number.isInteger(value) || value < 1 || value > 100) {
    throw badInput("maxCount", "must be a whole number from 1 to 100");
  }
  return { MaxCount: String(value) };
}

function refuseBesidesIds(filter: object): void {
  const others = Object.entries(filter).filter(
    ([name, value]) => value !== undefined && name !== "reportRequestIds" && name !== "maxCount",
  );
  const [other] = others;
  if (other !== undefined) {
    throw badInput(other[0], "cannot be combined with reportRequestIds, beside which the service ignores it");
  }
}

/** Parameters of `GetReportRequestList`, `GetReportRequestCount` and `CancelReportRequests`. */
export function requestFilterParameters(filter: ReportRequestFilter): Parameters {
  if (filter.reportRequestIds !== undefined) refuseBesidesIds(filter);
  return {
    ...listParameters("reportRequestIds", "ReportRequestIdList.Id", filter.reportRequestIds),
    ...listParameters("reportTypes", "ReportTypeList.Type", filter.reportTypes),
    ...listParameters("reportProcessingStatuses", "ReportProcessingStatusList.Status", filter.reportProcessingStatuses),
    ...periodParameters(
      ["requestedFrom", filter.requestedFrom, "RequestedFromDate"],
      ["requestedTo", filter.requestedTo, "RequestedToDate"],
    ),
    ...countParameter(filter.maxCount),
  };
}

/** Parameters of `GetReportList` and `GetReportCount`. */
export function reportFilterParameters(filter: ReportFilter): Parameters {
  if (filter.reportRequestIds !== undefined) refuseBesidesIds(filter);
  return {
    ...listParameters("reportRequestIds", "ReportRequestIdList.Id", filter.reportRequestIds),
    ...listParameters("reportTypes", "ReportTypeList.Type", filter.reportTypes),
    ...(filter.acknowledged === undefined ? {} : { Acknowledged: String(filter.acknowledged) }),
    ...periodParameters(
      ["availableFrom", filter.availableFrom, "AvailableFromDate"],
      ["availableTo", filter.availableTo, "AvailableToDate"],
    ),
    ...countParameter(filter.maxCount),
  };
}
