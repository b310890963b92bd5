import { ExportError } from "../errors.ts";
import { type ExportJob, NEXT_FILE } from "../format.ts";
import { journalEntries } from "../journal/entries.ts";
import type { JournalEntry } from "../journal/entry.ts";

/** What a program takes in one file. */
export interface FileLimit {
  /** Name of the program, for messages. */
  readonly program: string;
  /** Most lines of a file, its headings not counted. */
  readonly most: number;
  /** How many lines an entry has. */
  readonly linesOf: (entry: JournalEntry) => number;
}

/**
 * The entries of a journal, with {@link NEXT_FILE} where a file is full. An entry is never parted.
 *
 * @throws ExportError `export.too-large` where it takes several files and there can be only one, before the first entry
 */
export async function* splitFiles(
  job: ExportJob,
  { program, most, linesOf }: FileLimit,
): AsyncGenerator<JournalEntry | typeof NEXT_FILE> {
  if (!job.splits) {
    let total = 0;
    for await (const entry of journalEntries(job.books, job.journal)) total += linesOf(entry);
    if (total > most) {
      throw new ExportError(
        "export.too-large",
        `${total} lines, and a file for ${program} has at most ${most}: write it to a file (--out), which becomes several, or export shorter spans with a from and a to, or an entry a month (--detail month)`,
      );
    }
  }
  let lines = 0;
  for await (const entry of journalEntries(job.books, job.journal)) {
    const own = linesOf(entry);
    if (own > most) {
      throw new ExportError(
        "export.too-large",
        `entry ${entry.number} has ${own} lines, and a file for ${program} has at most ${most}: choose a finer --detail`,
      );
    }
    if (lines > 0 && lines + own > most) {
      lines = 0;
      yield NEXT_FILE;
    }
    lines += own;
    yield entry;
  }
}
