import { serve } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import { createSandbox } from "../../sandbox/create-sandbox.ts";
import type { SandboxOptions } from "../../sandbox/options.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";

/** A sandbox on a free port of this machine. */
export interface ListeningSandbox extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly origin: string;
}

/** Starts a sandbox for a test. */
export async function listeningSandbox(options: SandboxOptions = {}): Promise<ListeningSandbox> {
  const sandbox = await createSandbox({ seed: 1, ...options });
  const { origin, close } = await listen(sandbox.fetch);
  sandbox.place.origin = origin;
  return {
    sandbox,
    origin,
    [Symbol.asyncDispose]: async () => {
      await close();
      await sandbox.close();
    },
  };
}

/** Serves a fetch-style handler on a free port. */
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
