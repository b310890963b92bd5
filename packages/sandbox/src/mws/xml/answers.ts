import type { Answer } from "../../http/call.ts";
import type { MwsError } from "../mws-error.ts";
import { element, writeXml, type Element } from "./element.ts";

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** How answers to a merchant look. */
export interface AnswerForm {
  /** Host in the namespace. */
  readonly namespace: string;
  readonly blanks: boolean;
  readonly requestId: string;
}

function xmlAnswer(status: number, root: Element, form: AnswerForm): Answer {
  const attributes = { xmlns: `http://${form.namespace}/doc/2009-01-01/` };
  return {
    status,
    headers: { "content-type": "text/xml", "x-mws-request-id": form.requestId },
    body: DECLARATION + writeXml({ ...root, attributes }, form.blanks),
  };
}

/** `<ActionResponse><ActionResult>…</ActionResult><ResponseMetadata>…`: the request id is spelled `RequestId` here. */
export function successAnswer(action: string, content: readonly (Element | undefined)[], form: AnswerForm): Answer {
  const metadata = element("ResponseMetadata", [element("RequestId", form.requestId)]);
  return xmlAnswer(200, element(`${action}Response`, [element(`${action}Result`, content), metadata]), form);
}

/** `<ErrorResponse>`: the request id is spelled `RequestID` here. */
export function errorAnswer(error: Pick<MwsError, "mwsCode" | "message" | "status">, form: AnswerForm): Answer {
  const details = element("Error", [
    element("Type", error.status >= 500 && error.mwsCode === "InternalError" ? "Receiver" : "Sender"),
    element("Code", error.mwsCode),
    element("Message", error.message),
    element("Detail", null),
  ]);
  return xmlAnswer(error.status, element("ErrorResponse", [details, element("RequestID", form.requestId)]), form);
}

/** What a plain GET of the endpoint's root answers: the service's time. */
export function pingAnswer(now: number, requestId: string): Answer {
  const timestamp: Element = {
    name: "Timestamp",
    content: null,
    attributes: { timestamp: new Date(now).toISOString() },
  };
  return {
    status: 200,
    headers: { "content-type": "text/xml", "x-mws-request-id": requestId },
    body: DECLARATION + writeXml(element("PingResponse", [timestamp])),
  };
}
