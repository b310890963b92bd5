import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "../service/sandbox.ts";
import { listenError } from "./listen-error.ts";
import { nodeHandler } from "./node-handler.ts";
import { SERVER_HOSTS } from "./server-hosts.ts";

/** Where to listen. */
export interface ListenOptions {
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** HTTP port; 0 takes a free one. Default 8580. */
  readonly port?: number | undefined;
  /** HTTPS port; 0 takes a free one. Default 8543. */
  readonly httpsPort?: number | undefined;
}

/** A listening server. */
export interface Listening {
  /** `http://127.0.0.1:8580` */
  readonly http: string;
  /** `https://127.0.0.1:8543` */
  readonly https: string;
  /** Ends all connections and stops listening. */
  close(): Promise<void>;
}

/**
 * Lets a sandbox listen on HTTP and HTTPS, and writes the addresses into its `place`.
 *
 * @throws ListenError for a port that is taken or forbidden; nothing is left listening then
 */
export async function listen(sandbox: Sandbox, options: ListenOptions = {}): Promise<Listening> {
  const host = options.host ?? "127.0.0.1";
  const authority = await sandbox.certificates.authority();
  const leaf = await authority.issueForServer(SERVER_HOSTS, sandbox.engine.realNow());
  const handler = (scheme: "http" | "https") =>
    nodeHandler({
      accept: sandbox.accept,
      settle: sandbox.settle,
      scheme,
      maximumBodyBytes: sandbox.settings.maximumBodyBytes,
      fallbackHost: () => new URL(scheme === "http" ? sandbox.place.origin : sandbox.place.secureOrigin).host,
    });
  const plain = createHttpServer(handler("http"));
  const secure = createHttpsServer(
    {
      key: leaf.pkcs8Pem,
      cert: leaf.certificatePem + authority.pair.certificatePem,
      minVersion: "TLSv1.2",
    },
    handler("https"),
  );
  const servers = [plain, secure] as readonly Server[];
  for (const server of servers) prepare(server);
  try {
    const port = await start(plain, host, options.port ?? 8580, "--port");
    const httpsPort = await start(secure as unknown as Server, host, options.httpsPort ?? 8543, "--https-port");
    const shown = shownHost(host);
    sandbox.place.origin = `http://${shown}:${port}`;
    sandbox.place.secureOrigin = `https://${shown}:${httpsPort}`;
  } catch (error) {
    await Promise.all(servers.map(stop));
    throw error;
  }
  return {
    http: sandbox.place.origin,
    https: sandbox.place.secureOrigin,
    close: async () => {
      await Promise.all(servers.map(stop));
    },
  };
}

function prepare(server: Server): void {
  // Longer than clients keep idle connections, so that they and not we close them, and none is lost in between.
  server.keepAliveTimeout = 75_000;
  server.requestTimeout = 60_000;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const tooLarge = error.code === "HPE_HEADER_OVERFLOW";
    const late = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
    const status = tooLarge ? "431 Request Header Fields Too Large" : late ? "408 Request Timeout" : "400 Bad Request";
    const reasonCode = late ? "RequestTimeout" : "InvalidRequest";
    const body = JSON.stringify({ reasonCode, message: "The request is not valid HTTP." });
    socket.end(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
  });
}

function start(server: Server, host: string, port: number, option: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      reject(listenError(error, host, port, option));
    };
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) {
      resolve();
      return;
    }
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

/** How the address is written in a URL; everything on "all addresses" is reached by the loopback address too. */
function shownHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
