import { unreadableAnswer } from "./answers/result.ts";
import type { MwsAnswer } from "./send/attempt.ts";
import { memberOf } from "./xml/members.ts";
import { readXml, type XmlElement } from "./xml/read-xml.ts";
import { XmlError } from "./xml/xml-error.ts";

function parsed(text: string): XmlElement | undefined {
  try {
    return readXml(text);
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

/**
 * The service's time in the answer to a ping, in milliseconds since 1970: its `Timestamp`, as attribute or as text, or else
 * the `Date` header, which is exact to the second.
 *
 * @throws MwsError `mws.unreadable-answer`
 */
export function timeOfPing({ bytes, headers }: MwsAnswer): number {
  const timestamp = memberOf(parsed(new TextDecoder().decode(bytes)), "Timestamp");
  for (const text of [timestamp?.attributes["timestamp"], timestamp?.text, headers["date"]]) {
    const time = Date.parse(text ?? "");
    if (!Number.isNaN(time)) return time;
  }
  throw unreadableAnswer("the ping", "it tells no time");
}
