import { decodeMark, encodeMark } from "../reports/operations/page.ts";
import { requiredParameter, type Parameters } from "./access/read-parameters.ts";
import { MwsError } from "./mws-error.ts";
import { element, type Element } from "./xml/element.ts";

/** A listing as it was asked for, so that its next page can be found again. */
export interface Listing {
  readonly parameters: Parameters;
  /** The listing is of what there was at this moment. */
  readonly asOf: number;
  readonly offset: number;
}

/** A listing that begins now. */
export function firstPage(parameters: Parameters, now: number): Listing {
  return { parameters, asOf: now, offset: 0 };
}

/**
 * The listing that a token goes on with; the token is the only parameter that counts.
 *
 * @throws MwsError `InvalidParameterValue` for a token that was made up, or given out by another operation
 */
export function nextPage(name: string, parameters: Parameters): Listing {
  const mark = decodeMark(name, requiredParameter(parameters, "NextToken"));
  if (mark === undefined) throw new MwsError("InvalidParameterValue", "Invalid NextToken.");
  return { parameters: new Map(Object.entries(mark.query)), asOf: mark.asOf, offset: mark.offset };
}

const NOT_KEPT =
  /^(AWSAccessKeyId|Action|Signature.*|Timestamp|MWSAuthToken|SellerId|Merchant|Marketplace|Version|NextToken)$/;

/** A page: token, whether there is more, and the rows. Anyone who reads it should trust `HasNext`. */
export function pageElements<Row>(
  name: string,
  listing: Listing,
  rows: readonly Row[],
  size: number,
  show: (row: Row) => Element,
): Element[] {
  const end = listing.offset + size;
  const more = end < rows.length;
  const query = Object.fromEntries([...listing.parameters].filter(([key]) => !NOT_KEPT.test(key)));
  return [
    element("NextToken", more ? encodeMark(name, { query, asOf: listing.asOf, offset: end }) : null),
    element("HasNext", String(more)),
    ...rows.slice(listing.offset, end).map((row) => show(row)),
  ];
}
