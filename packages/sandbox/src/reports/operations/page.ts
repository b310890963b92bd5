import { createHmac } from "node:crypto";
import { ServiceError } from "../../api/service-error.ts";
import type { JsonObject } from "../../api/operation-call.ts";

/** How many a page holds unless the caller says otherwise, and at most. */
const DEFAULT_PAGE = 10;
const LARGEST_PAGE = 100;

/** What a page token stands for: the query that began the listing, and how far it has come. */
export interface PageMark {
  /** Query parameters of the first page. */
  readonly query: Readonly<Record<string, string>>;
  /** Listing is of what there was at this moment, so that pages do not shift under the reader. */
  readonly asOf: number;
  /** Rows given out so far. */
  readonly offset: number;
}

/** The mark of a page: of the token, or of a listing that begins now. An empty token counts as none. */
export function readMark(listing: string, query: JsonObject, now: number): PageMark {
  const token = query["nextToken"];
  if (typeof token !== "string" || token === "") {
    const kept: Record<string, string> = {};
    for (const [name, value] of Object.entries(query))
      if (typeof value === "string" && value !== "") kept[name] = value;
    return { query: kept, asOf: now, offset: 0 };
  }
  const mark = decodeMark(listing, token);
  if (mark === undefined) {
    throw new ServiceError("InvalidParameterValue", "The value provided for [nextToken] is invalid.");
  }
  return mark;
}

/** A page of rows, and the token of the next one where there is one. */
export function pageOf<Row>(
  listing: string,
  rows: readonly Row[],
  mark: PageMark,
): { page: Row[]; nextToken: string | null } {
  const size = Number(mark.query["pageSize"] ?? DEFAULT_PAGE);
  const length = Math.min(LARGEST_PAGE, size);
  const end = mark.offset + length;
  const nextToken = end < rows.length ? encodeMark(listing, { ...mark, offset: end }) : null;
  return { page: rows.slice(mark.offset, end), nextToken };
}

/** Tokens tell a merchant nothing worth hiding; the seal only shows one that was made up or meant for another listing. */
function seal(listing: string, text: string): string {
  return createHmac("sha256", `page of ${listing}`).update(text).digest("base64url").slice(0, 16);
}

export function encodeMark(listing: string, mark: PageMark): string {
  const text = Buffer.from(JSON.stringify([mark.query, mark.asOf, mark.offset])).toString("base64url");
  return `${text}.${seal(listing, text)}`;
}

export function decodeMark(listing: string, token: string): PageMark | undefined {
  const [text = "", given] = token.split(".");
  if (given !== seal(listing, text)) return undefined;
  const [query, asOf, offset] = JSON.parse(Buffer.from(text, "base64url").toString()) as [
    PageMark["query"],
    number,
    number,
  ];
  return { query, asOf, offset };
}
