import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { type ApiOptions, createApiApp } from "./app.ts";

/** Where the API listens. */
export interface ServeApiOptions extends ApiOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Default `127.0.0.1`. Tokens travel in a header: beyond loopback put a proxy that ends TLS before it. */
  readonly host?: string | undefined;
}

/** A running API. */
export interface ApiServer {
  readonly url: string;
  close(): Promise<void>;
}

const REQUEST_MILLIS = 20_000;

/**
 * Serves the API over the books until it is closed.
 *
 * @throws when the port is taken
 */
export async function serveApi(options: ServeApiOptions): Promise<ApiServer> {
  const { port, host = "127.0.0.1" } = options;
  const app = createApiApp(options);
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const serverOptions = { headersTimeout: REQUEST_MILLIS, requestTimeout: REQUEST_MILLIS };
    const made = serve({ fetch: app.fetch, hostname: host, port, serverOptions }, () => resolve(made));
    made.once("error", reject);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
