import { SignatureFormatError } from "../errors/signature-format-error.ts";
import { compareCodePoints } from "./query.ts";
import { isText } from "../kind.ts";

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

/** Whether a value is visible ASCII with single spaces inside, as nearly all are: it needs no further look. */
function isPlain(value: string): boolean {
  let before = SPACE;
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charCodeAt(index);
    if (unit === SPACE ? before === SPACE : unit < SPACE || unit > TILDE) return false;
    before = unit;
  }
  return before !== SPACE;
}

const SPACE = 0x20;
const TILDE = 0x7e;

/** Name and value of a header. */
type Pair = [string, string];

/**
 * The headers that have a value, in the order given, their names in lower case, and whether all values are plain.
 *
 * @throws SignatureFormatError `signature.invalid-input` for a value with a line break in it
 */
function pairsOf(headers: HeaderInput): { readonly pairs: Pair[]; readonly plain: boolean } {
  const entries =
    Symbol.iterator in headers
      ? (headers as Iterable<readonly [string, string | readonly string[] | undefined]>)
      : Object.entries(headers);
  const pairs: Pair[] = [];
  let plain = true;
  for (const [name, value] of entries) {
    if (value === undefined) continue;
    const text = isText(value) ? value : value.join(",");
    if (!isPlain(text)) {
      plain = false;
      if (/[\r\n\0]/.test(text)) {
        throw new SignatureFormatError(
          "signature.invalid-input",
          `the value of header ${name} has a line break in it: remove it`,
        );
      }
    }
    pairs.push([name.toLowerCase(), text]);
  }
  return { pairs, plain };
}

/**
 * Headers with lower-case names; what comes twice is joined with a comma. Headers without a value are left out.
 *
 * @throws SignatureFormatError `signature.invalid-input` for a value with a line break in it
 */
export function lowerCaseHeaders(headers: HeaderInput): Map<string, string> {
  const result = new Map<string, string>();
  for (const [name, value] of pairsOf(headers).pairs) {
    const earlier = result.get(name);
    result.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return result;
}

/**
 * Headers as they are signed: in code-point order, what comes twice joined with a comma, values cleaned, `authorization` left out.
 *
 * @throws SignatureFormatError `signature.invalid-input` for a value with a line break in it
 */
export function canonicalHeaders(headers: HeaderInput): readonly Readonly<Pair>[] {
  const { pairs, plain } = pairsOf(headers);
  const result: Pair[] = [];
  for (const pair of pairs) {
    if (pair[0] !== "authorization") insert(pair, result);
  }
  if (!plain) for (const pair of result) pair[1] = cleanHeaderValue(pair[1]);
  return result;
}

/** Puts a header where it belongs, or joins it to the one of its name. They are few, and come nearly in order. */
function insert(pair: Pair, sorted: Pair[]): void {
  let at = sorted.length;
  for (; at > 0; at -= 1) {
    const before = sorted[at - 1] as Pair;
    const order = compareCodePoints(before[0], pair[0]);
    if (order === 0) {
      before[1] += `,${pair[1]}`;
      return;
    }
    if (order < 0) break;
  }
  if (at === sorted.length) sorted.push(pair);
  else sorted.splice(at, 0, pair);
}
