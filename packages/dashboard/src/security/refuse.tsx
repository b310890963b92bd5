/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { FC } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { formatter } from "../locale/format.ts";
import { chooseLocale, type LocaleName } from "../locale/locale.ts";
import { translatorFor, type Translate } from "../locales/texts.ts";
import { DocumentHead } from "../components/document-head.tsx";

/** The texts in the language that the browser asks for: anyone who is refused has chosen none here. */
export function localeOf(context: Context): LocaleName {
  return chooseLocale(undefined, getCookie(context, "lang"), context.req.header("accept-language"));
}

export function translatorOf(context: Context): Translate {
  return translatorFor(localeOf(context));
}

/** Whether a person asks: a browser that wants a page. */
export function wantsPage(context: Context): boolean {
  return (context.req.header("accept") ?? "").includes("text/html");
}

const Refusal: FC<{ readonly tag: string; readonly title: string; readonly words: string }> = ({
  tag,
  title,
  words,
}) => (
  <html lang={tag}>
    <DocumentHead title={title} />
    <body>
      <main>
        <h1>{title}</h1>
        <p class="message bad">{words}</p>
      </main>
    </body>
  </html>
);

/** Refuses a request before it has a user: a page for people, a line of text for programs. */
export function refuse(
  context: Context,
  status: ContentfulStatusCode,
  words: string,
  headers: Readonly<Record<string, string>> = {},
): Response | Promise<Response> {
  if (!wantsPage(context)) return context.text(`${words}\n`, status, headers);
  const title = translatorOf(context)("did not work");
  const page = <Refusal tag={formatter(localeOf(context)).tag} title={title} words={words} />;
  return context.html(`<!doctype html>${String(page)}`, status, headers);
}
