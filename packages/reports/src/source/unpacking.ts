import type { PackedFault } from "@amazon-pay-kit/packed";
import { UnusableReportError } from "../unusable-report-error.ts";

/** Small files may shrink to next to nothing without meaning harm. */
export const HARMLESS_BYTES = 1024 * 1024;

/** What is wrong with a packed report, with what to do. */
export function refused(found: PackedFault): UnusableReportError {
  switch (found.fault) {
    case "too-large":
      return new UnusableReportError(
        "file.too-large",
        `the file has more than the ${found.bytes} bytes that are allowed; raise the limit if it is genuine`,
      );
    case "zip-too-large":
      return new UnusableReportError(
        "file.too-large",
        `the zip file has more than ${found.bytes} bytes; save it as a file and read that by its path, or raise the limit`,
      );
    case "growth":
      return new UnusableReportError(
        "file.compression-ratio",
        `the file grows to more than ${found.ratio} times its packed size, as no report does; raise the limit if it is genuine`,
      );
    case "damaged-gzip":
      return new UnusableReportError(
        "file.damaged-gzip",
        `the gzip file cannot be unpacked (${found.why}); fetch the report again`,
        { cause: found.cause },
      );
    case "rest-after-gzip":
      return new UnusableReportError(
        "file.damaged-gzip",
        `after the gzip data ${found.bytes} bytes follow that are none; fetch the report again`,
      );
    case "damaged-zip": {
      const why = found.why === "" ? "" : ` (${found.why})`;
      return new UnusableReportError(
        "file.damaged-zip",
        `the zip file cannot be unpacked${why}; fetch the report again`,
        { cause: found.cause },
      );
    }
    case "too-many-entries":
      return otherThanOne(`more than ${found.entries} entries`);
    case "encrypted":
      return new UnusableReportError("file.zip-encrypted", "the zip file is protected by a password; unpack it first");
    case "method":
      return new UnusableReportError(
        "file.unsupported-compression",
        `the zip file uses compression method ${found.method}; only stored and deflated files can be read: unpack it first`,
      );
  }
}

/** A zip file that does not hold one report. */
export function otherThanOne(holds: string): UnusableReportError {
  return new UnusableReportError(
    "file.zip-entries",
    `the zip file holds ${holds} instead of one report; unpack it and read each report by itself`,
  );
}
