import { createServer, type Server as SecureServer } from "node:https";
import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { localCertificates } from "./certificates.ts";

/** A request as it came in. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly socket: Socket;
}

/** What a server in a test does with a request. */
export type Handler = (request: Received, response: ServerResponse) => void | Promise<void>;

/** A real server on this machine, with what it has seen. */
export interface LocalService {
  readonly origin: string;
  /** PEM of its authority; empty for plain HTTP. */
  readonly ca: string;
  readonly received: Received[];
  handle: Handler;
  close(): Promise<void>;
}

/** Starts a server with TLS and a certificate of its own authority, which fits its address unless told otherwise. */
export function startSecureService(handle: Handler, fitting = true): Promise<LocalService> {
  const { ca, server } = localCertificates(fitting);
  return start(createServer({ cert: server.cert, key: server.key }), "https", ca, handle);
}

/** Starts a plain server. */
export function startPlainService(handle: Handler): Promise<LocalService> {
  return start(createPlainServer(), "http", "", handle);
}

/** Answers with JSON and a request id. */
export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", "x-amz-pay-request-id": "request-1", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function start(
  server: Server | SecureServer,
  scheme: string,
  ca: string,
  handle: Handler,
): Promise<LocalService> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const service = {
    origin: "",
    ca,
    received,
    handle,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
  server.on("request", (message: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("error", () => undefined);
    message.on("end", () => {
      const request: Received = {
        method: message.method ?? "",
        path: message.url ?? "",
        headers: message.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
        socket: message.socket,
      };
      received.push(request);
      void service.handle(request, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  service.origin = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return service;
}
