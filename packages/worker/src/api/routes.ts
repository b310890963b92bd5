import {
  balancesAt,
  explain,
  getException,
  getSettlement,
  listExceptions,
  listSettlementRows,
  listSettlements,
  pageAccounts,
  RULES,
  type AccountSummary,
  type BalanceAt,
  type Calendar,
  type ExceptionView,
  type Explanation,
  type SettlementRowView,
  type SettlementSummary,
  type Role,
  type Store,
} from "@amazon-pay-kit/ledger";
import { checkAfter, EVENT_NAMES, type EventCode, eventsOf, numberEvents } from "@amazon-pay-kit/ledger/outbox";
import { limitOf } from "@amazon-pay-kit/ledger/views";
import { formatInstant, readInstant } from "@amazon-pay-kit/money";
import { hookStates } from "../hooks/hook-states.ts";

/** How the results look: the same documents as `apay … --json` gives. */
export interface ApiDocuments {
  settlement(item: SettlementSummary): object;
  row(item: SettlementRowView): object;
  exception(item: ExceptionView): object;
  explanation(item: Explanation): object;
  balance(item: BalanceAt): object;
  account(item: AccountSummary): object;
}

/** What is asked for, checked: the account is one that the token sees. */
export interface ApiRequest {
  readonly store: Store;
  readonly documents: ApiDocuments;
  readonly calendar: Calendar;
  readonly now: number;
  /** The account; undefined for all, which only a token for all accounts has. */
  readonly accountId: string | undefined;
  /** Accounts of the token; null for all. */
  readonly accounts: readonly string[] | null;
  readonly id: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly page: { readonly cursor?: string; readonly limit?: number };
}

/** A parameter of a query. */
export interface ApiParameter {
  readonly name: string;
  readonly help: string;
  readonly values?: readonly string[];
  readonly needed?: true;
  /** A moment: milliseconds are read from `2026-01-31T00:00:00Z`. */
  readonly instant?: true;
  /** A currency of ISO 4217, in capitals. */
  readonly currency?: true;
  /** A whole number from 0. */
  readonly count?: true;
}

/** One path that is read. */
export interface ApiRoute {
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  /** Member that holds the items of a page; undefined for one object. */
  readonly list?: string;
  /** A list that comes whole. */
  readonly whole?: true;
  /** A list whose pages go by the numbers of its items: a parameter takes the place of the cursor. */
  readonly numbered?: true;
  /** Of one account: a token that sees several has to name it. */
  readonly oneAccount?: true;
  /** Looks into all accounts of the token by itself. */
  readonly anyAccount?: true;
  readonly parameters: readonly ApiParameter[];
  run(request: ApiRequest): Promise<object>;
}

const currency: ApiParameter = { name: "currency", help: "Only this currency, such as EUR.", currency: true };

function listOf<Item>(
  name: string,
  page: { items: readonly Item[]; next: string | null },
  show: (item: Item) => object,
) {
  return { [name]: page.items.map(show), next: page.next };
}

/** A moment that was given, in milliseconds. */
function momentOf({ query }: ApiRequest, name: string): number | undefined {
  return readInstant(query[name] ?? "") ?? undefined;
}

/** Everything that can be read. The OpenAPI document and the server follow from it. */
export const ROUTES: readonly ApiRoute[] = [
  {
    path: "/v1/accounts",
    name: "listAccounts",
    summary: "The accounts that the token sees, with what each has",
    list: "accounts",
    anyAccount: true,
    parameters: [],
    async run({ store, documents, accounts, page }) {
      if (accounts === null) return listOf("accounts", await pageAccounts({ store }, page), documents.account);
      const own = await pageAccounts({ store }, { ...page, only: accounts });
      return listOf("accounts", own, documents.account);
    },
  },
  {
    path: "/v1/settlements",
    name: "listSettlements",
    summary: "Settlements with figures and verdict, newest first",
    list: "settlements",
    parameters: [
      currency,
      { name: "status", help: "Only this verdict.", values: ["balanced", "exceptions", "explained"] },
      { name: "from", help: "Only those that ended at this moment or later.", instant: true },
      { name: "until", help: "Only those that ended before this moment.", instant: true },
    ],
    async run(request) {
      const { store, documents, accountId, query, page } = request;
      const filter = {
        accountId,
        currency: query["currency"],
        status: query["status"],
        from: momentOf(request, "from"),
        until: momentOf(request, "until"),
      };
      return listOf("settlements", await listSettlements({ store }, { ...filter, ...page }), documents.settlement);
    },
  },
  {
    path: "/v1/settlements/{id}",
    name: "getSettlement",
    summary: "One settlement",
    parameters: [currency],
    async run({ store, documents, accountId, id, query }) {
      return documents.settlement(
        await getSettlement({ store }, { accountId, settlementId: id, currency: query["currency"] }),
      );
    },
  },
  {
    path: "/v1/settlements/{id}/rows",
    name: "listSettlementRows",
    summary: "The rows of a settlement, in the order of its file",
    list: "rows",
    parameters: [currency],
    async run({ store, documents, accountId, id, query, page }) {
      const wanted = { settlementId: id, currency: query["currency"] };
      // Says that there is none, where an empty page would say that it has no rows.
      const { accountId: own } = await getSettlement({ store }, { accountId, ...wanted });
      return listOf("rows", await listSettlementRows({ store }, { accountId: own, ...wanted, ...page }), documents.row);
    },
  },
  {
    path: "/v1/exceptions",
    name: "listExceptions",
    summary: "Differences that reconciling has found",
    list: "exceptions",
    parameters: [
      currency,
      {
        name: "status",
        help: "Only this status; to-do means open or reopened.",
        values: ["to-do", "open", "explained", "resolved", "reopened"],
      },
      { name: "code", help: "Only this code, such as capture.unsettled.", values: RULES.map(({ code }) => code) },
      { name: "settlement", help: "Only those of this settlement." },
      { name: "cause", help: "Only those of this cause." },
    ],
    async run({ store, documents, accountId, query, page }) {
      const filter = {
        accountId,
        currency: query["currency"],
        status: query["status"],
        code: query["code"],
        settlementId: query["settlement"],
        cause: query["cause"],
      };
      return listOf("exceptions", await listExceptions({ store }, { ...filter, ...page }), documents.exception);
    },
  },
  {
    path: "/v1/exceptions/{id}",
    name: "getException",
    summary: "One exception with its history",
    parameters: [],
    async run({ store, documents, accountId, id }) {
      const found = await getException({ store }, { accountId, exceptionId: id });
      const events = found.events.map(({ what, who, note, at }) => ({
        what,
        who,
        note,
        at: new Date(at).toISOString(),
      }));
      return { ...documents.exception(found), events };
    },
  },
  {
    path: "/v1/events",
    name: "listEvents",
    summary:
      "What has happened to an account, in order: who goes on from `next` each time misses nothing, also after it was away. Events are kept for 30 days",
    list: "events",
    numbered: true,
    oneAccount: true,
    parameters: [
      { name: "after", help: "Only events behind this number: `next` of the answer before. Default: 0.", count: true },
      { name: "code", help: "Only events of this code.", values: EVENT_NAMES },
    ],
    async run({ store, accountId = "", query, page, now }) {
      const after = Number(query["after"] ?? 0);
      const limit = limitOf(page);
      const span = await numberEvents(store, accountId);
      checkAfter(after, span, now);
      const code = query["code"] as EventCode | undefined;
      const codes = code === undefined ? undefined : [code];
      const events = await eventsOf(store.db, { accountId, after, until: span.last, codes, limit });
      // With all of the wanted ones in hand the others are behind it too.
      const next = events.length < limit ? Math.max(after, span.last) : (events.at(-1)?.sequence ?? after);
      return { events, next };
    },
  },
  {
    path: "/v1/webhooks",
    name: "listWebhooks",
    summary: "How far each webhook was told of an account's events",
    list: "webhooks",
    whole: true,
    oneAccount: true,
    parameters: [],
    async run({ store, accountId }) {
      const states = await hookStates(store, { accountId, limit: 500 });
      const at = (moment: number | null): string | null => (moment === null ? null : formatInstant(moment));
      return {
        webhooks: states.map(({ deliveredAt, failingSince, nextAttemptAt, ...state }) => ({
          ...state,
          deliveredAt: at(deliveredAt),
          failingSince: at(failingSince),
          nextAttemptAt: at(nextAttemptAt),
        })),
      };
    },
  },
  {
    path: "/v1/explain",
    name: "explain",
    summary: "An amount or an id traced to its reports, hashes and lines",
    parameters: [
      { name: "query", help: "An amount such as 48211.07, or an id.", needed: true },
      { name: "expected", help: "The amount that was expected instead." },
      currency,
    ],
    async run({ store, documents, accountId, query, calendar }) {
      const request = { query: query["query"] ?? "", expected: query["expected"], currency: query["currency"] };
      return documents.explanation(await explain({ store }, { ...request, accountId, calendar }));
    },
  },
  {
    path: "/v1/balances",
    name: "listBalances",
    summary: "What Amazon Pay held, and what was on its way, at a moment",
    list: "balances",
    whole: true,
    parameters: [currency, { name: "at", help: "The moment. Default: now.", instant: true }],
    async run(request) {
      const { store, documents, accountId, query, now } = request;
      const before = momentOf(request, "at") ?? now;
      const found = await balancesAt({ store }, { accountId, currency: query["currency"], before });
      return { balances: found.map(documents.balance) };
    },
  },
];

/** Changes, all on `/v1/exceptions/{id}/…`, with the role that a token needs for each. What is in no table here takes `view`. */
export const CHANGES = {
  explain: { name: "explainException", role: "resolve", summary: "Records why a difference is as it is" },
  reopen: { name: "reopenException", role: "resolve", summary: "Opens an explained exception again" },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly role: Role; readonly summary: string }>>;
