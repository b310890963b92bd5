import type { Answer, Call } from "./call.ts";

type Payload = ConstructorParameters<typeof Response>[0];

/** Reads a `Request` that was made in this process. */
export async function callOf(request: Request): Promise<Call> {
  const url = request.url;
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const target = start < 0 ? "/" : url.slice(start).split("#", 1).join("");
  const at = target.indexOf("?");
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) headers[name] = value;
  return {
    method: request.method,
    path: at < 0 ? target : target.slice(0, at),
    query: at < 0 ? "" : target.slice(at + 1),
    headers,
    body: request.body === null ? EMPTY : new Uint8Array(await request.arrayBuffer()),
    origin: start < 0 ? url : url.slice(0, start),
    loopback: true,
    signal: request.signal,
  };
}

/** An answer as a `Response`. */
export function responseOf(answer: Answer): Response {
  const bodiless = answer.status === 204 || answer.status === 304 || answer.body === undefined;
  return new Response(bodiless ? null : (answer.body as NonNullable<Payload>), {
    status: answer.status,
    headers: { ...answer.headers },
  });
}

const EMPTY = new Uint8Array(0);
