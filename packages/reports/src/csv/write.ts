/** How {@link csvLine} writes. */
export interface CsvLineOptions {
  /** Every cell in quotes, or only those that need them. Default `minimal`. */
  readonly quoting?: "all" | "minimal";
  /** One ASCII character. Default `,`. */
  readonly separator?: string;
  /** Default `\n`. */
  readonly lineEnd?: string;
}

const NEEDS_QUOTES = /["\r\n]|^\s|\s$|^$/;

/**
 * One line of comma-separated text, line end included (RFC 4180).
 *
 * @example csvLine(["Court and Cherry, Inc.", "5.00"]) // "\"Court and Cherry, Inc.\",5.00\n"
 */
export function csvLine(cells: readonly string[], options: CsvLineOptions = {}): string {
  const separator = options.separator ?? ",";
  const all = options.quoting === "all";
  const lone = cells.length === 1;
  const written = cells.map((cell) =>
    all || cell.includes(separator) || (NEEDS_QUOTES.test(cell) && (cell !== "" || lone)) ? quoted(cell) : cell,
  );
  return written.join(separator) + (options.lineEnd ?? "\n");
}

function quoted(cell: string): string {
  return `"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"`;
}
