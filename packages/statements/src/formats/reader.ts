import type { FormatEvent } from "../events.ts";
import type { StatementOptions } from "../options.ts";

/** A file of text, as the reader of its format gets it. */
export interface TextFile {
  /** Name of the file inside an archive; null outside of one. It goes into every event. */
  readonly name: string | null;
  /** Decoded, without byte order mark, in pieces of any size. */
  readonly text: AsyncIterable<string>;
}

/** Reads one file of one format, entry by entry; memory does not grow with the file. */
export type TextReader = (file: TextFile, options: StatementOptions) => AsyncIterable<FormatEvent>;
