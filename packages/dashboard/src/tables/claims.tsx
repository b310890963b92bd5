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
import type { ListTable, TableSource } from "./list-table.ts";

const STATUSES = ["open", "claimed", "all"] as const;

/** The claims that a page asks for. */
export function claimsOf({ views, account, query }: TableSource): Promise<Claims> {
  return listClaims(
    { store: views.store, ...(account === undefined ? {} : { accountId: account }) },
    { status: STATUSES.find((status) => status === query("status")), currency: query("currency") },
  );
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
  filters: ["status", "currency"],
  fetch: async (source, page) => pageOfClaims(await claimsOf(source), page),
  columns: [
    {
      title: "column what",
      cell: (claim, frame) => (
        <a href={exceptionLink(frame, { accountId: claim.accountId, exceptionId: claim.id })}>
          {term("claim", claim.kind, frame.format.locale)}
        </a>
      ),
      csv: (claim) => claim.kind,
    },
    {
      title: "column amount",
      numeric: true,
      cell: (claim, frame) => <Money format={frame.format} minor={claim.amountMinor} currency={claim.currency} />,
      csv: (claim) => formatAmount(claim.amountMinor, claim.currency),
    },
    {
      title: "column debtor",
      cell: (claim, frame) => term("debtor", claim.debtor, frame.format.locale),
      csv: (claim) => claim.debtor,
    },
    {
      title: "column day",
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
