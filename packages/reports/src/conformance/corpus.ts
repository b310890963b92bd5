import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { toContractLine } from "../ndjson-line.ts";
import { readReport } from "../reader/read-report.ts";
import { UnusableReportError } from "../unusable-report-error.ts";

const FOLDER = new URL("../fixtures/damaged/", import.meta.url);

/** A damaged file, and where the lines of the parse contract that it gives are kept. */
interface DamagedFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly expected: string;
}

/** The damaged files that once made trouble, or stand for a kind of it. */
export function corpus(): DamagedFile[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".csv"))
    .sort()
    .map((name) => ({
      name,
      bytes: readFileSync(new URL(name, FOLDER)),
      expected: fileURLToPath(new URL(name.replace(/csv$/, "ndjson"), FOLDER)),
    }));
}

/** What `apay parse` prints about a file, notices between, or why it cannot be used. */
export async function outcomeLines(bytes: Uint8Array): Promise<string> {
  const lines: unknown[] = [];
  try {
    for await (const event of readReport(bytes)) lines.push(toContractLine(event) ?? event);
  } catch (error) {
    if (!(error instanceof UnusableReportError)) throw error;
    lines.push({ unusable: error.code, message: error.message });
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

/**
 * Holds a property over bytes to be true. The smallest bytes for which it is not are saved among the damaged files, so
 * that the trouble is met again by every later run.
 */
export async function assertOrSave<T>(
  arbitrary: fc.Arbitrary<T>,
  bytesOf: (value: T) => Uint8Array,
  holds: (value: T) => Promise<void>,
  numRuns: number,
): Promise<void> {
  const details = await fc.check(fc.asyncProperty(arbitrary, holds), { numRuns });
  if (!details.failed) return;
  const [value] = details.counterexample ?? [];
  if (value !== undefined) {
    const bytes = bytesOf(value);
    const name = `found-${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}.csv`;
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(new URL(name, FOLDER), bytes);
    console.error(`saved the bytes that fail as src/fixtures/damaged/${name}`);
  }
  throw new Error(fc.defaultReportMessage(details) ?? "the property does not hold", { cause: details.errorInstance });
}
