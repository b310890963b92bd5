import { createHmac } from "node:crypto";

/** A call as the stand-in got it. */
export interface ReceivedCall {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly userAgent: string;
}

/** What the stand-in answers: a body with status 200, or a whole answer. */
export type StandInAnswer = string | Response;

export const SECRET = "canary-secret-key";

/** Checks Signature Version 2 with an implementation of its own. */
function isSigned(method: string, host: string, path: string, form: string): boolean {
  const pairs = form.split("&").map((pair) => pair.split("=") as [string, string]);
  const given = pairs.find(([name]) => name === "Signature")?.[1];
  const query = pairs
    .filter(([name]) => name !== "Signature")
    .sort(([left], [right]) =>
      Buffer.compare(Buffer.from(decodeURIComponent(left)), Buffer.from(decodeURIComponent(right))),
    )
    .map((pair) => pair.join("="))
    .join("&");
  const signature = createHmac("sha256", SECRET).update([method, host, path, query].join("\n")).digest("base64");
  return given !== undefined && decodeURIComponent(given) === signature;
}

/** An MWS that answers what it is told to, once it has checked the signature. */
export function standIn(answers: readonly (StandInAnswer | Error | (() => Promise<Response>))[]) {
  const calls: ReceivedCall[] = [];
  const left = [...answers];
  const fetch = async (request: Request): Promise<Response> => {
    const { host, pathname } = new URL(request.url);
    const form = await request.text();
    const parameters = Object.fromEntries(new URLSearchParams(form));
    const action = request.method === "GET" ? "Ping" : (parameters["Action"] ?? "");
    calls.push({ action, parameters, userAgent: request.headers.get("user-agent") ?? "" });
    if (request.method === "POST" && !isSigned("POST", host, pathname, form)) {
      return errorAnswer(403, "SignatureDoesNotMatch");
    }
    const answer = left.shift() ?? errorAnswer(400, "NothingLeftToAnswer");
    if (answer instanceof Error) throw answer;
    if (typeof answer === "function") return answer();
    return typeof answer === "string" ? new Response(answer) : answer;
  };
  return { calls, fetch };
}

/** An error in the form of MWS. */
export function errorAnswer(status: number, code: string, headers: Record<string, string> = {}): Response {
  const body = `<?xml version="1.0"?>
    <ErrorResponse xmlns="http://mws.amazonaws.com/doc/2009-01-01/">
      <Error><Type>Sender</Type><Code>${code}</Code><Message>No: ${code}</Message><Detail/></Error>
      <RequestID>error-1</RequestID>
    </ErrorResponse>`;
  return new Response(body, { status, headers });
}

/** A success in the form of MWS, in one of its two namespaces. */
export function success(action: string, content: string, host = "mws.amazonservices.com"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
    <${action}Response xmlns="http://${host}/doc/2009-01-01/">
      <${action}Result>${content}</${action}Result>
      <ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>
    </${action}Response>`;
}

/** A `ReportRequestInfo`, with blanks around its texts as the service writes them. */
export function requestInfo(id: string, status = "_DONE_"): string {
  return `<ReportRequestInfo>
      <ReportRequestId>${id}</ReportRequestId>
      <ReportType>
        _GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_
      </ReportType>
      <StartDate>2015-06-13T00:00:18+00:00</StartDate>
      <EndDate>2015-06-14T00:00:18+00:00</EndDate>
      <Scheduled>false</Scheduled>
      <SubmittedDate>2015-06-14T01:13:34+00:00</SubmittedDate>
      <ReportProcessingStatus> ${status} </ReportProcessingStatus>
      ${status === "_DONE_" ? `<GeneratedReportId>R${id}</GeneratedReportId>` : ""}
      <StartedProcessingDate>
        2015-06-14T01:13:42+00:00
      </StartedProcessingDate>
      <CompletedDate>2015-06-14T01:13:44+00:00</CompletedDate>
    </ReportRequestInfo>`;
}

/** A `ReportInfo`. */
export function reportInfo(id: string, acknowledged = false): string {
  return `<ReportInfo>
      <ReportId>${id}</ReportId>
      <ReportType>_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_</ReportType>
      <ReportRequestId>Q${id}</ReportRequestId>
      <AvailableDate>2015-06-14T01:13:44+00:00</AvailableDate>
      <Acknowledged>${acknowledged}</Acknowledged>
      ${acknowledged ? "<AcknowledgedDate>2015-06-25T19:14:15+00:00</AcknowledgedDate>" : ""}
    </ReportInfo>`;
}
