import { safeMessage } from "../../errors/service-answer.ts";
import { readXml, type XmlElement } from "../xml/read-xml.ts";
import { memberOf, optionalText } from "../xml/members.ts";
import { XmlError } from "../xml/xml-error.ts";

/** What an error answer says. */
export interface ErrorAnswer {
  readonly serviceCode: string | null;
  readonly serviceMessage: string;
  readonly type: string | null;
  readonly detail: string | null;
  readonly requestId: string | null;
}

function parsed(body: string): XmlElement | undefined {
  try {
    return readXml(body);
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

/**
 * Reads an error answer. Errors spell it `RequestID`, successes `RequestId`; both are taken. Pages of gateways say nothing
 * about the call and are not quoted. What is quoted is printable, no longer than a screen, and without what the request held.
 *
 * @param secrets of the request: whoever answers may echo what it was sent
 */
export function readErrorAnswer(
  body: string,
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
): ErrorAnswer {
  const clean = (text: string | null): string | null => (text === null ? null : safeMessage(text, secrets));
  const fromHeader = clean(headers["x-mws-request-id"] ?? headers["x-amzn-requestid"] ?? null);
  const root = parsed(body);
  if (root?.name !== "ErrorResponse") {
    return {
      serviceCode: null,
      serviceMessage: body.trim() === "" ? "the answer is empty" : "the answer is not one of MWS",
      type: null,
      detail: null,
      requestId: fromHeader,
    };
  }
  const error = memberOf(root, "Error");
  return {
    serviceCode: clean(optionalText(error, "Code")),
    serviceMessage: clean(optionalText(error, "Message")) ?? "no message was given",
    type: clean(optionalText(error, "Type")),
    detail: clean(optionalText(error, "Detail")),
    requestId: clean(optionalText(root, "RequestID") ?? optionalText(root, "RequestId")) ?? fromHeader,
  };
}
