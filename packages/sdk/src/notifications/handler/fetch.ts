import { bytesUpTo, chunksOf } from "../bytes.ts";
import { type HandlerAnswer, LONGEST_BODY, POST_ONLY } from "./answer.ts";
import { type HandlerOptions, answerBody, checkHandlerOptions } from "./process.ts";

const responseOf = ({ status, headers, text }: HandlerAnswer): Response => new Response(text, { status, headers });

/**
 * A handler for servers with `Request` and `Response`: Hono, Next.js, Deno, Bun, Cloudflare Workers.
 *
 * @example
 * export const POST = notificationHandler({
 *   merchantIds: ["A1B2C3"],
 *   replayStore: memoryReplayStore(),
 *   onChange: (notification) => queue.add(notification.objectType, notification.objectId),
 * });
 * @throws NotificationError `notification.bad-option`, at once
 */
export function notificationHandler(options: HandlerOptions): (request: Request) => Promise<Response> {
  checkHandlerOptions(options);
  return async (request) => {
    if (request.method !== "POST") return responseOf(POST_ONLY);
    const { body } = request;
    return responseOf(
      await answerBody(
        async () => (body === null ? new Uint8Array() : bytesUpTo(LONGEST_BODY, chunksOf(body))),
        options,
      ),
    );
  };
}
