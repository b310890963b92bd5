import type { Hono } from "hono";
import { KEYS } from "../layout/keys.ts";
import { STYLE } from "../layout/style.ts";

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57a4"/><path d="M7 22h4v-6H7zm7 0h4V9h-4zm7 0h4v-9h-4z" fill="#fff"/></svg>';

/** Serves what pages are drawn with. */
export function serveAssets(app: Hono): void {
  app.get("/assets/style.css", (context) =>
    context.body(STYLE, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=300" }),
  );
  app.get("/assets/keys.js", (context) =>
    context.body(KEYS, 200, {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=300",
    }),
  );
  app.get("/assets/icon.svg", (context) =>
    context.body(ICON, 200, { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" }),
  );
}
