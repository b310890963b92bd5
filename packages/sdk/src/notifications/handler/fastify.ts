import type { NotificationBody } from "../envelope/read-envelope.ts";
import { LONGEST_BODY } from "./answer.ts";
import { type HandlerOptions, checkHandlerOptions, processNotification } from "./process.ts";

/** As much of Fastify's reply as the plugin needs. */
export interface FastifyReplyPart {
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
  send(text: string): unknown;
}

/** As much of a Fastify instance as the plugin needs. */
export interface FastifyPart {
  addContentTypeParser(
    contentType: string,
    options: { parseAs: "buffer"; bodyLimit: number },
    parser: (request: unknown, body: Uint8Array, done: (error: Error | null, body?: unknown) => void) => void,
  ): unknown;
  removeContentTypeParser(contentType: string | string[]): unknown;
  post(
    path: string,
    options: { bodyLimit: number },
    handler: (request: { body: unknown }, reply: FastifyReplyPart) => Promise<unknown>,
  ): unknown;
}

/**
 * A plugin for Fastify: one route that takes notifications. The parsers that it sets apply to that route alone.
 *
 * @param path of the route
 * @example
 * await app.register(fastifyNotifications("/ipn", { onChange: (notification) => queue.add(notification.objectId) }));
 * @throws NotificationError `notification.bad-option`, at once
 */
export function fastifyNotifications(path: string, options: HandlerOptions): (app: FastifyPart) => Promise<void> {
  checkHandlerOptions(options);
  return async (app) => {
    // SNS posts JSON as text/plain; what was parsed by somebody else could not be told from what was sent.
    for (const type of ["text/plain", "application/json"]) {
      app.removeContentTypeParser(type);
      app.addContentTypeParser(type, { parseAs: "buffer", bodyLimit: LONGEST_BODY }, (_, body, done) =>
        done(null, body),
      );
    }
    app.post(path, { bodyLimit: LONGEST_BODY }, async (request, reply) => {
      const { status, headers, text } = await processNotification((request.body ?? "") as NotificationBody, options);
      reply.code(status);
      reply.headers({ ...headers });
      return reply.send(text);
    });
  };
}
