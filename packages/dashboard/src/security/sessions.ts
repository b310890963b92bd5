import { createHmac, timingSafeEqual } from "node:crypto";

/** Hours that a session lasts unless it is signed out. */
export const SESSION_HOURS = 12;
/** After this many wrong tokens within a minute, none is looked at until that minute is over. */
const MOST_FAILURES = 10;
const MINUTE = 60_000;

/** What sessions are made with. */
export interface SessionOptions {
  /** Key of the signatures; fresh for each process, so that a restart ends all sessions. */
  readonly secret: string;
  /** The present moment, milliseconds since the epoch. */
  readonly now: () => number;
  /** Told of each refused sign-in, with the address it came from. */
  readonly onRefusal?: ((from: string, recent: number) => void) | undefined;
}

/**
 * Sessions of people who gave the token. A session's cookie is not the token: it ends after {@link SESSION_HOURS} hours, can be
 * signed out, and is of no use to another process.
 *
 * Cookies know host names and not ports, so that other servers on this machine are sent them too: the name has the port in it.
 */
export class Sessions {
  readonly #options: SessionOptions;
  #opened = 0;
  #port: number | undefined;
  /** Signed-out sessions by id, until they would have expired. */
  readonly #ended = new Map<string, number>();
  #failures: number[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The port that the dashboard listens on, once it is known. */
  listensOn(port: number): void {
    this.#port = port;
  }

  /** Name of the cookie. */
  get cookie(): string {
    return this.#port === undefined ? "apay-dashboard" : `apay-dashboard-${this.#port}`;
  }

  /** Opens a session. @returns what its cookie holds */
  open(): string {
    const expires = this.#options.now() + SESSION_HOURS * 60 * MINUTE;
    this.#opened += 1;
    const session = `${expires}.${this.#opened}`;
    return `${session}.${this.#sign(session)}`;
  }

  /** Whether a cookie belongs to an open session. */
  isOpen(value: string | undefined): boolean {
    const session = this.#sessionOf(value);
    return session !== undefined && session.expires > this.#options.now() && !this.#ended.has(session.id);
  }

  /** Ends a session. */
  end(value: string | undefined): void {
    const now = this.#options.now();
    for (const [id, expires] of this.#ended) if (expires <= now) this.#ended.delete(id);
    const session = this.#sessionOf(value);
    if (session !== undefined) this.#ended.set(session.id, session.expires);
  }

  /** Seconds until a token may be tried again; 0 for at once. */
  get waitSeconds(): number {
    const since = this.#options.now() - MINUTE;
    this.#failures = this.#failures.filter((at) => at > since);
    const [oldest] = this.#failures;
    if (oldest === undefined || this.#failures.length < MOST_FAILURES) return 0;
    return Math.max(1, Math.ceil((oldest - since) / 1000));
  }

  /** Counts a wrong token. */
  refused(from: string): void {
    this.#failures.push(this.#options.now());
    this.#options.onRefusal?.(from, this.#failures.length);
  }

  #sessionOf(value: string | undefined): { readonly id: string; readonly expires: number } | undefined {
    const [, session = "", expires = "", id = "", mac = ""] =
      /^((\d{1,16})\.(\d{1,16}))\.([\w-]{43})$/.exec(value ?? "") ?? [];
    if (session === "") return undefined;
    const own = this.#sign(session);
    return timingSafeEqual(Buffer.from(mac), Buffer.from(own)) ? { id, expires: Number(expires) } : undefined;
  }

  #sign(session: string): string {
    return createHmac("sha256", this.#options.secret).update(`session ${session}`).digest("base64url");
  }
}
