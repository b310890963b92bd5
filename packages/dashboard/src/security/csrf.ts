import { createHmac } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { timingSafeEqual } from "hono/utils/buffer";

/** Name of the form field that carries the token. */
export const CSRF_FIELD = "_token";

/** Token of the forms of one user: bound to the process's secret and the user's name. */
export function csrfToken(secret: string, user: string): string {
  return createHmac("sha256", secret).update(`csrf ${user}`).digest("base64url");
}

/** The fields of a form; none where the body is no form, as one without the boundary that it promises. */
export async function formOf(context: Context): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await context.req.parseBody();
  } catch (error) {
    if (error instanceof TypeError) return {};
    throw error;
  }
}

/** Whether a form was sent from another site, by the browser's own word. */
export function isForeign(context: Context): boolean {
  const site = context.req.header("sec-fetch-site");
  const origin = context.req.header("origin");
  const host = context.req.header("host") ?? new URL(context.req.url).host;
  return (
    (site !== undefined && site !== "same-origin") ||
    (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host))
  );
}

/**
 * Refuses writes that do not come from our own forms: same origin by the browser's own word, and the token in the form.
 *
 * @param refuse makes the answer to all others
 */
export function csrfCheck(secret: string, refuse: (context: Context) => Promise<Response>): MiddlewareHandler {
  return async (context: Context, next) => {
    if (["GET", "HEAD", "OPTIONS"].includes(context.req.method)) return next();
    const body = await formOf(context);
    const given = body[CSRF_FIELD];
    const known =
      typeof given === "string" && (await timingSafeEqual(given, csrfToken(secret, context.get("identity").name)));
    if (isForeign(context) || !known) return refuse(context);
    return next();
  };
}
