import { integer, pick } from "../random/draws.ts";
import type { Random } from "../random/random.ts";

/** A request as an application would give it to the official client. */
export interface GeneratedRequest {
  readonly method: string;
  /** Below `/v2`, without a slash before it. */
  readonly urlFragment: string;
  readonly queryParams?: Readonly<Record<string, string | readonly string[] | null | undefined>>;
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` for none. */
  readonly payload: object | string | null | undefined;
}

const TEXTS = ["a", "B", "7", "-", "_", ".", "~", "ü", "日本", "😀", "\u1234", "é"];
const ODD = [
  " ",
  "+",
  "%",
  "&",
  "=",
  ",",
  ":",
  "@",
  "$",
  "/",
  "?",
  "#",
  "[",
  "]",
  "!",
  "'",
  "(",
  ")",
  "*",
  '"',
  "\\",
  "<",
  "\uFFFD",
  "\u{1F600}",
];
const HEADER_NAMES = [
  "X-a",
  "X-Amz-Pay-Region",
  "x-a",
  "X-B",
  "x-Amz-Pay-Idempotency-Key",
  "X-Amz-Pay-AuthToken",
  "x_a",
  "x~a",
  "xa",
  "x1",
  "Zoo",
  "aha",
];

const chance = (random: Random, one: number): boolean => integer(random, 1, one) === 1;

function text(random: Random, oddEvery: number): string {
  return Array.from({ length: integer(random, 0, 8) }, () =>
    chance(random, oddEvery) ? pick(random, ODD) : pick(random, TEXTS),
  ).join("");
}

/** ASCII only: the official client sends headers to the letter, and HTTP has no other letters. */
function headerValue(random: Random): string {
  const word = (): string => pick(random, ["a", "B1", "x-y", "AB=", "a,b"]);
  if (chance(random, 12)) return ` ${word()}`;
  if (chance(random, 12)) return `${word()}  ${word()}`;
  return word();
}

function path(random: Random): string {
  if (chance(random, 2))
    return pick(random, [
      "charges",
      "charges/S01-1-1-C1/capture",
      "reports",
      "buyers/abc",
      "in-store/charge",
      "refunds/R1/",
    ]);
  return Array.from({ length: integer(random, 1, 4) }, () =>
    pick(random, ["", ".", "..", "a", "%2F", text(random, 3).replaceAll(/[?#]/g, ""), text(random, 1000)]),
  ).join("/");
}

function queryValue(random: Random): string | string[] | null | undefined {
  if (chance(random, 25)) return undefined;
  if (chance(random, 25)) return null;
  if (chance(random, 8)) return Array.from({ length: integer(random, 0, 3) }, () => text(random, 4));
  if (chance(random, 40)) return "half \uD800";
  return text(random, 5);
}

function payload(random: Random): object | string | null {
  if (chance(random, 12)) return null;
  return pick<object | string>(random, [
    {},
    { note: text(random, 3), amount: "1.00" },
    text(random, 3),
    { a: [1, null] },
  ]);
}

/** Nothing about it that the documentation and the official client could understand differently; but any letters. */
function ordinary(random: Random): GeneratedRequest {
  const names = ["a", "B", "a.1", "a.10", "a.2", "nextToken", "pageSize"];
  const query = Array.from({ length: integer(random, 0, 4) }, () => [pick(random, names), text(random, 1000)]);
  const headers = Array.from({ length: integer(random, 0, 2) }, () => [
    pick(random, ["x-a", "x-amz-pay-idempotency-key", "zoo"]),
    pick(random, ["a", "B1", "AB="]),
  ]);
  return {
    method: pick(random, ["GET", "POST", "PATCH", "DELETE"]),
    urlFragment: pick(random, [
      "charges",
      "charges/S01-1-1-C1/capture",
      "reports",
      "buyers/a%2Fb%3D",
      "in-store/charge",
      "refunds/R1/",
    ]),
    ...(query.length === 0 ? {} : { queryParams: Object.fromEntries(query) as Record<string, string> }),
    headers: Object.fromEntries(headers) as Record<string, string>,
    payload: chance(random, 3) ? undefined : (payload(random) ?? {}),
  };
}

/** Makes a request: every other one an ordinary one, the rest with one or several odd things about them. */
export function generateRequest(random: Random): GeneratedRequest {
  if (chance(random, 2)) return ordinary(random);
  const query = Array.from({ length: integer(random, 0, 4) }, (): [string, ReturnType<typeof queryValue>] => [
    chance(random, 3) ? text(random, 4) : pick(random, ["a", "B", "a.1", "a.10", "a.2", "nextToken", "pageSize"]),
    queryValue(random),
  ]);
  const headers = Array.from({ length: integer(random, 0, 3) }, (): [string, string] => [
    pick(random, HEADER_NAMES),
    headerValue(random),
  ]);
  return {
    method: pick(random, ["GET", "POST", "PATCH", "DELETE"]),
    urlFragment: path(random),
    ...(query.length === 0 ? {} : { queryParams: Object.fromEntries(query) }),
    headers: Object.fromEntries(headers),
    payload: chance(random, 3) ? undefined : payload(random),
  };
}
