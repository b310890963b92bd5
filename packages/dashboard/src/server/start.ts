import type { AddressInfo } from "node:net";
import { userInfo } from "node:os";
import { serve } from "@hono/node-server";
import type { ViewContext } from "@amazon-pay-kit/ledger";
import { KitError } from "@amazon-pay-kit/money";
import { createDashboardApp } from "./app.tsx";
import type { Books } from "../books.ts";
import { HostNames } from "../security/host-names.ts";
import { Sessions } from "../security/sessions.ts";
import { calendarFor } from "./options.ts";

/** How to serve the dashboard. */
export interface StartDashboardOptions {
  readonly views: ViewContext;
  readonly books: Books;
  /** Default `127.0.0.1`. Anything but loopback needs `token` or `identityHeader`. */
  readonly host?: string | undefined;
  /** Default 8581; 0 takes a free one. */
  readonly port?: number | undefined;
  readonly token?: string | undefined;
  readonly identityHeader?: string | undefined;
  /** More host names under which it may be called, e.g. behind a proxy: with the port, unless that is 80 or 443. */
  readonly hosts?: readonly string[] | undefined;
  /** Told of each wrong token: the address it came from, and how many came within the last minute. */
  readonly onRefusal?: ((from: string, recent: number) => void) | undefined;
  /** Allow writes. Default false. Needs `token` or `identityHeader`: who changed what must not be anybody. */
  readonly allowChanges?: boolean | undefined;
  /** The books are invented, as those of a demonstration are: anybody may change them. Default false. */
  readonly inventedBooks?: boolean | undefined;
  /** Key of the form tokens: fresh random text for each process. */
  readonly secret: string;
  /** IANA name of the time zone of days, months and times. Default `UTC`. */
  readonly timeZone?: string | undefined;
  readonly now: () => number;
}

/** A dashboard that is being served. */
export interface RunningDashboard {
  readonly url: string;
  /** The address that signs in once: to be shown to the person who started it, and to nobody else. */
  readonly link: string;
  close(): Promise<void>;
}

/** The dashboard cannot be started as asked. */
export class DashboardError extends KitError {
  override readonly name = "DashboardError";
  readonly code:
    | "dashboard.exposed"
    | "dashboard.host"
    | "dashboard.open-changes"
    | "dashboard.weak-token"
    | "dashboard.port-taken";

  constructor(code: DashboardError["code"], message: string, remedy: string) {
    super(message, { remedy });
    this.code = code;
  }
}

const SHORTEST_TOKEN = 16;
/** A form takes no time to send; anyone who takes longer holds a connection for its own sake. */
const REQUEST_MILLIS = 20_000;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

/**
 * Serves the dashboard until it is closed.
 *
 * @throws DashboardError `dashboard.exposed` when others could reach it without a token; `dashboard.host` for what is no host name;
 *   `dashboard.open-changes` when anybody on this machine could write; `dashboard.weak-token` when the token is empty or short; `dashboard.port-taken`
 * @throws MoneyError `time.unknown-time-zone`
 */
export async function startDashboard(options: StartDashboardOptions): Promise<RunningDashboard> {
  const host = options.host ?? "127.0.0.1";
  const wanted = options.port ?? 8581;
  if (!LOOPBACK.has(host) && options.token === undefined && options.identityHeader === undefined) {
    throw new DashboardError(
      "dashboard.exposed",
      `the dashboard would be open to everyone who can reach ${host}`,
      "give it a --token, or put it behind a proxy that names the user and pass --identity-header",
    );
  }
  const closed = options.token !== undefined || options.identityHeader !== undefined;
  if (options.allowChanges === true && !closed && options.inventedBooks !== true) {
    throw new DashboardError(
      "dashboard.open-changes",
      "without a token every user and program of this machine could change the books in your name",
      "leave --no-token or --allow-changes out, or pass --identity-header behind a proxy that names the user",
    );
  }
  const sessions = new Sessions({ secret: options.secret, now: options.now, onRefusal: options.onRefusal });
  const hosts = new HostNames();
  for (const name of options.hosts ?? [])
    if (!hosts.add(name))
      throw new DashboardError(
        "dashboard.host",
        `"${name}" is no host name`,
        "give the name that stands in the browser, with its port unless that is 80 or 443, for example books.example or books.example:8581",
      );
  const app = createDashboardApp({
    views: options.views,
    books: options.books,
    invented: options.inventedBooks,
    access: {
      token: options.token,
      identityHeader: options.identityHeader,
      localUser: userInfo().username,
      isHost: (name) => hosts.has(name),
    },
    sessions,
    secret: options.secret,
    timeZone: calendarFor(options).timeZone,
    readOnly: options.allowChanges !== true,
    now: options.now,
  });
  if (options.token !== undefined && options.token.length < SHORTEST_TOKEN) {
    throw new DashboardError(
      "dashboard.weak-token",
      options.token === "" ? "the token is empty" : `the token has fewer than ${SHORTEST_TOKEN} characters`,
      "make one that nobody guesses: openssl rand -hex 16",
    );
  }
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const made = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port: wanted,
        serverOptions: {
          headersTimeout: REQUEST_MILLIS,
          requestTimeout: REQUEST_MILLIS,
          connectionsCheckingInterval: REQUEST_MILLIS / 4,
        },
      },
      () => resolve(made),
    );
    made.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new DashboardError(
              "dashboard.port-taken",
              `port ${wanted} on ${host} is taken by another program`,
              "choose another one with --port, or 0 for any free one",
            )
          : error,
      );
    });
  });
  const { port } = server.address() as AddressInfo;
  sessions.listensOn(port);
  const own = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  for (const name of LOOPBACK.has(host) ? ["127.0.0.1", "localhost", "[::1]"] : [own]) hosts.add(`${name}:${port}`);
  const url = `http://${own}:${port}`;
  return {
    url,
    link: options.token === undefined ? url : `${url}/?token=${encodeURIComponent(options.token)}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
