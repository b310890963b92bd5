import { REPORT_TYPES } from "@amazon-pay-kit/reports";
import { CliError } from "../errors.ts";

/** `settlement` for `_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_`, and so on. */
function shortName(type: string): string {
  return /OFFAMAZONPAYMENTS_(.+)_DATA_$/.exec(type)?.[1]?.toLowerCase().replaceAll("_", "-") ?? type;
}

const TYPES: readonly string[] = Object.keys(REPORT_TYPES);

/** The report types by their short names, for help texts. */
export const SHORT_TYPES: readonly string[] = TYPES.map(shortName);

/** A report type from its short name (`settlement`, `refund`, …) or its full one; types that we do not know pass as they are. */
export function reportTypeOf(name: string): string {
  const known = TYPES.find((type) => type === name || shortName(type) === name.toLowerCase());
  if (known !== undefined) return known;
  if (/^_GET_[A-Z0-9_]+_$/.test(name)) return name;
  throw new CliError("usage.report-type", `there is no report type ${JSON.stringify(name)}`, {
    remedy: `use one of ${SHORT_TYPES.join(", ")}`,
  });
}

/** The short name of a type. */
export { shortName as shortReportType };
