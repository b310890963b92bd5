import { LedgerError, listAccounts, serviceNow, type ViewContext } from "@amazon-pay-kit/ledger";
import { Hono, type Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { Page, type Frame } from "../layout/page.tsx";
import { STYLE } from "../layout/style.ts";
import { formatter } from "../locale/format.ts";
import { chooseLocale } from "../locale/locale.ts";
import { PAGES } from "../pages/index.ts";
import type { PageOutput, PageRow } from "../pages/page-row.ts";
import { hostCheck, identify, type AccessOptions } from "../security/access.ts";
import { csrfCheck, csrfToken } from "../security/csrf.ts";
import { safeHeaders } from "../security/headers.ts";
import { CSV_FILES } from "../tables/index.ts";
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

  const queryOf = (context: Context) => (name: string) => context.req.query(name) || undefined;
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
  const failure = async (context: Context, status: 404 | 400 | 500, words: string): Promise<Response> => {
    const body = <p class="message bad">{words}</p>;
    return context.html(
      html(await frameOf(context), null, { title: status === 404 ? "Not found" : "This did not work", body }),
      status,
    );
  };

  for (const [path, file] of CSV_FILES) {
    app.get(`${path}.csv`, async (context) => {
      const name = `${path.slice(1)}.csv`;
      const account = queryOf(context)("account");
      const now = await serviceNow(options.views, options.now(), { accountId: account });
      const stream = file(options.views, queryOf(context), account, now);
      return context.body(stream, 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      });
    });
  }
  for (const row of PAGES) {
    app.get(row.path, async (context) => {
      const frame = await frameOf(context);
      const output = await row.render({
        views: options.views,
        books: options.books,
        query: queryOf(context),
        param: (name) => context.req.param(name) ?? "",
        account: frame.account ?? undefined,
        frame,
        csrf: csrfToken(options.secret, frame.user),
        now: await serviceNow(options.views, options.now(), { accountId: frame.account ?? undefined }),
      });
      return context.html(html(frame, row, output));
    });
  }
  app.post("/exceptions/:exceptionId/:verb{explain|reopen}", csrfCheck(options.secret), async (context) => {
    if (readOnly) return context.text("This dashboard is read-only: start it with --allow-changes to write.\n", 403);
    const form = await context.req.parseBody();
    const note = typeof form["note"] === "string" ? form["note"].trim() : "";
    if (note === "") return failure(context, 400, "A note is needed: say why, for whoever reads this next year.");
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
  app.notFound((context) => failure(context, 404, "There is no such page."));
  app.onError((error, context) => {
    if (error instanceof LedgerError)
      return failure(context, error.code === "view.not-found" ? 404 : 400, error.message);
    return failure(
      context,
      500,
      "Something went wrong inside. Nothing was changed; the log of the dashboard says what.",
    );
  });
  return app;
}
