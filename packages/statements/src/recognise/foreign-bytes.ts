import type { Buffer } from "node:buffer";
import { UnusableStatementError, type UnusableStatementCode } from "../errors.ts";

const ASK = "ask the bank for CSV, MT940 or camt.053";

/** Kinds of files that are known by their first bytes and are not read. */
const FOREIGN: readonly (readonly [magic: string, what: string, code?: UnusableStatementCode])[] = [
  ["%PDF", `a PDF, which is a picture of a statement: ${ASK}`],
  ["\u00d0\u00cf\u0011\u00e0", "an old Excel workbook (.xls), or one with a password: save it as .xlsx or CSV"],
  ["\u0009\u0008", "an old Excel worksheet (.xls): save it as .xlsx or CSV"],
  ["{\\rtf", `a text processor's document (RTF): ${ASK}`],
  ["BZh", "a bzip2 file: unpack it first", "file.unsupported-packing"],
  ["\u00fd7zXZ", "an xz file: unpack it first", "file.unsupported-packing"],
  ["\u0028\u00b5\u002f\u00fd", "a Zstandard file: unpack it first", "file.unsupported-packing"],
  ["7z\u00bc\u00af", "a 7z file: unpack it first", "file.unsupported-packing"],
  ["Rar!\u001a", "a RAR file: unpack it first", "file.unsupported-packing"],
  ["PAR1", `a Parquet file: ${ASK}`],
  ["SQLite format 3", `a SQLite database: ${ASK}`],
  ["\u0089PNG", `an image: ${ASK}`],
  ["\u00ff\u00d8\u00ff", `an image: ${ASK}`],
  ["GIF8", `an image: ${ASK}`],
  ["-----BEGIN PGP MESSAGE", "encrypted (PGP): decrypt it first", "file.encrypted"],
];

/** Place of the word that marks a tar archive. */
const TAR = 257;

/**
 * Refuses a file that its first bytes tell to be of another kind.
 *
 * @throws UnusableStatementError `file.not-a-statement`, `file.unsupported-packing`, `file.encrypted`
 */
export function refuseForeignBytes(head: Buffer): void {
  const text = head.toString("latin1");
  if (text.startsWith("ustar", TAR)) {
    throw new UnusableStatementError("file.unsupported-packing", "this is a tar archive: unpack it first");
  }
  const found = FOREIGN.find(([magic]) => text.startsWith(magic));
  if (found === undefined) return;
  const [, what, code = "file.not-a-statement"] = found;
  throw new UnusableStatementError(code, `this is ${what}`);
}
