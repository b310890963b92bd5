/** Column names as a file has them, split at its separator. */
export function names(header: string, separator = ";"): readonly string[] {
  return header.split(separator);
}
