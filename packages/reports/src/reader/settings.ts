import { ReportError } from "../errors.ts";
import { encodingOf, type CellEncoding } from "../csv/encoding.ts";
import { DEFAULT_ROW_BYTES, type PersonalData, type ReadReportOptions } from "../options.ts";

/** The options of a reading with their defaults filled in. */
export interface ReadSettings {
  readonly personalData: PersonalData;
  readonly strict: boolean;
  readonly errorLimit: number;
  readonly rowBytes: number;
  readonly encoding: CellEncoding;
  /** Read well-formed rows the fast way. Only tests switch it off, to compare. */
  readonly fast: boolean;
}

/** What stands in place of masked values. */
export const MASK = "***";

/** @throws ReportError `read.options` for a limit that is none, and for an encoding that is none or cannot be that of a report */
export function settingsOf(options: ReadReportOptions, fast: boolean): ReadSettings {
  const errorLimit = options.errorLimit ?? Number.POSITIVE_INFINITY;
  const rowBytes = options.limits?.rowBytes ?? DEFAULT_ROW_BYTES;
  if (Number.isNaN(errorLimit) || errorLimit < 0)
    throw new ReportError("read.options", `errorLimit: expected 0 or more, found ${errorLimit}`);
  if (!Number.isInteger(rowBytes) || rowBytes < 1)
    throw new ReportError("read.options", `limits.rowBytes: expected 1 or more, found ${rowBytes}`);
  const encoding = encodingOf(options.encoding ?? "utf-8");
  return {
    personalData: options.personalData ?? "keep",
    strict: options.strict === true,
    errorLimit,
    rowBytes,
    encoding,
    // Longer characters are read there as UTF-8.
    fast: fast && encoding.name === "utf-8",
  };
}
