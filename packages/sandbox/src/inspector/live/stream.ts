import type { EventLog } from "../../events/event-log.ts";
import type { Answer } from "../../http/call.ts";
import type { ChangeSignal } from "./change-signal.ts";

const ENCODER = new TextEncoder();

/**
 * Server-sent events: one `change` for everything that happened since the last one was read, so that a slow reader never
 * makes a queue grow.
 */
export function changeStream(events: EventLog, changes: ChangeSignal, signal: AbortSignal | undefined): Answer {
  // The log tells of calls only while somebody looks, because showing them costs more than keeping them.
  const unsubscribe = events.subscribe(() => {
    changes.notify();
  });
  let seen = changes.count;
  let greeted = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!greeted) {
        greeted = true;
        controller.enqueue(ENCODER.encode("retry: 1000\n\n"));
        return;
      }
      seen = await changes.next(seen);
      if (signal?.aborted === true) return;
      controller.enqueue(ENCODER.encode(`event: change\ndata: ${seen}\n\n`));
    },
    cancel: unsubscribe,
  });
  signal?.addEventListener("abort", unsubscribe, { once: true });
  return {
    status: 200,
    headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-content-type-options": "nosniff" },
    body,
  };
}
