import type { Rights } from "@amazon-pay-kit/ledger";
import type { Context, MiddlewareHandler } from "hono";
import { formatter } from "../locale/format.ts";
import { translatorFor } from "../locales/texts.ts";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { timingSafeEqual } from "hono/utils/buffer";
import { formOf, isForeign } from "./csrf.ts";
import { localeOf, refuse, translatorOf, wantsPage } from "./refuse.tsx";
import { SESSION_HOURS, type Sessions } from "./sessions.ts";
import { SIGN_IN, signInPage } from "./sign-in.tsx";

/** Who is at the keyboard, for the audit, and what they may do. */
export interface Identity extends Rights {
  readonly name: string;
}

/** Whoever has the token, or this machine where there is none, may do everything. */
const EVERYTHING: Rights = { role: "admin", accounts: null };

/** Until it is known what somebody may do. */
const NOTHING: Rights = { role: "view", accounts: [] };

/** How the dashboard is guarded. */
export interface AccessOptions {
  /** Whether the dashboard answers to a host name (with its port where that is not the default), in lower case. */
  readonly isHost: (host: string) => boolean;
  /** Secret that opens the dashboard; required when it listens on anything but loopback, unless `identityHeader` is set. */
  readonly token?: string | undefined;
  /** Sessions of those who gave the token. */
  readonly sessions: Sessions;
  /** Header in which a reverse proxy names the user, e.g. `x-forwarded-user`. Trust it only behind that proxy. */
  readonly identityHeader?: string | undefined;
  /** Name for the audit trail when no proxy names one. */
  readonly localUser: string;
}

declare module "hono" {
  interface ContextVariableMap {
    identity: Identity;
  }
}

/**
 * Refuses requests for other host names (a page elsewhere could otherwise reach a loopback server by DNS rebinding).
 */
export function hostCheck(options: AccessOptions): MiddlewareHandler {
  return async (context, next) => {
    const host = (context.req.header("host") ?? new URL(context.req.url).host).toLowerCase();
    if (!options.isHost(host))
      return refuse(context, 421, translatorOf(context)("other host", { host: host.slice(0, 100) }));
    return next();
  };
}

function openSession(context: Context, sessions: Sessions): void {
  // Behind a proxy that ends TLS the browser must not send it in the clear either.
  const secure = context.req.header("x-forwarded-proto") === "https";
  const maxAge = SESSION_HOURS * 3600;
  setCookie(context, sessions.cookie, sessions.open(), {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    secure,
    maxAge,
  });
}

/** Whether a token is the right one. A wrong one is counted; undefined when there were too many to look at another. */
async function isToken(context: Context, given: string, options: AccessOptions): Promise<boolean | undefined> {
  const { sessions, token = "" } = options;
  if (sessions.waitSeconds > 0) return undefined;
  if (await timingSafeEqual(given, token)) return true;
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  sessions.refused(incoming?.socket?.remoteAddress ?? "unknown");
  return false;
}

function tooManyTries(context: Context, { sessions }: AccessOptions): Response | Promise<Response> {
  const seconds = String(sessions.waitSeconds);
  return refuse(context, 429, translatorOf(context)("too many tries", { seconds }), { "retry-after": seconds });
}

/** A page with a form for people; a line of text for programs. */
function askForToken(context: Context, wrong: boolean, back = context.req.path): Response | Promise<Response> {
  const locale = localeOf(context);
  const translate = translatorFor(locale);
  context.header("www-authenticate", "Bearer");
  if (!wantsPage(context)) return context.text(`${translate("token needed")}\n`, 401);
  return context.html(signInPage({ translate, tag: formatter(locale).tag, wrong, back }), 401);
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
    if (isForeign(context)) return askForToken(context, true, back);
    const right = await isToken(context, given, options);
    if (right === undefined) return tooManyTries(context, options);
    if (!right) return askForToken(context, true, back);
    openSession(context, options.sessions);
    return context.redirect(back, 303);
  };
}

/** Ends the session, and leads to the page that asks for the token. Refuses what another site sent. */
export function signOut({ sessions, token, identityHeader }: AccessOptions): MiddlewareHandler {
  return async (context, next) => {
    if (token === undefined || identityHeader !== undefined) return next();
    if (isForeign(context)) return refuse(context, 403, translatorOf(context)("foreign form"));
    sessions.end(getCookie(context, sessions.cookie));
    deleteCookie(context, sessions.cookie, { path: "/" });
    return context.redirect("/", 303);
  };
}

/**
 * Lets in who has the token (once as `?token=` or in the form, then by a session; programs as a bearer) or whom the proxy names; on
 * loopback without either, every user of this machine.
 */
export function identify(options: AccessOptions): MiddlewareHandler {
  return async (context, next) => {
    if (options.identityHeader !== undefined) {
      const name = context.req.header(options.identityHeader);
      if (name === undefined || name.trim() === "")
        return refuse(context, 401, translatorOf(context)("no proxy user", { header: options.identityHeader }));
      context.set("identity", { name: name.slice(0, 200), ...NOTHING });
      return next();
    }
    if (options.token !== undefined) {
      const bearer = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
      const query = context.req.query("token");
      const given = query ?? bearer;
      const right =
        given === undefined
          ? options.sessions.isOpen(getCookie(context, options.sessions.cookie))
          : await isToken(context, given, options);
      if (right === undefined) return tooManyTries(context, options);
      if (!right) return askForToken(context, false);
      if (query !== undefined) {
        openSession(context, options.sessions);
        const clean = new URL(context.req.url);
        clean.searchParams.delete("token");
        return context.redirect(pathBack(`${clean.pathname}${clean.search}`), 303);
      }
    }
    context.set("identity", { name: options.localUser, ...EVERYTHING });
    return next();
  };
}
