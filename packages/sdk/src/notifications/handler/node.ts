import type { NotificationBody } from "../envelope/read-envelope.ts";
import { bytesUpTo } from "../bytes.ts";
import { NotificationError } from "../errors.ts";
import { LONGEST_BODY, POST_ONLY } from "./answer.ts";
import { type HandlerOptions, answerBody, checkHandlerOptions } from "./process.ts";
import { isObject, isText } from "../../kind.ts";

/** As much of `http.IncomingMessage`, or of Express's and Fastify's request, as the handler needs. */
export interface NodeRequest extends AsyncIterable<Uint8Array | string> {
  /** HTTP method; anything but POST is answered with 405. */
  readonly method?: string | undefined;
  /** What a body parser in front has left: text, bytes or the parsed object. */
  readonly body?: unknown;
}

/** As much of `http.ServerResponse` as the handler needs. */
export interface NodeResponse {
  /** Begins the answer. */
  writeHead(status: number, headers: Record<string, string>): unknown;
  /** Ends it with a body. */
  end(text: string): unknown;
}

function parsedBody(body: unknown): NotificationBody | undefined {
  if (isText(body) || body instanceof Uint8Array) return body.length === 0 ? undefined : body;
  if (!isObject(body) || Object.keys(body).length === 0) return undefined;
  return body;
}

/** The chunks of a request. Leaving early must not destroy the socket, which is still needed for the answer. */
async function* chunksOf(request: NodeRequest): AsyncGenerator<Uint8Array | string> {
  const chunks = request[Symbol.asyncIterator]();
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

/**
 * A handler for `node:http` and frameworks on top of it. SNS posts `text/plain`, which body parsers leave alone; what one
 * has parsed is taken from `request.body`.
 *
 * @example
 * createServer(nodeNotificationHandler({ onChange: (notification) => queue.add(notification.objectId) })).listen(8080);
 * app.post("/ipn", nodeNotificationHandler({ onChange })); // Express
 * @throws NotificationError `notification.bad-option`, at once
 */
export function nodeNotificationHandler(
  options: HandlerOptions,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  checkHandlerOptions(options);
  const answerTo = (request: NodeRequest) =>
    request.method === "POST"
      ? answerBody(async () => parsedBody(request.body) ?? bytesUpTo(LONGEST_BODY, chunksOf(request)), options)
      : POST_ONLY;
  return async (request, response) => {
    // Found out before anything is done: otherwise the work would be done, and the delivery would come again.
    if (typeof (response as Partial<NodeResponse> | undefined)?.writeHead !== "function")
      throw new NotificationError(
        "notification.bad-option",
        "the second argument is no ServerResponse: with Fastify use fastifyNotifications, or pass request.raw and reply.raw",
      );
    const { status, headers, text } = await answerTo(request);
    response.writeHead(status, { ...headers });
    response.end(text);
  };
}
