import { listAccountIds, serviceNow } from "@amazon-pay-kit/ledger";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Frame } from "../layout/page.tsx";
import { formatter } from "../locale/format.ts";
import { chooseLocale, type LocaleName } from "../locale/locale.ts";
import type { TableSource } from "../tables/list-table.ts";
import { translatorFor } from "../locales/texts.ts";
import { calendarFor, type DashboardOptions, isReadOnly } from "./options.ts";

/** A value of the path or of the query; an empty one counts as none. */
function queryOf(context: Context): (name: string) => string | undefined {
  return (name) => context.req.param(name) ?? (context.req.query(name) || undefined);
}

/** What the tables of a page read from, for what a request asks. */
export async function sourceOf(options: DashboardOptions, context: Context): Promise<TableSource> {
  const { views, books, now } = options;
  const calendar = calendarFor(options);
  const query = queryOf(context);
  const account = query("account");
  return { views, books, query, account, calendar, now: await serviceNow(views, now(), { accountId: account }) };
}

/** The language of a request; one that was asked for is remembered. */
function localeOf(context: Context): LocaleName {
  const asked = context.req.query("lang");
  const locale = chooseLocale(asked, getCookie(context, "lang"), context.req.header("accept-language"));
  if (asked === locale) setCookie(context, "lang", locale, { path: "/", sameSite: "Strict", httpOnly: true });
  return locale;
}

/** What stands around the contents of a page. */
export async function frameOf(options: DashboardOptions, context: Context): Promise<Frame> {
  const locale = localeOf(context);
  const calendar = calendarFor(options);
  const url = new URL(context.req.url);
  return {
    format: formatter(locale, calendar.timeZone),
    calendar,
    translate: translatorFor(locale),
    path: url.pathname,
    query: url.searchParams,
    accounts: await listAccountIds(options.views),
    account: queryOf(context)("account") ?? null,
    user: context.get("identity").name,
    readOnly: isReadOnly(options),
    signOut: options.access.token !== undefined && options.access.identityHeader === undefined,
  };
}
