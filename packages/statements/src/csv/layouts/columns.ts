/** Column names as a file has them, split at its separator. */
export function names(header: string, separator = ";"): readonly string[] {
  return header.split(separator);
}

/** Public code that reads exactly this header, where no single page or file describes it. */
export function publicCode(header: string): string {
  return `https://github.com/search?type=code&q=${encodeURIComponent(`"${header}"`)}`;
}
