import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

/** The largest form is a note of two thousand characters, each of which may take twelve bytes. */
const LARGEST_BODY = 64 * 1024;

/** Refuses bodies that are larger than any form here. */
export function smallBody(): MiddlewareHandler {
  return bodyLimit({ maxSize: LARGEST_BODY, onError: (context) => context.text("too large\n", 413) });
}

/** Pages are read and forms are sent; nothing here does anything else. */
export function allowedMethods(): MiddlewareHandler {
  return async (context, next) => {
    if (["GET", "HEAD", "POST"].includes(context.req.method)) return next();
    return context.text("method not allowed\n", 405, { allow: "GET, HEAD, POST" });
  };
}
