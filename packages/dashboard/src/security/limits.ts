import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { refuse, translatorOf } from "./refuse.tsx";

/** The largest form is a note of two thousand characters, each of which may take twelve bytes. */
const LARGEST_BODY = 64 * 1024;

/** Statements of a year have some megabytes; what is larger is for the command line, which reads a file as it comes. */
const LARGEST_STATEMENT = 32 * 1024 * 1024;

/** Where a file is sent to. */
export const STATEMENT_PATH = "/bank/import";

/** Refuses bodies that are larger than any form here. */
export function smallBody(): MiddlewareHandler {
  const limit = (maxSize: number): MiddlewareHandler =>
    bodyLimit({
      maxSize,
      onError: (context) => {
        const words = context.req.path === STATEMENT_PATH ? "statement too large" : "form too large";
        return refuse(context, 413, translatorOf(context)(words, { megabytes: String(LARGEST_STATEMENT / 2 ** 20) }));
      },
    });
  const [forms, statements] = [limit(LARGEST_BODY), limit(LARGEST_STATEMENT)];
  return (context, next) => (context.req.path === STATEMENT_PATH ? statements : forms)(context, next);
}

/** Pages are read and forms are sent; nothing here does anything else. */
export function allowedMethods(): MiddlewareHandler {
  return async (context, next) => {
    if (["GET", "HEAD", "POST"].includes(context.req.method)) return next();
    return refuse(context, 405, "method not allowed", { allow: "GET, HEAD, POST" });
  };
}
