import { serve } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../../service/sandbox.ts";
import { startSandbox, type StartOptions } from "../../server/start-sandbox.ts";

/** A sandbox on free ports of this machine. */
export interface ListeningSandbox extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly origin: string;
}

/** Starts a sandbox for a test. */
export async function listeningSandbox(options: StartOptions = {}): Promise<ListeningSandbox> {
  const { sandbox, ready, close } = await startSandbox({ seed: 1, port: 0, httpsPort: 0, ...options });
  return { sandbox, origin: ready.http, [Symbol.asyncDispose]: close };
}

/** Serves a fetch-style handler on a free port: the shop of a test. */
export function listen(
  handler: (request: Request) => Response | Promise<Response>,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: handler, port: 0, hostname: "127.0.0.1" }, (address: AddressInfo) => {
      resolve({
        origin: `http://127.0.0.1:${address.port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => {
              done();
            });
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      });
    });
  });
}
