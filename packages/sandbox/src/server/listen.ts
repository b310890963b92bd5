import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterPendingEvents } from "@amazon-pay-kit/sdk/clock";
import type { Answer, Call } from "../http/call.ts";
import type { Sandbox } from "../service/sandbox.ts";
import { listenError } from "./listen-error.ts";

/** How requests from sockets are read. */
export interface HandlerOptions {
  /** Answers calls; never throws. */
  readonly accept: (call: Call) => Answer | Promise<Answer>;
  /** Called before accepted answers go out; what it gives goes out in their place. */
  readonly settle: () => Answer | undefined;
  readonly scheme: "http" | "https";
  /** Longest body that is read, in bytes; of a longer one only so much more that it can be told. */
  readonly maximumBodyBytes: number;
  /** Host where the caller names none, or none that can be repeated. */
  readonly fallbackHost: () => string;
}

/** A listener for `node:http` and `node:https` that answers by the sandbox. */
export function nodeHandler(options: HandlerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  let ready: (() => void)[] = [];
  let refused: Answer | undefined;
  /**
   * Answers of calls that came together go out together: one write to the disk for all of them, and the caller, when it is
   * one process, wakes up once.
   */
  const sendReady = (): void => {
    refused = options.settle();
    const going = ready;
    ready = [];
    for (const go of going) go();
  };
  const hold = (request: IncomingMessage, response: ServerResponse, answer: Answer): void => {
    ready.push(() => {
      send(request, response, refused ?? answer);
    });
    if (ready.length === 1) afterPendingEvents(sendReady);
  };
  return (request, response) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let done = false;
    const finish = (): void => {
      if (done) return;
      done = true;
      const [only] = chunks;
      const body =
        chunks.length === 1 && only !== undefined ? only : chunks.length === 0 ? EMPTY : Buffer.concat(chunks);
      const answer = options.accept(callOf(request, response, body, options));
      if (answer instanceof Promise) {
        answer.then(
          (value) => {
            hold(request, response, value);
          },
          () => {
            response.destroy();
          },
        );
      } else hold(request, response, answer);
    };
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > options.maximumBodyBytes) {
        // The rest is not worth reading: the answer is the same, and the connection ends with it.
        chunks.push(chunk.subarray(0, Math.max(chunk.length - (length - options.maximumBodyBytes - 1), 1)));
        request.pause();
        response.shouldKeepAlive = false;
        finish();
        return;
      }
      chunks.push(chunk);
    });
    request.on("end", finish);
    request.on("error", () => {
      done = true;
    });
  };
}

const EMPTY = Buffer.alloc(0);
const HOST = /^[A-Za-z0-9.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$/;

function callOf(request: IncomingMessage, response: ServerResponse, body: Uint8Array, options: HandlerOptions): Call {
  const target = pathOf(request.url ?? "/");
  const at = target.indexOf("?");
  const host = request.headers.host;
  let abort: AbortController | undefined;
  return {
    method: request.method ?? "GET",
    path: at < 0 ? target : target.slice(0, at),
    query: at < 0 ? "" : target.slice(at + 1),
    headers: request.headers as Record<string, string>,
    body,
    origin: `${options.scheme}://${host !== undefined && HOST.test(host) ? host : options.fallbackHost()}`,
    loopback: isLoopback(request.socket.remoteAddress),
    get signal() {
      if (abort === undefined) {
        abort = new AbortController();
        const stop = abort;
        response.once("close", () => {
          stop.abort(new Error("the caller went away"));
        });
      }
      return abort.signal;
    },
  };
}

/** The path with its query; a proxy's absolute form loses its scheme and host. */
function pathOf(url: string): string {
  if (url.startsWith("/")) return url;
  const absolute = /^https?:\/\/[^/?#]*/i.exec(url);
  const rest = absolute === null ? "/" : url.slice(absolute[0].length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (address === "::1" || /^(?:::ffff:)?127\./.test(address));
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const { body } = answer;
  switch (answer.connection) {
    case "reset":
      request.socket.resetAndDestroy();
      return;
    case "hang":
      return;
    case "truncate":
      truncate(request, response, answer);
      return;
    case undefined:
  }
  if (body instanceof ReadableStream) {
    response.writeHead(answer.status, answer.headers);
    const readable = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    readable.on("error", () => {
      response.destroy();
    });
    response.on("close", () => {
      readable.destroy();
    });
    readable.pipe(response);
    return;
  }
  const bodiless = answer.status === 204 || answer.status === 304;
  const headers: Record<string, string | number> = { ...answer.headers };
  if (!bodiless) headers["content-length"] = lengthOf(body);
  response.writeHead(answer.status, headers);
  response.end(bodiless || request.method === "HEAD" ? undefined : body);
}

function truncate(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const whole = answer.body instanceof ReadableStream || answer.body === undefined ? EMPTY : Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, "content-length": Math.max(whole.length, 2) });
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => {
    request.socket.destroy();
  });
}

function lengthOf(body: string | Uint8Array | undefined): number {
  if (body === undefined) return 0;
  return typeof body === "string" ? Buffer.byteLength(body) : body.length;
}

/**
 * What the HTTPS server's certificate is good for: this machine, the hosts of API v2 (docs/amazon-pay/requests.md), and those of the
 * older MWS, so that a client with a fixed host needs a hosts entry and the authority's certificate, and nothing else.
 */
const SERVER_HOSTS: readonly string[] = [
  "localhost",
  "127.0.0.1",
  "::1",
  "pay-api.amazon.com",
  "pay-api.amazon.eu",
  "pay-api.amazon.jp",
  "mws.amazonservices.com",
  "mws.amazonservices.ca",
  "mws.amazonservices.com.mx",
  "mws-eu.amazonservices.com",
  "mws.amazonservices.ae",
  "mws.amazonservices.in",
  "mws.amazonservices.jp",
  "mws-fe.amazonservices.com",
  "mws.amazonservices.com.au",
  "host.docker.internal",
  "sandbox",
];

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
