import { expect } from "vitest";
import type { ReportBatch } from "../batch.ts";
import type { ReadReportOptions } from "../options.ts";
import { readReportBatches, readReportCarefully } from "../reader/read-batches.ts";
import { UnusableReportError } from "../unusable-report-error.ts";
import { collect, inPieces, type ReadReport } from "./collect.ts";

/** Everything about a report, or why it cannot be used. */
type Outcome = ReadReport | { readonly code: string; readonly message: string };

async function outcomeOf(batches: AsyncIterable<ReportBatch>): Promise<Outcome> {
  try {
    return await collect(batches);
  } catch (error) {
    if (error instanceof UnusableReportError) return { code: error.code, message: error.message };
    throw error;
  }
}

/** Physical lines of a text, counted in the plainest way there is. */
function physicalLines(bytes: Uint8Array): number {
  const text = Buffer.from(bytes).toString("latin1");
  if (text === "") return 0;
  const breaks = text.match(/\r\n|\r|\n/g)?.length ?? 0;
  return /[\r\n]$/.test(text) ? breaks : breaks + 1;
}

/**
 * Reads bytes carefully, fast, in blocks of several sizes and in pieces of several sizes, and holds all to be the same
 * and every line to be accounted for. Gives the careful outcome.
 *
 * @param cuts sizes of pieces
 */
export async function expectSameReading(
  bytes: Uint8Array,
  cuts: readonly number[],
  options: ReadReportOptions = {},
): Promise<Outcome> {
  const fallback = await outcomeOf(readReportCarefully(bytes, options));
  for (const blockBytes of [undefined, 1, 37, 400]) {
    const sized = blockBytes === undefined ? options : { ...options, blockBytes };
    expect(await outcomeOf(readReportBatches(inPieces(bytes, ...cuts), sized))).toEqual(fallback);
  }
  expect(await outcomeOf(readReportCarefully(inPieces(bytes, ...cuts), { ...options, blockBytes: 53 }))).toEqual(
    fallback,
  );
  if ("summary" in fallback) {
    const { lines, rows, errors, bytes: counted } = fallback.summary;
    expect(lines.total).toBe(physicalLines(bytes));
    expect(lines.header + lines.rows + lines.errors + lines.blank).toBe(lines.total);
    expect(
      fallback.errors.reduce((sum, error) => sum + (error.code.startsWith("preamble.") ? 0 : error.lines), 0),
    ).toBe(lines.errors);
    expect(rows).toBe(fallback.rows.length);
    expect(errors).toBe(fallback.errors.length);
    expect(counted).toBe(bytes.length);
  }
  return fallback;
}
