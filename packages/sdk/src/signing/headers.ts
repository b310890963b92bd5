import { SignatureFormatError } from "../errors/signature-format-error.ts";

/** Headers by name in any casing (a list joins with commas), as pairs, or as a `Headers` object. */
export type HeaderInput =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [string, string]>;

/** White space at either end, two or more of it, or another kind than a space. */
const UNCLEAN = /^\s|\s$|\s\s|[^\S ]/;

/** Trims a header value and makes each run of white space one space, so that no hop on the way can change the signed text. */
export function cleanHeaderValue(value: string): string {
  return UNCLEAN.test(value) ? value.trim().replace(/\s+/g, " ") : value;
}

/**
 * Headers with lower-case names; what comes twice is joined with a comma. Headers without a value are left out.
 *
 * @throws SignatureFormatError `signature.invalid-input` for a value with a line break in it
 */
export function lowerCaseHeaders(headers: HeaderInput): Map<string, string> {
  const entries =
    Symbol.iterator in headers
      ? (headers as Iterable<readonly [string, string | readonly string[] | undefined]>)
      : Object.entries(headers);
  const result = new Map<string, string>();
  for (const [name, value] of entries) {
    if (value === undefined) continue;
    const text = typeof value === "string" ? value : value.join(",");
    if (/[\r\n\0]/.test(text)) {
      throw new SignatureFormatError(
        "signature.invalid-input",
        `the value of header ${name} has a line break in it: remove it`,
      );
    }
    const lower = name.toLowerCase();
    const earlier = result.get(lower);
    result.set(lower, earlier === undefined ? text : `${earlier},${text}`);
  }
  return result;
}
