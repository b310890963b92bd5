import { LedgerError, listAccounts, serviceNow, type ViewContext } from "@amazon-pay-kit/ledger";
import { Hono, type Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { linkTo, Page, type Frame } from "../layout/page.tsx";
import { STYLE } from "../layout/style.ts";
import { formatter } from "../locale/format.ts";
import { chooseLocale } from "../locale/locale.ts";
import { PAGES } from "../pages/index.ts";
import type { PageOutput, PageRow } from "../pages/page-row.ts";
import { hostCheck, identify, type AccessOptions } from "../security/access.ts";
import { csrfCheck, csrfToken } from "../security/csrf.ts";
import { safeHeaders } from "../security/headers.ts";
import type { TableSource } from "../tables/list-table.ts";
import { CSV_FILES } from "../tables/index.ts";
import { wordsOf, type PlainWord } from "../wording/wording.ts";
import type { Books } from "./books.ts";

/** What the dashboard is made from. */
export interface DashboardOptions {
  readonly views: ViewContext;
  readonly books: Books;
  readonly access: AccessOptions;
  /** Key of the form tokens; fresh for each process. */
  readonly secret: string;
  /** Refuse every write. Default true. */
  readonly readOnly?: boolean;
  /** The present moment, milliseconds since the epoch. */
  readonly now: () => number;
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57a4"/><path d="M7 22h4v-6H7zm7 0h4V9h-4zm7 0h4v-9h-4z" fill="#fff"/></svg>';

/** The pages as a `fetch` function: no socket needed, so tests call it as it is. */
export function createDashboardApp(options: DashboardOptions): Hono {
  const app = new Hono();
  const readOnly = options.readOnly ?? true;
  app.use(safeHeaders(), hostCheck(options.access), identify(options.access));
  app.get("/assets/style.css", (context) =>
    context.body(STYLE, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=300" }),
  );
  app.get("/assets/icon.svg", (context) =>
    context.body(ICON, 200, { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" }),
  );
  app.get("/healthz", (context) => context.json({ status: "ok" }));

  const queryOf = (context: Context) => (name: string) =>
    context.req.param(name) ?? (context.req.query(name) || undefined);
  const sourceOf = async (context: Context): Promise<TableSource> => {
    const query = queryOf(context);
    const account = query("account");
    const now = await serviceNow(options.views, options.now(), { accountId: account });
    return { views: options.views, books: options.books, query, account, now };
  };
  const frameOf = async (context: Context): Promise<Frame> => {
    const locale = chooseLocale(
      context.req.query("lang"),
      getCookie(context, "lang"),
      context.req.header("accept-language"),
    );
    if (context.req.query("lang") === locale)
      setCookie(context, "lang", locale, { path: "/", sameSite: "Strict", httpOnly: true });
    const url = new URL(context.req.url);
    const accounts = (await listAccounts(options.views)).map((account) => account.accountId);
    return {
      format: formatter(locale),
      say: wordsOf(locale),
      path: url.pathname,
      query: url.searchParams,
      accounts,
      account: queryOf(context)("account") ?? null,
      user: context.get("identity").name,
      readOnly,
    };
  };
  const html = (frame: Frame, row: Pick<PageRow, "current"> | null, output: PageOutput): string => {
    const page = (
      <Page frame={frame} current={row?.current ?? null} title={output.title}>
        {output.body}
      </Page>
    );
    return `<!doctype html>${String(page)}`;
  };
  const failure = async (
    context: Context,
    status: 400 | 403 | 404 | 500,
    reason: PlainWord,
    /** What the books said, in English as everywhere in logs and on the command line. */
    detail?: string,
  ): Promise<Response> => {
    const frame = await frameOf(context);
    const body = (
      <>
        <p class="message bad">
          {frame.say(reason)}
          {detail === undefined ? null : (
            <>
              <br />
              <span lang="en">{detail}</span>
            </>
          )}
        </p>
        <p>
          <a href={linkTo(frame, "/")}>{frame.say("back to overview")}</a>
        </p>
      </>
    );
    const title = frame.say(status === 404 ? "not found" : "did not work");
    return context.html(html(frame, null, { title, body }), status);
  };

  for (const [path, file] of CSV_FILES) {
    app.get(path, async (context) => {
      const name = context.req.path.slice(1).replaceAll(/[^\w.-]+/g, "-");
      return context.body(await file(await sourceOf(context)), 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      });
    });
  }
  for (const row of PAGES) {
    app.get(row.path, async (context) => {
      const frame = await frameOf(context);
      const csrf = csrfToken(options.secret, frame.user);
      const output = await row.render({ ...(await sourceOf(context)), frame, csrf });
      return context.html(html(frame, row, output));
    });
  }
  const ownForms = csrfCheck(options.secret, (context) => failure(context, 403, "foreign form"));
  app.post("/exceptions/:exceptionId/:verb{explain|reopen}", ownForms, async (context) => {
    if (readOnly) return failure(context, 403, "read only");
    const form = await context.req.parseBody();
    const note = typeof form["note"] === "string" ? form["note"].trim() : "";
    if (note === "") return failure(context, 400, "note needed");
    const { exceptionId, verb } = context.req.param();
    const account = context.req.query("account") ?? "";
    await options.books[verb === "explain" ? "explain" : "reopen"](
      account,
      exceptionId,
      note.slice(0, 2000),
      context.get("identity").name,
    );
    return context.redirect(
      `/exceptions/${encodeURIComponent(exceptionId)}?account=${encodeURIComponent(account)}`,
      303,
    );
  });
  app.notFound((context) => failure(context, 404, "no page"));
  app.onError((error, context) => {
    if (!(error instanceof LedgerError)) return failure(context, 500, "inner error");
    const missing = error.code === "view.not-found" || error.code === "exception.unknown";
    return missing
      ? failure(context, 404, "no object", error.message)
      : failure(context, 400, "bad request", error.message);
  });
  return app;
}
