import { LedgerError } from "@amazon-pay-kit/ledger";
import { type Context, Hono } from "hono";
import { PAGES } from "../pages/index.ts";
import { type AccessOptions, hostCheck, identify, signIn, signOut } from "../security/access.ts";
import { csrfCheck, csrfToken } from "../security/csrf.ts";
import { safeHeaders } from "../security/headers.ts";
import { allowedMethods, smallBody } from "../security/limits.ts";
import { Sessions } from "../security/sessions.ts";
import { SIGN_IN, SIGN_OUT } from "../security/sign-in.tsx";
import { CSV_FILES } from "../tables/index.ts";
import { documentOf, type Failure, failurePage } from "./answer.tsx";
import { frameOf, sourceOf } from "./request-values.ts";
import { serveAssets } from "./assets.ts";
import { changeMany, outcomeLink } from "./change-many.ts";
import { type DashboardOptions, isReadOnly } from "./options.ts";

/** Longest note that is kept with an exception, in characters. */
const LONGEST_NOTE = 2000;

/** The pages as a `fetch` function: no socket needed, so tests call it as it is. */
export function createDashboardApp(options: DashboardOptions): Hono {
  const app = new Hono();
  const { secret, now, sessions = new Sessions({ secret, now }) } = options;
  const access: AccessOptions = { ...options.access, sessions };
  const fail = async (context: Context, failure: Failure): Promise<Response> =>
    failurePage(context, await frameOf(options, context), failure);

  app.use(safeHeaders(), hostCheck(access), allowedMethods(), smallBody());
  serveAssets(app);
  app.post(SIGN_IN, signIn(access));
  app.post(SIGN_OUT, signOut(access));
  app.use(identify(access));
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  for (const [path, file] of CSV_FILES) {
    app.get(path, async (context) => {
      const name = context.req.path.slice(1).replaceAll(/[^\w.-]+/g, "-");
      return context.body(await file(await sourceOf(options, context)), 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      });
    });
  }
  for (const { path, current, render } of PAGES) {
    app.get(path, async (context) => {
      const frame = await frameOf(options, context);
      const csrf = csrfToken(options.secret, frame.user);
      const output = await render({ ...(await sourceOf(options, context)), frame, csrf });
      return context.html(documentOf(frame, output, current));
    });
  }
  const ownForms = csrfCheck(options.secret, (context) => fail(context, { status: 403, reason: "foreign form" }));
  app.post("/exceptions/:exceptionId/:verb{explain|reopen}", ownForms, async (context) => {
    if (isReadOnly(options)) return fail(context, { status: 403, reason: "read only" });
    const form = await context.req.parseBody();
    const note = typeof form["note"] === "string" ? form["note"].trim() : "";
    if (note === "") return fail(context, { status: 400, reason: "note needed" });
    const { exceptionId, verb } = context.req.param();
    const account = context.req.query("account") ?? "";
    const change = verb === "explain" ? "explain" : "reopen";
    await options.books[change](account, exceptionId, note.slice(0, LONGEST_NOTE), context.get("identity").name);
    return context.redirect(
      `/exceptions/${encodeURIComponent(exceptionId)}?account=${encodeURIComponent(account)}`,
      303,
    );
  });
  app.post("/exceptions/:verb{explain|reopen}", ownForms, async (context) => {
    if (isReadOnly(options)) return fail(context, { status: 403, reason: "read only" });
    const form = await context.req.formData();
    const noteOf = form.get("note");
    const note = typeof noteOf === "string" ? noteOf.trim() : "";
    if (note === "") return fail(context, { status: 400, reason: "note needed" });
    const ids = form.getAll("id").filter((id) => typeof id === "string");
    if (ids.length === 0) return fail(context, { status: 400, reason: "nothing selected" });
    const back = form.get("back");
    const change = options.books[context.req.param("verb") === "explain" ? "explain" : "reopen"];
    const changes = { ids, note: note.slice(0, LONGEST_NOTE), who: context.get("identity").name };
    const outcome = await changeMany(change, changes);
    return context.redirect(outcomeLink(typeof back === "string" ? back : "", context.req.param("verb"), outcome), 303);
  });
  app.notFound((context) => fail(context, { status: 404, reason: "no page" }));
  app.onError((error, context) => {
    if (!(error instanceof LedgerError)) return fail(context, { status: 500, reason: "inner error" });
    const { code, message: detail } = error;
    const missing = code === "view.not-found" || code === "exception.unknown";
    return missing
      ? fail(context, { status: 404, reason: "no object", detail })
      : fail(context, { status: 400, reason: "bad request", detail });
  });
  return app;
}
