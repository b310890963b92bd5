import { type DerElement, TAG } from "./der.ts";
import { unreadable } from "./unreadable.ts";

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;

/**
 * Reads a validity date (RFC 5280 4.1.2.5): UTCTime through 2049, GeneralizedTime after, both with seconds and `Z`.
 *
 * @returns milliseconds since 1970
 */
export function timeOf(element: DerElement | undefined): number {
  if (element === undefined) throw unreadable("a validity date is missing");
  const text = String.fromCharCode(...element.content);
  const match = (element.tag === TAG.utcTime ? UTC_TIME : GENERALIZED_TIME).exec(text);
  if (match === null || (element.tag !== TAG.utcTime && element.tag !== TAG.generalizedTime)) {
    throw unreadable("a validity date is not in the form that RFC 5280 asks for");
  }
  const [first = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  // RFC 5280 4.1.2.5.1: two digits from 50 on mean the twentieth century.
  const year = element.tag === TAG.generalizedTime ? first : first + (first >= 50 ? 1900 : 2000);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  if (!same || minute > 59 || second > 59) throw unreadable("a validity date is not a date of the calendar");
  return date.getTime();
}
