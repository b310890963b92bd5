import { isObject } from "../../kind.ts";
type Body = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Body => isObject(value);

const EMPTY =
  "it is empty: nothing has read the request's body (SNS posts JSON as text/plain, which express.json() leaves alone), or it was sent without one. Give the handler the request itself, or its body as text";

/** Bodies that people hand over by mistake, and what to do instead. The first that fits is told. */
const MISTAKES: readonly (readonly [fits: (body: Body) => boolean, why: string])[] = [
  [(body) => typeof body["then"] === "function", "it is a Promise: await it"],
  [
    (body) => typeof body["text"] === "function" && "headers" in body,
    "it is a Request: pass on what its text() gives, or use notificationHandler",
  ],
  [(body) => Object.keys(body).length === 0, EMPTY],
  [
    ({ Records: records }) => Array.isArray(records),
    "it is the event of a Lambda trigger: use lambdaNotificationHandler, or pass on `Sns` of each record",
  ],
  [
    (body) => "requestContext" in body || "httpMethod" in body || "isBase64Encoded" in body,
    "it is a Lambda event of API Gateway or of a function URL: use lambdaNotificationHandler, or pass on its `body`, decoded when `isBase64Encoded`",
  ],
  [
    (body) => "ObjectType" in body || "NotificationType" in body,
    "it is Amazon Pay's message without the envelope, so nothing proves where it comes from: switch off raw message delivery of the SNS subscription",
  ],
  [
    ({ type, data }) => type === "Buffer" && Array.isArray(data),
    "it is a Buffer that was turned into JSON: pass on the bytes or the text",
  ],
  [
    (body) => Object.keys(body).some((name) => name.trimStart().startsWith("{")),
    "a body parser read it as a form: SNS posts JSON, so give this route the body as text",
  ],
  [(body) => "0" in body && "1" in body, "it is a text or bytes spread into an object: pass on the text or the bytes"],
  [
    ({ body, headers }) => body !== undefined || isRecord(headers),
    "it is a request and not its body: pass on the body, or use a handler that takes requests",
  ],
];

/** Why a text is no JSON, where it is one of the usual mistakes; undefined otherwise. */
export function usualText(text: string): string | undefined {
  if (text.trim() === "") return EMPTY;
  if (text === "[object Object]")
    return "it is an object that was turned into a text: pass on the object, or what was posted";
  // `{"`, or `{` and a blank, in base64: what API Gateway and its like make of what they take for binary.
  if (/^e[wy][\w+/-]{20,}=*$/.test(text.trim()))
    return "it is base64: decode it, as `isBase64Encoded` of a Lambda event says";
  return undefined;
}

/** Why a body without `Type` is no envelope, where it is one of the usual mistakes; undefined otherwise. */
export function usualMistake(body: Body): string | undefined {
  if ("Type" in body) return undefined;
  return MISTAKES.find(([fits]) => fits(body))?.[1];
}
