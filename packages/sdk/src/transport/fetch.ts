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
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
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
