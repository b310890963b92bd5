import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";

const FOLDER = new URL("../fixtures/damaged/", import.meta.url);

/** The damaged files that once made trouble, or stand for a kind of it. */
export function corpus(): { name: string; bytes: Buffer }[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".csv"))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(new URL(name, FOLDER)) }));
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
