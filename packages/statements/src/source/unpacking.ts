import type { PackedFault } from "@amazon-pay-kit/packed";
import { UnusableStatementError } from "../errors.ts";

/** Below this, growth does no harm: nothing of it is held in memory. */
export const HARMLESS_BYTES = 64 * 1024 * 1024;

/** What is wrong with a packed statement, with what to do. */
export function refused(found: PackedFault): UnusableStatementError {
  switch (found.fault) {
    case "too-large":
      return new UnusableStatementError(
        "file.too-large",
        `the file has more than the ${found.bytes} bytes that are allowed`,
      );
    case "zip-too-large":
      return new UnusableStatementError(
        "file.too-large",
        `the zip file has more than ${found.bytes} bytes: unpack it first`,
      );
    case "too-many-entries":
      return new UnusableStatementError("file.too-large", `the zip file holds more than ${found.entries} entries`);
    case "growth":
      return new UnusableStatementError(
        "file.compression-ratio",
        `the file grows to more than ${found.ratio} times its packed size, as no statement does: unpack it first if it is genuine`,
      );
    case "damaged-gzip":
      return damaged(`the gzip file cannot be unpacked (${found.why}): download it again`, found.cause);
    case "rest-after-gzip":
      return damaged(`behind the gzip data, at byte ${found.at}, something else begins: download it again`);
    case "damaged-zip": {
      const why = found.why === "" ? "" : ` (${found.why})`;
      return damaged(`the zip file cannot be unpacked${why}: download it again`, found.cause);
    }
    case "encrypted":
      return new UnusableStatementError("file.encrypted", "the zip file is protected by a password: unpack it first");
    case "method":
      return new UnusableStatementError(
        "file.unsupported-packing",
        `the zip file uses compression method ${found.method}, and only stored and deflated files are read: unpack it first`,
      );
  }
}

function damaged(message: string, cause?: unknown): UnusableStatementError {
  return new UnusableStatementError("file.damaged-packing", message, cause === undefined ? {} : { cause });
}
