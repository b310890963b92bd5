import { listen } from "./listening.ts";

/** A tiny merchant: one page with a script, and pages that say how the buyer came back. */
export interface Shop extends AsyncDisposable {
  /** On `localhost`, so that it is another site than the sandbox on 127.0.0.1. */
  readonly origin: string;
  /** Body of the page at `/`. */
  html: string;
  /** Answers of the merchant's own server, by path. */
  readonly api: Map<string, () => Response>;
}

/** Opens a shop whose pages load the sandbox's script. */
export async function openShop(sandboxOrigin: string): Promise<Shop> {
  const api = new Map<string, () => Response>();
  const { origin, close } = await listen((request) => {
    const { pathname, search } = new URL(request.url);
    const answer = api.get(pathname);
    if (answer !== undefined) return answer();
    const body = pathname === "/" ? shop.html : `<h1>Back at ${pathname.slice(1)}</h1><pre>${search}</pre>`;
    return new Response(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><meta name="viewport" content="width=device-width"><script src="${sandboxOrigin}/checkout.js"></script></head><body><main>${body}</main></body></html>`,
      { headers: { "content-type": "text/html; charset=utf-8" } },
    );
  });
  const shop: Shop = {
    origin: origin.replace("127.0.0.1", "localhost"),
    html: "",
    api,
    [Symbol.asyncDispose]: close,
  };
  return shop;
}

/** A page's script; values are put in as JSON. */
export function script(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  const text = strings.reduce((joined, part, index) => joined + JSON.stringify(values[index - 1]) + part);
  return `<div id="button"></div><script>${text.replaceAll("</", "<\\/")}</script>`;
}
