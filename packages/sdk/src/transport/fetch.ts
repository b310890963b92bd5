import { AnswerTooLarge, readUpTo } from "./answer-limit.ts";
import type { Transport, TransportRequest } from "./transport.ts";

/** The standard `fetch`, called with a `Request`. A server in the same process can stand in for it. */
export type FetchFunction = (request: Request) => Promise<Response>;

/**
 * A transport over `fetch`, for every runtime.
 *
 * @example fetchTransport((request) => sandbox.fetch(request))
 */
export function fetchTransport(fetchFunction: FetchFunction = (request) => fetch(request)): Transport {
  const exchange = async (request: TransportRequest): Promise<Response> =>
    fetchFunction(
      new Request(request.origin + request.target, {
        method: request.method,
        headers: request.headers,
        // Followed redirects would carry signed headers to another host.
        redirect: "manual",
        signal: request.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
      }),
    );
  return {
    async send(request) {
      const response = await exchange(request);
      const { status, body } = response;
      const headers = Object.fromEntries(response.headers);
      if (body === null) return { status, headers, body: "" };
      const { maxBytes = Number.POSITIVE_INFINITY } = request;
      const bytes = await readUpTo(body as ReadableStream<Uint8Array>, maxBytes);
      if (bytes === undefined) throw new AnswerTooLarge(maxBytes, status, headers);
      return { status, headers, body: new TextDecoder().decode(bytes) };
    },
    async open(request) {
      const response = await exchange(request);
      const body = (response.body ?? new Response("").body) as ReadableStream<Uint8Array>;
      return { status: response.status, headers: Object.fromEntries(response.headers), body };
    },
    close() {
      // The runtime looks after its own connections.
    },
  };
}
