/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  type Claim,
  type Claims,
  formatAmount,
  formatInstant,
  listClaims,
  type Page,
  type PageRequest,
  ViewError,
} from "@amazon-pay-kit/ledger";
import { Money } from "../components/money.tsx";
import { term } from "../locales/texts.ts";
import { exceptionLink } from "./exceptions.tsx";
import { groupBy } from "@amazon-pay-kit/backports";
import type { ListTable, Sums, TableSource } from "./list-table.ts";
import { PERIOD_FILTERS, periodOf } from "./period.ts";

const STATUSES = ["open", "claimed", "all"] as const;

/** What claims can be sorted by: texts, or figures of the same currency. */
const ORDERS: Readonly<Record<string, (left: Claim, right: Claim) => number>> = {
  __proto__: null as never,
  what: (left, right) => (left.kind < right.kind ? -1 : Number(left.kind > right.kind)),
  amount: (left, right) => Number(left.amountMinor - right.amountMinor),
  debtor: (left, right) => (left.debtor < right.debtor ? -1 : Number(left.debtor > right.debtor)),
  day: (left, right) => (left.occurredAt ?? 0) - (right.occurredAt ?? 0),
};

/** The claims that a page asks for, in its order. @throws ViewError `view.query` for an order that there is not */
export async function claimsOf(source: TableSource): Promise<Claims> {
  const { views, account, query, calendar } = source;
  const found = await listClaims(
    { store: views.store, ...(account === undefined ? {} : { accountId: account }) },
    {
      ...periodOf({ query, calendar }),
      status: STATUSES.find((status) => status === query("status")),
      currency: query("currency"),
    },
  );
  const sort = query("sort");
  const text = query("q")?.trim().toLowerCase() ?? "";
  const has = (claim: Claim): boolean =>
    [claim.orderId, claim.referenceId, claim.transactionId, claim.settlementId, claim.ground].some(
      (one) => one?.toLowerCase().includes(text) === true,
    );
  const claims = text === "" ? found.claims : found.claims.filter(has);
  if (sort === undefined) return { ...found, claims };
  const compare = ORDERS[sort.replace(/^-/, "")];
  if (compare === undefined)
    throw new ViewError(
      "view.query",
      `sort=${sort.slice(0, 40)}: claims are sorted by ${Object.keys(ORDERS).join(", ")}`,
    );
  const turn = sort.startsWith("-") ? -1 : 1;
  return { ...found, claims: claims.toSorted((left, right) => turn * compare(left, right)) };
}

/** What the claims of a list add up to, by currency. */
export function totalsOf(claims: readonly Claim[]): readonly Sums[] {
  return [...groupBy(claims, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    rows: own.length,
    minor: { "column amount": own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) },
  }));
}

const PAGE = 50;

/**
 * A page of claims that were found: those behind the one that the cursor names.
 *
 * @throws ViewError `view.cursor` for one that is no claim any more
 */
export function pageOfClaims({ claims }: Claims, { cursor, limit = PAGE }: PageRequest): Page<Claim> {
  const nameOf = ({ accountId, id }: Claim): string => `${accountId} ${id}`;
  const place = cursor === undefined ? -1 : claims.findIndex((one) => nameOf(one) === cursor);
  if (cursor !== undefined && place < 0)
    throw new ViewError("view.cursor", "this is not a page of this list: start again from its first page");
  const items = claims.slice(place + 1, place + 1 + limit);
  const last = items.at(-1);
  return { items, next: last === undefined || last === claims.at(-1) ? null : nameOf(last) };
}

/** Money that somebody still owes, as `apay claims` lists it. */
export const claimsTable: ListTable<Claim> = {
  path: "/claims",
  file: "/claims.csv",
  caption: (translate) => translate("claims caption"),
  empty: "no claims",
  filters: ["q", "status", "currency", ...PERIOD_FILTERS],
  fetch: async (source, page) => pageOfClaims(await claimsOf(source), page),
  sums: async (source) => totalsOf((await claimsOf(source)).claims),
  columns: [
    {
      title: "column what",
      sort: "what",
      cell: (claim, frame) => (
        <a href={exceptionLink(frame, { accountId: claim.accountId, exceptionId: claim.id })}>
          {term("claim", claim.kind, frame.format.locale)}
        </a>
      ),
      csv: (claim) => claim.kind,
    },
    {
      title: "column amount",
      sort: "amount",
      numeric: true,
      cell: (claim, frame) => <Money format={frame.format} minor={claim.amountMinor} currency={claim.currency} />,
      csv: (claim) => formatAmount(claim.amountMinor, claim.currency),
    },
    {
      title: "column debtor",
      sort: "debtor",
      cell: (claim, frame) => term("debtor", claim.debtor, frame.format.locale),
      csv: (claim) => claim.debtor,
    },
    {
      title: "column day",
      sort: "day",
      cell: (claim, frame) =>
        claim.occurredAt === null ? "" : <span class="nowrap">{frame.format.day(claim.occurredAt)}</span>,
      csv: (claim) => (claim.occurredAt === null ? "" : formatInstant(claim.occurredAt)),
    },
    {
      title: "column settlement",
      cell: (claim) => claim.settlementId ?? "",
      csv: (claim) => claim.settlementId ?? "",
    },
    {
      title: "column order",
      cell: (claim) => claim.orderId ?? claim.transactionId ?? "",
      csv: (claim) => claim.orderId ?? claim.transactionId ?? "",
    },
    {
      title: "column file and line",
      cell: (claim) => (claim.file === null ? "" : `${claim.file}:${claim.line ?? ""}`),
      csv: (claim) => (claim.file === null ? "" : `${claim.file}:${claim.line ?? ""}`),
    },
    { title: "column currency", cell: (claim) => claim.currency, csv: (claim) => claim.currency },
    { title: "account", cell: (claim) => claim.accountId, csv: (claim) => claim.accountId },
  ],
};
