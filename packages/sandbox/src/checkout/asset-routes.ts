import { createHash } from "node:crypto";
import type { Route } from "../module.ts";
import { readAsset } from "./asset-file.ts";
import { checkoutScript } from "./checkout-script.ts";
import { CASTLE_PATH } from "./pages/document.tsx";

/** A file that never changes while the sandbox runs; browsers ask again and get 304. */
export function assetRoute(
  path: string,
  type: string,
  read: () => string,
  headers: Readonly<Record<string, string>> = {},
): Route {
  let loaded: { readonly body: string; readonly tag: string } | undefined;
  return {
    method: "GET",
    path,
    handle: (call) => {
      loaded ??= tagged(read());
      const common = {
        etag: loaded.tag,
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
        ...headers,
      };
      if (call.headers["if-none-match"] === loaded.tag) return { status: 304, headers: common };
      return { status: 200, headers: { "content-type": `${type}; charset=utf-8`, ...common }, body: loaded.body };
    },
  };
}

function tagged(body: string): { readonly body: string; readonly tag: string } {
  return { body, tag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"` };
}

/** Script, style and sign of the checkout. Pages of every origin may load the script. */
export function assetRoutes(): readonly Route[] {
  return [
    assetRoute("/checkout.js", "text/javascript", checkoutScript, {
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
    }),
    { ...assetRoute("/checkout/hosted.css", "text/css", () => readAsset("checkout/pages/hosted.css")), logged: false },
    {
      ...assetRoute("/checkout/order-page.js", "text/javascript", () => readAsset("checkout/browser/order-page.js")),
      logged: false,
    },
    { ...assetRoute("/checkout/castle.svg", "image/svg+xml", () => castleSvg()), logged: false },
  ];
}

function castleSvg(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="#ffcf4d"/><path fill="#241d08" transform="translate(2.4 2) scale(.8)" d="${CASTLE_PATH}"/></svg>\n`;
}
