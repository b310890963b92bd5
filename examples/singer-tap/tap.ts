import { type Stream, STREAMS } from "./streams.ts";

/** Settings of the tap. */
export interface TapConfig {
  /** Address of `apay api`: `https://books.example.com`. */
  readonly url: string;
  /** Token of `apay api tokens create`. */
  readonly token: string;
  /** Accounts to read. Default: all that the token sees. */
  readonly accounts?: readonly string[];
}

/** Up to which event each account has been read. */
export interface TapState {
  readonly bookmarks?: Readonly<Record<string, { readonly sequence: number }>>;
}

/** What is selected of the streams, as `--discover` writes it and people edit it. */
export interface TapCatalog {
  readonly streams: readonly {
    readonly tap_stream_id: string;
    readonly metadata?: readonly {
      readonly breadcrumb: readonly string[];
      readonly metadata: { selected?: boolean };
    }[];
  }[];
}

/** A message of the Singer specification. */
export type SingerMessage =
  | {
      readonly type: "SCHEMA";
      readonly stream: string;
      readonly schema: object;
      readonly key_properties: readonly string[];
    }
  | { readonly type: "RECORD"; readonly stream: string; readonly record: object; readonly time_extracted: string }
  | { readonly type: "STATE"; readonly value: TapState };

/** What the API refused, with its code. */
export class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Checks what was read from the file of settings. @throws TypeError that names the setting */
export function checkConfig(given: unknown): TapConfig {
  const { url, token, accounts } = (given ?? {}) as Partial<Record<keyof TapConfig, unknown>>;
  if (typeof url !== "string" || !URL.canParse(url))
    throw new TypeError('config: "url" must be the address of apay api, such as https://books.example.com');
  if (typeof token !== "string" || token === "")
    throw new TypeError('config: "token" must be a token of apay api tokens create');
  if (accounts === undefined) return { url, token };
  if (!Array.isArray(accounts) || !accounts.every((one): one is string => typeof one === "string"))
    throw new TypeError('config: "accounts" must be a list of names');
  return { url, token, accounts };
}

function schemaOf({ columns }: Stream): object {
  return { type: "object", properties: columns, additionalProperties: false };
}

/** What `--discover` prints. */
export function discover(): object {
  return {
    streams: STREAMS.map((stream) => ({
      tap_stream_id: stream.name,
      stream: stream.name,
      key_properties: stream.keys,
      schema: schemaOf(stream),
      metadata: [
        {
          breadcrumb: [],
          metadata: { selected: true, inclusion: "available", "table-key-properties": stream.keys },
        },
      ],
    })),
  };
}

function selectedIn(catalog: TapCatalog | undefined): (stream: Stream) => boolean {
  if (catalog === undefined) return () => true;
  const chosen = new Set(
    catalog.streams
      .filter(({ metadata = [] }) =>
        metadata.some((one) => one.breadcrumb.length === 0 && one.metadata.selected === true),
      )
      .map((one) => one.tap_stream_id),
  );
  return ({ name }) => chosen.has(name);
}

type Item = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string>>;

/** Asks the API, and tries again when it says that it has no time. */
class Api {
  readonly #config: TapConfig;

  constructor(config: TapConfig) {
    this.#config = config;
  }

  async get(path: string, query: Query = {}): Promise<Item> {
    const url = new URL(`${this.#config.url.replace(/\/$/, "")}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const answer = await fetch(url, { headers: { authorization: `Bearer ${this.#config.token}` } });
    const body = (await answer.json().catch(() => ({}))) as Item & { error?: { code: string; message: string } };
    if (answer.ok) return body;
    throw new ApiRefusal(
      body.error?.code ?? `status ${answer.status}`,
      body.error?.message ?? `${url.pathname} failed`,
    );
  }

  /** Every item of a list, page by page. */
  async *list(path: string, name: string, query: Query = {}): AsyncGenerator<Item> {
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Item = await this.get(path, { ...query, limit: "500", ...(cursor === "" ? {} : { cursor }) });
      yield* page[name] as Item[];
      cursor = page["next"] as string | null;
    }
  }
}

/** The columns of a stream alone. */
function recordOf({ columns }: Stream, item: Item): object {
  return Object.fromEntries(Object.keys(columns).map((name) => [name, item[name] ?? null]));
}

/** What has changed since a bookmark, or everything where there is none. */
interface Changed {
  readonly settlements: ReadonlySet<string> | "all";
  readonly exceptions: ReadonlySet<string> | "all";
  readonly events: readonly Item[];
  readonly sequence: number;
}

async function changedSince(api: Api, account: string, sequence: number | undefined): Promise<Changed> {
  const settlements = new Set<string>();
  const exceptions = new Set<string>();
  const events: Item[] = [];
  let after = sequence ?? 0;
  for (;;) {
    let page: Item;
    try {
      page = await api.get("/v1/events", { account, after: String(after), limit: "500" });
    } catch (error) {
      // Events are deleted after a month, and books that were made anew count from 1 again: then everything is read.
      if (error instanceof ApiRefusal && /^events\.(gone|ahead)$/.test(error.code))
        return changedSince(api, account, undefined);
      throw error;
    }
    const found = page["events"] as Item[];
    for (const event of found) {
      events.push(event);
      const { code, subject } = event as { code: string; subject: string };
      if (/^(settlement|payout)\./.test(code)) settlements.add(subject);
      if (code.startsWith("exception.")) exceptions.add(subject);
    }
    after = page["next"] as number;
    if (found.length < 500) break;
  }
  if (sequence === undefined) return { settlements: "all", exceptions: "all", events, sequence: after };
  return { settlements, exceptions, events, sequence: after };
}

/** What is there under these ids; what is gone since its event is in a later one. */
async function* eachOf(api: Api, path: string, ids: Iterable<string>, account: string): AsyncGenerator<Item> {
  for (const id of ids) {
    try {
      yield await api.get(`${path}/${encodeURIComponent(id)}`, { account });
    } catch (error) {
      if (!(error instanceof ApiRefusal && error.code === "view.not-found")) throw error;
    }
  }
}

/**
 * Reads the books by the API, as messages of the Singer specification. The first run gives everything; later ones what the events since
 * the state name. The state of an account comes when all of its records are out, so a run that dies repeats, and loses nothing.
 *
 * @throws ApiRefusal for what the API refuses
 */
export async function* tap(
  config: TapConfig,
  state: TapState = {},
  catalog?: TapCatalog,
): AsyncGenerator<SingerMessage> {
  const api = new Api(config);
  const isSelected = selectedIn(catalog);
  const selected = STREAMS.filter(isSelected);
  const of = (name: string): Stream | undefined => selected.find((stream) => stream.name === name);
  for (const stream of selected)
    yield { type: "SCHEMA", stream: stream.name, schema: schemaOf(stream), key_properties: stream.keys };
  const record = (stream: Stream, item: Item): SingerMessage => ({
    type: "RECORD",
    stream: stream.name,
    record: recordOf(stream, item),
    time_extracted: new Date().toISOString(),
  });
  const accounts: string[] = [...(config.accounts ?? [])];
  if (config.accounts === undefined)
    for await (const { accountId } of api.list("/v1/accounts", "accounts")) accounts.push(String(accountId));
  let bookmarks = { ...state.bookmarks };
  for (const account of accounts) {
    const changed = await changedSince(api, account, bookmarks[account]?.sequence);
    const [settlements, rows, exceptions, events] = [of("settlements"), of("rows"), of("exceptions"), of("events")];
    const found =
      changed.settlements === "all"
        ? api.list("/v1/settlements", "settlements", { account })
        : eachOf(api, "/v1/settlements", changed.settlements, account);
    if (settlements !== undefined || rows !== undefined) {
      for await (const settlement of found) {
        if (settlements !== undefined) yield record(settlements, settlement);
        if (rows === undefined) continue;
        const settlementId = String(settlement["settlementId"]);
        let position = 0;
        for await (const row of api.list(`/v1/settlements/${encodeURIComponent(settlementId)}/rows`, "rows", {
          account,
        }))
          yield record(rows, { ...row, accountId: account, settlementId, position: (position += 1) });
      }
    }
    if (exceptions !== undefined) {
      const all =
        changed.exceptions === "all"
          ? api.list("/v1/exceptions", "exceptions", { account })
          : eachOf(api, "/v1/exceptions", changed.exceptions, account);
      for await (const exception of all) yield record(exceptions, exception);
    }
    if (events !== undefined) for (const event of changed.events) yield record(events, event);
    bookmarks = { ...bookmarks, [account]: { sequence: changed.sequence } };
    yield { type: "STATE", value: { ...state, bookmarks } };
  }
}
