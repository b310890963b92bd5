import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { afterPendingEvents } from "@amazon-pay-kit/sdk/clock";
import type { Answer, Call } from "../http/call.ts";

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
