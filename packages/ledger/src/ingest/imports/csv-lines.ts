import { ReportError } from "@amazon-pay-kit/reports";
import { type CsvRecord, readCsv } from "@amazon-pay-kit/reports/csv";

/**
 * The lines of a table that a person hands in, packed or not. What the reader says of a damaged packing is meant for
 * reports, which can be fetched again; a person's own file is refused in its own words.
 *
 * @param refuse makes the error of a sentence
 */
export async function* csvLines(
  source: AsyncIterable<Uint8Array>,
  separator: string | undefined,
  refuse: (message: string) => Error,
): AsyncGenerator<CsvRecord> {
  try {
    yield* readCsv(source, separator === undefined ? {} : { separator });
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    throw refuse("the file is packed, and its packing is damaged: unpack it first, or save it anew as CSV");
  }
}
