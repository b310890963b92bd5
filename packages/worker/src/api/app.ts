import {
  accountsOf,
  type Calendar,
  explainException,
  LedgerError,
  type Logger,
  mayAs,
  reopenException,
  type Store,
} from "@amazon-pay-kit/ledger";
import { EventsError } from "@amazon-pay-kit/ledger/outbox";
import { isIsoCurrency, KitError, MINUTE, readInstant } from "@amazon-pay-kit/money";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { openApiDocument } from "./openapi.ts";
import { type ApiDocuments, type ApiRoute, CHANGES, ROUTES } from "./routes.ts";
import { type ApiToken, findApiToken } from "./tokens.ts";

/** This many wrong tokens a minute from one address, then it is told to wait. */
const ALLOWED = 20;
/** Addresses that are remembered; beyond it those seen longest ago are let go. */
const REMEMBERED = 10_000;

interface Seen {
  count: number;
  until: number;
}

/** Counts refused tokens by address: who tries them through is slowed down. */
export class Failures {
  readonly #now: () => number;
  readonly #seen = new Map<string, Seen>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds until requests of the address are looked at again; 0 when they are. */
  waitSeconds(address: string): number {
    const seen = this.#seen.get(address);
    if (seen === undefined || seen.count < ALLOWED) return 0;
    return Math.max(0, Math.ceil((seen.until - this.#now()) / 1000));
  }

  refused(address: string): void {
    const now = this.#now();
    const seen = this.#seen.get(address);
    this.#seen.delete(address);
    const count = seen === undefined || seen.until <= now ? 1 : seen.count + 1;
    this.#seen.set(address, { count, until: count === 1 ? now + MINUTE : (seen?.until ?? now + MINUTE) });
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
  }
}

/** What the API answers from. */
export interface ApiOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly documents: ApiDocuments;
  /** Of days that are asked for. */
  readonly calendar: Calendar;
  /** Told of each request: method, path, status and id of the token, never a secret or data of a buyer. */
  readonly logger?: Logger;
}

/** A request that cannot be answered, with its status. */
class Refusal extends KitError {
  readonly status: 400 | 401 | 403 | 404 | 413 | 415 | 429;
  readonly code: string;

  constructor(status: Refusal["status"], code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const LARGEST_BODY = 16 * 1024;
const LONGEST_NOTE = 4000;
const NOT_FOUND = /^(view\.not-found|exception\.unknown|books\.unknown-account)$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

type Vars = { Variables: { token: ApiToken } };

function addressOf(context: Context): string {
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress ?? "unknown";
}

/** The account that is asked for, if the token sees it: one of somebody else is as unknown as one that there is not. */
async function accountOf(
  token: ApiToken,
  {
    store,
    wanted,
    anyAccount,
  }: { readonly store: Store; readonly wanted: string | undefined; readonly anyAccount: boolean },
): Promise<string | undefined> {
  const own = token.accounts;
  if (wanted !== undefined) {
    if (own === null) return (await accountsOf({ store, accountId: wanted }))[0];
    if (own.includes(wanted)) return wanted;
    throw new Refusal(404, "api.unknown-account", `there is no account ${JSON.stringify(wanted)}`);
  }
  if (own === null || anyAccount) return undefined;
  if (own.length === 1) return own[0];
  throw new Refusal(
    400,
    "api.which-account",
    `name one of the token's accounts: ?account=${own.slice(0, 10).join(" or ")}`,
  );
}

/** The parameters, each known, given once, and one of its values. */
function checkedQuery(
  context: Context,
  route: Pick<ApiRoute, "parameters" | "list" | "whole" | "numbered">,
): Record<string, string> {
  const names = new Map(route.parameters.map((one) => [one.name, one]));
  const pages = route.list !== undefined && route.whole !== true;
  const paging = pages ? (route.numbered === true ? ["limit"] : ["cursor", "limit"]) : [];
  const query: Record<string, string> = {};
  for (const [name, values] of Object.entries(context.req.queries())) {
    const parameter = names.get(name);
    const [value = "", ...more] = values;
    if (parameter === undefined && name !== "account" && !paging.includes(name))
      throw new Refusal(
        400,
        "api.unknown-parameter",
        `there is no parameter ${JSON.stringify(name.slice(0, 50))}: here there are ${["account", ...names.keys(), ...paging].join(", ")}`,
      );
    if (more.length > 0 || value === "" || value.includes("\0"))
      throw new Refusal(400, "api.bad-parameter", `${name} must be given once, and with a value`);
    if (parameter?.values !== undefined && !parameter.values.includes(value))
      throw new Refusal(400, "api.bad-parameter", `${name} must be one of ${parameter.values.join(", ")}`);
    if (parameter?.currency === true && !isIsoCurrency(value))
      throw new Refusal(400, "api.bad-parameter", `${name} must be a currency of ISO 4217 in capitals, such as EUR`);
    if (parameter?.count === true && !/^\d{1,15}$/.test(value))
      throw new Refusal(400, "api.bad-parameter", `${name} must be a whole number from 0`);
    if (parameter?.instant === true && (!INSTANT.test(value) || readInstant(value) === null))
      throw new Refusal(
        400,
        "api.bad-parameter",
        `${name} must be a time with its offset, such as 2026-01-31T00:00:00Z`,
      );
    query[name] = value;
  }
  const { from, until } = query;
  if (from !== undefined && until !== undefined && (readInstant(from) ?? 0) >= (readInstant(until) ?? 0))
    throw new Refusal(400, "api.bad-parameter", "from must be before until");
  for (const { name, needed } of route.parameters)
    if (needed === true && query[name] === undefined) throw new Refusal(400, "api.bad-parameter", `${name} is needed`);
  return query;
}

function pageOf(query: Readonly<Record<string, string>>): { cursor?: string; limit?: number } {
  const { cursor, limit } = query;
  if (limit !== undefined && !/^\d{1,4}$/.test(limit))
    throw new Refusal(400, "view.limit", "limit must be a whole number from 1 to 500");
  return { ...(cursor === undefined ? {} : { cursor }), ...(limit === undefined ? {} : { limit: Number(limit) }) };
}

async function noteOf(context: Context): Promise<string> {
  if (!/^application\/json\b/i.test(context.req.header("content-type") ?? ""))
    throw new Refusal(415, "api.content-type", 'send {"note": "…"} as application/json');
  const body: unknown = await context.req.json().catch(() => undefined);
  const note = typeof body === "object" && body !== null && "note" in body ? body.note : undefined;
  if (typeof note === "string" && note.trim() !== "" && note.length <= LONGEST_NOTE && !note.includes("\0"))
    return note.trim();
  throw new Refusal(400, "api.bad-body", `send {"note": "why"}, with 1 to ${LONGEST_NOTE} characters`);
}

/** The API as a `fetch` function: no socket needed, so a test may call it as it is. */
export function createApiApp(options: ApiOptions): Hono<Vars> {
  const { store, clock, documents, calendar, logger } = options;
  const app = new Hono<Vars>();
  const failures = new Failures(() => clock.now());
  const document = openApiDocument();

  app.use(async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
    context.header("x-content-type-options", "nosniff");
    const token = context.get("token") as ApiToken | undefined;
    const { method, path } = context.req;
    logger?.info?.("request", { method, path, status: context.res.status, token: token?.tokenId });
  });
  app.use(
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: () => {
        throw new Refusal(413, "api.too-large", "the body is too large");
      },
    }),
  );
  app.get("/healthz", (context) => context.json({ ok: true }));
  app.get("/openapi.json", (context) => context.json(document));
  app.use("/v1/*", async (context, next) => {
    const given = /^Bearer ([\w-]{1,200})$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
    // A good token passes: behind a proxy all callers have one address, and one of them must not lock out the others.
    const token = await findApiToken({ store, clock }, given);
    if (token === undefined) {
      const address = addressOf(context);
      const seconds = failures.waitSeconds(address);
      if (seconds > 0) {
        context.header("retry-after", String(seconds));
        throw new Refusal(429, "api.too-many-failures", `too many wrong tokens: try again in ${seconds} s`);
      }
      failures.refused(address);
      context.header("www-authenticate", "Bearer");
      throw new Refusal(401, "api.unauthorized", "send a valid token: Authorization: Bearer apay_…");
    }
    context.set("token", token);
    await next();
  });
  for (const route of ROUTES) {
    app.get(route.path.replaceAll(/\{(\w+)\}/g, ":$1"), async (context) => {
      const token = context.get("token");
      const query = checkedQuery(context, route);
      const wanted = query["account"];
      const accountId = await accountOf(token, { store, wanted, anyAccount: route.anyAccount === true });
      if (route.oneAccount === true && accountId === undefined)
        throw new Refusal(400, "api.which-account", "name the account: ?account=…");
      const accounts = accountId === undefined ? token.accounts : [accountId];
      const page = pageOf(query);
      const id = context.req.param("id") ?? "";
      const request = { store, documents, calendar, now: clock.now(), accountId, accounts, id, query, page };
      return context.json(await route.run(request));
    });
  }
  app.post(`/v1/exceptions/:id/:change{${Object.keys(CHANGES).join("|")}}`, async (context) => {
    const token = context.get("token");
    const { role } = CHANGES[context.req.param("change") as keyof typeof CHANGES];
    if (!mayAs(token.role, role))
      throw new Refusal(
        403,
        "api.read-only",
        `this takes a token with the role ${role}, and this one has ${token.role}: apay api tokens create --role ${role}`,
      );
    const query = checkedQuery(context, { parameters: [] });
    const accountId = await accountOf(token, { store, wanted: query["account"], anyAccount: false });
    const note = await noteOf(context);
    const { id, change } = context.req.param();
    const books = {
      store,
      clock,
      who: `api:${token.label}`,
      mayApprove: mayAs(token.role, "approve"),
      ...(accountId === undefined ? {} : { accountId }),
    };
    await (change === "explain" ? explainException : reopenException)(books, id, note);
    const shown = ROUTES.find(({ name }) => name === "getException");
    const request = {
      store,
      documents,
      calendar,
      now: clock.now(),
      accountId,
      accounts: token.accounts,
      id,
      query,
      page: {},
    };
    return context.json((await shown?.run(request)) ?? {});
  });
  app.notFound((context) => context.json({ error: { code: "api.unknown-path", message: "see /openapi.json" } }, 404));
  app.onError((error, context) => {
    const { message } = error;
    if (error instanceof Refusal) return context.json({ error: { code: error.code, message } }, error.status);
    if (error instanceof EventsError)
      return context.json({ error: { code: error.code, message } }, error.code === "events.gone" ? 410 : 409);
    if (error instanceof LedgerError) {
      const code = String(error.code);
      return context.json(
        { error: { code, message } },
        NOT_FOUND.test(code) ? 404 : /^(view|exception|books)\./.test(code) ? 400 : 503,
      );
    }
    logger?.error?.("request failed", { path: context.req.path, error: message });
    return context.json({ error: { code: "api.failed", message: "the request could not be carried out" } }, 500);
  });
  return app;
}
