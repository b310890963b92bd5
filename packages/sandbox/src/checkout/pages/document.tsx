/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import { raw } from "hono/html";
import type { Answer } from "../../http/call.ts";

/** What a page sends besides its content. */
export interface DocumentOptions {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Script of the sandbox's own that the page runs. Default: none, and none is allowed. */
  readonly script?: string;
}

/**
 * Nothing from elsewhere, nothing inline, no frame around it. Forms may lead on to any web address, because browsers
 * hold a form's redirects to this rule too and the merchant's pages may redirect again (decisions/0033-page-policy.md).
 */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' http: https:; base-uri 'none'; frame-ancestors 'none'";

/** The answer with a hosted page. */
export function page(content: Child, options: DocumentOptions = {}): Answer {
  const policy = options.script === undefined ? POLICY : `${POLICY}; script-src 'self'; connect-src 'self'`;
  return {
    status: options.status ?? 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
      ...options.headers,
    },
    body: `<!doctype html>${String(<>{content}</>)}`,
  };
}

/** The frame of every document. */
export function Document(props: {
  readonly language: string;
  readonly title: string;
  readonly style: string;
  readonly script?: string | undefined;
  readonly children?: Child;
}) {
  return (
    <html lang={props.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{props.title}</title>
        <link rel="icon" href="/checkout/castle.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={props.style} />
        {props.script === undefined ? null : <script src={props.script} defer></script>}
      </head>
      <body>{props.children}</body>
    </html>
  );
}

/** The sandbox's own sign: a castle of sand. */
export function Castle() {
  return raw(
    `<svg class="castle" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path fill="currentColor" d="${CASTLE_PATH}"/></svg>`,
  );
}

/** Outline of the castle, in a square of 24. */
export const CASTLE_PATH =
  "M11.4 2h1.2v.6l4.2 1.6-4.2 1.6v6.6h-1.2zM3 21.2V10.4h1.7v1.8h1.8v-1.8h1.8v3.5h1.6v-3.1h1.4v1.5h1.4v-1.5h1.4v3.1h1.6v-3.5h1.8v1.8h1.8v-1.8H21v10.8h-6.6v-3.1a2.4 2.4 0 0 0-4.8 0v3.1z";
