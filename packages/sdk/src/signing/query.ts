import { encodeComponent } from "./encode.ts";
import { isText } from "../kind.ts";

/** One query value; null and undefined leave the parameter out. */
export type QueryValue = string | number | boolean | null | undefined;

/** Query parameters: by name (a list repeats the name), as pairs, or as the raw text of a URL without `?`. */
export type Query =
  | string
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

/**
 * The canonical query (docs/amazon-pay/requests.md): RFC 3986 encoding, sorted by name and then by value in code-point order; a name
 * without value keeps its `=`.
 *
 * @example canonicalQuery({ foo: ["b", "a"] }) // "foo=a&foo=b"
 */
export function canonicalQuery(query: Query | undefined): string {
  if (query === undefined || query === "") return "";
  return canonicalPairs(pairsOf(query));
}

/** The canonical query of parameters by name: all that a client's calls need, without the other forms of a query. */
export function canonicalParameters(query: Readonly<Record<string, QueryValue | readonly QueryValue[]>>): string {
  return canonicalPairs(pairsByName(query));
}

function canonicalPairs(pairs: [string, string][]): string {
  return pairs
    .sort((left, right) => compareCodePoints(left[0], right[0]) || compareCodePoints(left[1], right[1]))
    .map(([name, value]) => `${encodeComponent(name)}=${encodeComponent(value)}`)
    .join("&");
}

function pairsOf(query: Query): [string, string][] {
  if (isText(query)) return parseQuery(query);
  if (Symbol.iterator in query)
    return [...(query as Iterable<readonly [string, string]>)].map(([name, value]) => [name, value]);
  return pairsByName(query as Readonly<Record<string, QueryValue | readonly QueryValue[]>>);
}

function pairsByName(query: Readonly<Record<string, QueryValue | readonly QueryValue[]>>): [string, string][] {
  return Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly QueryValue[]) : [value as QueryValue])
      .filter((entry) => entry !== undefined && entry !== null)
      .map((entry): [string, string] => [name, String(entry)]),
  );
}

function parseQuery(raw: string): [string, string][] {
  return raw
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [decode(part), ""] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    });
}

/** A plus sign is a plus sign here: the service writes a space as %20. */
function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Order by code point; UTF-16 order differs for characters outside the basic plane. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (a !== b) return codePointRank(a) - codePointRank(b);
  }
  return left.length - right.length;
}

/** Moves surrogates above the rest of the basic plane, where the characters that they make belong. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}
