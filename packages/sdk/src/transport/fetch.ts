import { wrongOption } from "../errors/configuration-error.ts";
import { AnswerTooLarge, readUpTo } from "./answer-limit.ts";
import type { Transport, TransportRequest, TransportStream } from "./transport.ts";

/** The standard `fetch`, called with a `Request`. A server in the same process can stand in for it. */
export type FetchFunction = (request: Request) => Promise<Response>;

/**
 * A transport over `fetch`, for every runtime.
 *
 * @example fetchTransport((request) => sandbox.fetch(request))
 */
export function fetchTransport(fetchFunction: FetchFunction = (request) => fetch(request)): Transport {
  const open = async (request: TransportRequest): Promise<TransportStream> => {
    const answer: unknown = await fetchFunction(
      new Request(request.origin + request.target, {
        method: request.method,
        headers: request.headers,
        // Followed redirects would carry signed headers to another host.
        redirect: "manual",
        signal: request.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
      }),
    );
    const { status, headers, body, type } = Object(answer) as Partial<Response>;
    // What fetch itself rejects with where there is no network.
    if (type === "error") throw new TypeError("the fetch gave Response.error()");
    if (
      typeof status !== "number" ||
      typeof headers?.get !== "function" ||
      (body && typeof body.getReader !== "function")
    )
      throw wrongOption(
        "`fetch` must give a Response: a stand-in for tests can give Response.json({ … }, { status: 200 })",
      );
    const stream = (body ?? new Response("").body) as ReadableStream<Uint8Array>;
    return { status, headers: Object.fromEntries(headers), body: stream };
  };
  return {
    open,
    async send(request) {
      const { status, headers, body } = await open(request);
      const { maxBytes = Number.POSITIVE_INFINITY } = request;
      const bytes = await readUpTo(body, maxBytes);
      if (bytes === undefined) throw new AnswerTooLarge(maxBytes, status, headers);
      return { status, headers, body: new TextDecoder().decode(bytes) };
    },
    close() {
      // The runtime looks after its own connections.
    },
  };
}
