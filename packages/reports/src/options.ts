/** What becomes of columns with data of the buyer. */
export type PersonalData = "keep" | "mask" | "drop";

/** Bounds that protect from files made to do harm, or gone wrong. */
export interface ReadLimits {
  /** Longest row in bytes, its line breaks included. Default 1 MiB; a longer one is a row error. */
  readonly rowBytes?: number;
  /** Most bytes of a file after decompression. Default: no limit. */
  readonly bytes?: number;
  /** Most bytes that one byte of a gzip or zip file may become, counted after the first MiB. Default 250. */
  readonly ratio?: number;
  /** Largest zip file in bytes that is held in memory when it does not come as a file. Default 256 MiB. */
  readonly zipBytes?: number;
}

/** How a report is read. */
export interface ReadReportOptions {
  /** `mask` puts `***` in place of each value that is not empty, `drop` leaves the columns out. Default `keep`. */
  readonly personalData?: PersonalData;
  /** With one error more than this the file counts as unusable (`file.too-many-errors`). Default: no limit. */
  readonly errorLimit?: number;
  /**
   * Refuse what is merely unusual: unknown columns (`file.unknown-column`), unknown words in watched columns
   * (`cell.unknown-word`), and an empty cell too many at the end of a row. Default `false`: keep and notice.
   */
  readonly strict?: boolean;
  /**
   * In which encoding the file is, by its WHATWG name: `windows-1252`, `shift_jis`. Only encodings in which every ASCII
   * byte is that character. Default `utf-8`, in which a text with other bytes is kept with each of them written `\\xNN`.
   */
  readonly encoding?: string;
  readonly limits?: ReadLimits;
  /** How many bytes are read at a time. Default 64 KiB; the result does not depend on it. */
  readonly blockBytes?: number;
  /** Stops the reading at the next block, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Longest row unless the caller says otherwise. */
export const DEFAULT_ROW_BYTES = 1024 * 1024;

/** Bytes read at a time: large enough that work per block does not count, small enough to stay in cache. */
export const DEFAULT_BLOCK_BYTES = 64 * 1024;
