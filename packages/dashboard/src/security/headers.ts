import type { MiddlewareHandler } from "hono";

/** Nothing from outside, nothing inline, no framing; pages hold money and are not kept by caches. */
const HEADERS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
};

/** Puts the headers of a careful page on every answer. */
export function safeHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    if (!context.req.path.startsWith("/assets/")) context.header("cache-control", "no-store");
  };
}
