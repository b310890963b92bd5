import type { Context, MiddlewareHandler } from "hono";
import { formatter } from "../locale/format.ts";
import { chooseLocale, type LocaleName } from "../locale/locale.ts";
import { translatorFor, type Translate } from "../locales/texts.ts";
import { getCookie, setCookie } from "hono/cookie";
import { timingSafeEqual } from "hono/utils/buffer";
import { formOf, isForeign } from "./csrf.ts";
import { SIGN_IN, signInPage } from "./sign-in.tsx";

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
function localeOf(context: Context): LocaleName {
  return chooseLocale(undefined, getCookie(context, "lang"), context.req.header("accept-language"));
}

function sayTo(context: Context): Translate {
  return translatorFor(localeOf(context));
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

function keepToken(context: Context, token: string): void {
  // Behind a proxy that ends TLS the browser must not send it in the clear either.
  const secure = context.req.header("x-forwarded-proto") === "https";
  setCookie(context, COOKIE, token, { httpOnly: true, sameSite: "Strict", path: "/", secure });
}

/** A page with a form for people; a line of text for programs. */
function askForToken(context: Context, wrong: boolean, back = context.req.path): Response | Promise<Response> {
  const locale = localeOf(context);
  const say = translatorFor(locale);
  context.header("www-authenticate", "Bearer");
  if (!(context.req.header("accept") ?? "").includes("text/html")) return context.text(`${say("token needed")}\n`, 401);
  return context.html(signInPage({ say, tag: formatter(locale).tag, wrong, back }), 401);
}

const HERE = "http://dashboard.invalid";

/**
 * Where to go after signing in: a path of this dashboard, or its first page. Read as a browser reads it, which drops tabs and
 * line ends and takes `\` for `/`: text that looks like a path may name another host.
 */
function pathBack(given: unknown): string {
  if (typeof given !== "string" || !URL.canParse(given, HERE)) return "/";
  const { origin, pathname, search } = new URL(given, HERE);
  return origin === HERE && !pathname.startsWith("//") && pathname !== SIGN_IN ? `${pathname}${search}` : "/";
}

/** Takes the token from the form of the sign-in page. */
export function signIn(options: AccessOptions): MiddlewareHandler {
  return async (context, next) => {
    if (options.token === undefined || options.identityHeader !== undefined) return next();
    const form = await formOf(context);
    const given = typeof form["token"] === "string" ? form["token"].trim() : "";
    const back = pathBack(form["back"]);
    if (isForeign(context) || !(await timingSafeEqual(given, options.token))) return askForToken(context, true, back);
    keepToken(context, given);
    return context.redirect(back, 303);
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
      if (!(await timingSafeEqual(given, options.token))) return askForToken(context, false);
      if (query !== undefined) {
        keepToken(context, query);
        const clean = new URL(context.req.url);
        clean.searchParams.delete("token");
        return context.redirect(pathBack(`${clean.pathname}${clean.search}`), 303);
      }
    }
    context.set("identity", { name: options.localUser });
    return next();
  };
}
