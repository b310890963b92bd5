import type { Answer } from "../http/call.ts";
import { responseOf } from "../http/fetch-adapter.ts";

/**
 * Gives an answer to a caller of `fetch` in this process, with what a fault does to the connection: as a real `fetch`
 * sees it, a reset is a rejection, and a cut body fails while it is read.
 */
export function deliver(answer: Answer, signal: AbortSignal): Response | Promise<Response> {
  switch (answer.connection) {
    case undefined:
      return responseOf(answer);
    case "reset":
      throw new TypeError("fetch failed", { cause: connectionReset() });
    case "hang":
      return new Promise((_resolve, reject) => {
        const stop = (): void => {
          reject(signal.reason as Error);
        };
        if (signal.aborted) stop();
        else signal.addEventListener("abort", stop, { once: true });
      });
    case "truncate":
      return truncated(answer);
  }
}

function truncated(answer: Answer): Response {
  const whole = bytesOf(answer.body);
  let sent = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) controller.error(new TypeError("terminated", { cause: connectionReset() }));
      else controller.enqueue(whole.slice(0, Math.floor(whole.length / 2)));
      sent = true;
    },
  });
  return new Response(stream, {
    status: answer.status,
    headers: { ...answer.headers, "content-length": String(whole.length) },
  });
}

function bytesOf(body: Answer["body"]): Uint8Array {
  if (typeof body === "string") return new TextEncoder().encode(body);
  return body instanceof Uint8Array ? body : new Uint8Array(0);
}

function connectionReset(): Error {
  return Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}
