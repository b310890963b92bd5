import type { Context, MiddlewareHandler } from "hono";
import { chooseLocale } from "../locale/locale.ts";
import { wordsOf, type Say } from "../wording/wording.ts";
import { getCookie, setCookie } from "hono/cookie";
import { timingSafeEqual } from "hono/utils/buffer";

/** Who is at the keyboard, for the audit trail. */
export interface Identity {
  readonly name: string;
}

/** How the dashboard is guarded. */
export interface AccessOptions {
  /** Whether the dashboard answers to a host name (with its port where that is not the default), in lower case. */
  readonly isHost: (host: string) => boolean;
  /** Secret that opens the dashboard; required when it listens on anything but loopback, unless `identityHeader` is set. */
  readonly token?: string | undefined;
  /** Header in which a reverse proxy names the user, e.g. `x-forwarded-user`. Trust it only behind that proxy. */
  readonly identityHeader?: string | undefined;
  /** Name for the audit trail when no proxy names one. */
  readonly localUser: string;
}

const COOKIE = "apay-dashboard";

declare module "hono" {
  interface ContextVariableMap {
    identity: Identity;
  }
}

/** The texts in the language that the browser asks for: whoever is refused has chosen none here. */
function sayTo(context: Context): Say {
  return wordsOf(chooseLocale(undefined, getCookie(context, "lang"), context.req.header("accept-language")));
}

/**
 * Refuses requests for other host names (a page elsewhere could otherwise reach a loopback server by DNS rebinding).
 */
export function hostCheck(options: AccessOptions): MiddlewareHandler {
  return async (context, next) => {
    const host = (context.req.header("host") ?? new URL(context.req.url).host).toLowerCase();
    if (!options.isHost(host))
      return context.text(`${sayTo(context)("other host", { host: host.slice(0, 100) })}\n`, 421);
    return next();
  };
}

/**
 * Lets in who has the token (once as `?token=`, then as a cookie, or as a bearer) or whom the proxy names; on loopback without either, the user
 * of this machine.
 */
export function identify(options: AccessOptions): MiddlewareHandler {
  return async (context, next) => {
    if (options.identityHeader !== undefined) {
      const name = context.req.header(options.identityHeader);
      if (name === undefined || name.trim() === "")
        return context.text(`${sayTo(context)("no proxy user", { header: options.identityHeader })}\n`, 401);
      context.set("identity", { name: name.slice(0, 200) });
      return next();
    }
    if (options.token !== undefined) {
      const bearer = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
      const query = context.req.query("token");
      const given = query ?? bearer ?? getCookie(context, COOKIE) ?? "";
      if (!(await timingSafeEqual(given, options.token))) {
        return context.text(`${sayTo(context)("token needed")}\n`, 401);
      }
      if (query !== undefined) {
        setCookie(context, COOKIE, query, { httpOnly: true, sameSite: "Strict", path: "/" });
        const clean = new URL(context.req.url);
        clean.searchParams.delete("token");
        return context.redirect(`${clean.pathname}${clean.search}`, 303);
      }
    }
    context.set("identity", { name: options.localUser });
    return next();
  };
}
