/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  accountsLike,
  hasAccount,
  KeptTotals,
  LedgerError,
  listAccountIds,
  printableText,
  serviceNow,
} from "@amazon-pay-kit/ledger";
import { KitError } from "@amazon-pay-kit/money";
import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { RefusedForm } from "../actions/action.ts";
import { ACTIONS } from "../actions/index.ts";
import { DOWNLOADS } from "../downloads.ts";
import { KEYS } from "../layout/keys.ts";
import { type Frame, linkTo, MOST_TO_CHOOSE_FROM, Page } from "../layout/page.tsx";
import { STYLE } from "../layout/style.ts";
import { formatter } from "../locale/format.ts";
import { chooseLocale, type LocaleName } from "../locale/locale.ts";
import { type PlainText, translatorFor } from "../locales/texts.ts";
import { PAGES } from "../pages/index.ts";
import type { PageInput, PageOutput, PageRow } from "../pages/page-row.ts";
import { type AccessOptions, hostCheck, identify, signIn, signOut } from "../security/access.ts";
import { booksFor, lookUpRights, mayChange, ownAccounts, sees } from "../security/rights.ts";
import { csrfCheck, csrfToken } from "../security/csrf.ts";
import { safeHeaders } from "../security/headers.ts";
import { allowedMethods, smallBody } from "../security/limits.ts";
import { Sessions } from "../security/sessions.ts";
import { SIGN_IN, SIGN_OUT } from "../security/sign-in.tsx";
import { WaitingStatements } from "../statements/waiting-statements.ts";
import { CSV_FILES } from "../tables/index.ts";
import type { TableSource } from "../tables/list-table.ts";
import { calendarFor, type DashboardOptions, isReadOnly } from "./options.ts";

/** A page as a document. */
function documentOf(frame: Frame, output: PageOutput, current: PageRow["current"] | null = null): string {
  const page = (
    <Page frame={frame} current={current} title={output.title}>
      {output.body}
    </Page>
  );
  // Texts of files and of people stand in it: what would turn the direction of a line, or act, is shown.
  return `<!doctype html>${printableText(String(page), "\t\n")}`;
}

/** What went wrong. */
export interface Failure {
  readonly status: 400 | 403 | 404 | 500 | 503;
  readonly reason: PlainText;
  /** What the books said, in English as everywhere in logs and on the command line. */
  readonly detail?: string;
}

/** The page that says what went wrong. */
function failurePage(
  context: Context,
  frame: Frame,
  { status, reason, detail }: Failure,
): Response | Promise<Response> {
  const body = (
    <>
      <p class="message bad">
        {frame.translate(reason)}
        {detail === undefined ? null : (
          <>
            <br />
            <span lang="en">{detail}</span>
          </>
        )}
      </p>
      <p>
        <a href={linkTo(frame, "/")}>{frame.translate("back to overview")}</a>
      </p>
    </>
  );
  const title = frame.translate(status === 404 ? "not found" : "did not work");
  return context.html(documentOf(frame, { title, body }), status);
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57a4"/><path d="M7 22h4v-6H7zm7 0h4V9h-4zm7 0h4v-9h-4z" fill="#fff"/></svg>';

/** Serves what pages are drawn with. */
function serveAssets(app: Hono): void {
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

/** A value of the path or of the query; an empty one counts as none. */
function queryOf(context: Context): (name: string) => string | undefined {
  return (name) => context.req.param(name) ?? (context.req.query(name) || undefined);
}

/** What the tables of a page read from, for what a request asks. */
async function sourceOf(options: DashboardOptions, context: Context): Promise<TableSource> {
  const { views, books, now } = options;
  const calendar = calendarFor(options);
  const query = queryOf(context);
  const account = query("account");
  const identity = context.get("identity");
  const { name: user, accounts } = identity;
  const own = booksFor(books, identity);
  return {
    views,
    books: own,
    query,
    account,
    accounts,
    calendar,
    user,
    now: await serviceNow(views, now(), { accountId: account }),
  };
}

/** The language of a request; one that was asked for is remembered. */
function localeOf(context: Context): LocaleName {
  const asked = context.req.query("lang");
  const locale = chooseLocale(asked, getCookie(context, "lang"), context.req.header("accept-language"));
  if (asked === locale) setCookie(context, "lang", locale, { path: "/", sameSite: "Strict", httpOnly: true });
  return locale;
}

/** Whether the tour of invented books is shown; hiding it is remembered. */
function tourOf({ invented = false }: DashboardOptions, context: Context): PageInput["tour"] {
  if (!invented) return "none";
  const asked = context.req.query("tour");
  if (asked === "on" || asked === "off")
    setCookie(context, "tour", asked, { path: "/", sameSite: "Strict", httpOnly: true });
  return (asked ?? getCookie(context, "tour")) === "off" ? "hidden" : "shown";
}

/** What stands around the contents of a page. */
async function frameOf(options: DashboardOptions, context: Context): Promise<Frame> {
  const locale = localeOf(context);
  const calendar = calendarFor(options);
  const url = new URL(context.req.url);
  const identity = context.get("identity");
  const readOnly = isReadOnly(options);
  const account = queryOf(context)("account") ?? null;
  const unknown = account !== null && !(await hasAccount(options.views, account));
  const seen = (names: readonly string[]): readonly string[] => names.filter((name) => sees(identity, name));
  return {
    format: formatter(locale, calendar.timeZone),
    calendar,
    translate: translatorFor(locale),
    path: url.pathname,
    query: url.searchParams,
    // Of those who see all, one more than are chosen from says that there are too many.
    accounts: seen(
      await listAccountIds(options.views, identity.accounts === null ? { limit: MOST_TO_CHOOSE_FROM + 1 } : {}),
    ),
    allAccounts: identity.accounts === null,
    account,
    unknownAccount: unknown ? seen(await accountsLike(options.views, account)) : null,
    user: identity.name,
    readOnly,
    may: (needed) => mayChange(identity, readOnly, needed),
    signOut: options.access.token !== undefined && options.access.identityHeader === undefined,
  };
}

/** The pages as a `fetch` function: no socket needed, so tests call it as it is. */
export function createDashboardApp(given: DashboardOptions): Hono {
  // What all of very many accounts come to is kept for a minute: see `KeptTotals`.
  const options = { ...given, views: { totals: new KeptTotals(given.now), ...given.views } };
  const app = new Hono();
  const { secret, now, sessions = new Sessions({ secret, now }) } = options;
  const access: AccessOptions = { ...options.access, sessions };
  const waiting = new WaitingStatements({ secret, now });
  const fail = async (context: Context, failure: Failure): Promise<Response> =>
    failurePage(context, await frameOf(options, context), failure);

  app.use(safeHeaders(), hostCheck(access), allowedMethods(), smallBody());
  serveAssets(app);
  app.post(SIGN_IN, signIn(access));
  app.post(SIGN_OUT, signOut(access));
  app.use(identify(access));
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  if (access.identityHeader !== undefined)
    app.use(
      lookUpRights(options.views, (context) => {
        const user = context.get("identity").name;
        const detail = translatorFor(localeOf(context))("user needed", { user });
        return fail(context, { status: 403, reason: "no user", detail });
      }),
    );
  app.use(
    ownAccounts((context, name) => {
      const detail = translatorFor(localeOf(context))("no such account", { name });
      return fail(context, { status: 404, reason: "no object", detail });
    }),
  );
  for (const [path, file] of CSV_FILES) {
    app.get(path, async (context) => {
      const account = queryOf(context)("account");
      // A page says that there is no such account; a file of no lines would not.
      if (account !== undefined && !(await hasAccount(options.views, account))) {
        const detail = translatorFor(localeOf(context))("no such account", { name: account });
        return fail(context, { status: 404, reason: "no object", detail });
      }
      const name = context.req.path.slice(1).replaceAll(/[^\w.-]+/g, "-");
      return context.body(await file(await sourceOf(options, context)), 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      });
    });
  }
  for (const { path, make } of DOWNLOADS) {
    app.get(path, async (context) => {
      const { name, type, bytes } = await make(booksFor(options.books, context.get("identity")), queryOf(context));
      return context.body(new Uint8Array(bytes), 200, {
        "content-type": type,
        "content-disposition": `attachment; filename="${name}"`,
      });
    });
  }
  for (const { path, current, render } of PAGES) {
    app.get(path, async (context) => {
      const frame = await frameOf(options, context);
      const csrf = csrfToken(options.secret, frame.user);
      const tour = tourOf(options, context);
      const output = await render({ ...(await sourceOf(options, context)), frame, csrf, waiting, tour });
      if (output.again !== undefined) context.header("refresh", String(output.again));
      return context.html(documentOf(frame, output, current));
    });
  }
  const ownForms = csrfCheck(options.secret, (context) => fail(context, { status: 403, reason: "foreign form" }));
  for (const { path, role, run } of ACTIONS) {
    app.post(path, ownForms, async (context) => {
      if (isReadOnly(options)) return fail(context, { status: 403, reason: "read only" });
      const identity = context.get("identity");
      if (!mayChange(identity, false, role)) {
        const values = { role, own: identity.role, user: identity.name };
        const detail = translatorFor(localeOf(context))("role needed", values);
        return fail(context, { status: 403, reason: "role missing", detail });
      }
      const query = queryOf(context);
      const form = await context.req.formData();
      const books = booksFor(options.books, identity);
      return context.redirect(await run({ books, form, query, who: identity.name, waiting }), 303);
    });
  }
  app.notFound((context) => fail(context, { status: 404, reason: "no page" }));
  app.onError((error, context) => {
    if (error instanceof RefusedForm) return fail(context, { status: 400, reason: error.reason });
    // SQLite says it in these words where nothing has waited for the other process.
    const busy =
      error.message.startsWith("database is locked") || (error instanceof LedgerError && error.code === "store.busy");
    if (busy) {
      context.header("retry-after", "5");
      return fail(context, { status: 503, reason: "books busy" });
    }
    if (!(error instanceof KitError)) return fail(context, { status: 500, reason: "inner error" });
    const { code, message, remedy } = error;
    const detail = remedy === undefined ? message : `${message}: ${remedy}`;
    if (code === "exception.approver") return fail(context, { status: 403, reason: "role missing", detail });
    const missing = code === "view.not-found" || code === "exception.unknown";
    return missing
      ? fail(context, { status: 404, reason: "no object", detail })
      : fail(context, { status: 400, reason: "bad request", detail });
  });
  return app;
}
