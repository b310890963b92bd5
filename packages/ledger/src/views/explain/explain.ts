import { type Calendar, dayAfter, formatAmount, parseInstant, readInstant, UTC } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";
import { amountsIn } from "../amount-text.ts";
import type { SettlementSummary } from "../settlements.ts";
import { type AccountFilter, type ViewContext, ViewError } from "../view.ts";
import { depositsLike, explainDeposits } from "./deposits.ts";
import { exceptionsAbout } from "./exceptions-about.ts";
import type { ExplainedDeposit, ExplainedTransaction, Explanation } from "./explanation.ts";
import {
  findByNet,
  findLine,
  findSettlements,
  findTransactions,
  keysOfException,
  readsAs,
  type Wanted,
} from "./find.ts";
import { nearestAmounts } from "./nearest.ts";
import { explainSettlement } from "./settlement.ts";
import { explainTransaction, type TransactionKeys } from "./transaction.ts";

/** Rows and records that were matched with each other, of those that some keys name. */
interface Linked {
  readonly fileId: number;
  readonly line: number;
  readonly recordId: number;
  readonly permissionId: string | null;
  readonly transactionId: string | null;
}

const key = (kind: string, value: string | number): string => `${kind} ${value}`;

function namesOf(keys: TransactionKeys, order: string | null): string[] {
  return [
    ...keys.permissionIds.map((id) => key("permission", id)),
    ...keys.transactionIds.map((id) => key("transaction", id)),
    ...keys.recordIds.map((id) => key("record", id)),
    ...keys.places.map(({ fileId, line }) => key("place", `${fileId}:${line}`)),
    ...(order === null ? [] : [key("order", order)]),
  ];
}

async function linkedOf(db: Kysely<Schema>, accountId: string, all: readonly TransactionKeys[]): Promise<Linked[]> {
  const ofAccount = db
    .selectFrom("row_match as m")
    .innerJoin("settlement_row as r", (join) =>
      join
        .onRef("r.account_id", "=", "m.account_id")
        .onRef("r.file_id", "=", "m.file_id")
        .onRef("r.line", "=", "m.line"),
    )
    .select(["r.file_id", "r.line", "r.permission_id", "r.transaction_id", "m.counterpart_id"])
    .where("m.account_id", "=", accountId)
    .where("m.counterpart", "=", "record");
  const recordIds = all.flatMap((one) => one.recordIds).map(String);
  const rows = [
    ...(await inChunks(new Set(recordIds), (some) => ofAccount.where("m.counterpart_id", "in", [...some]).execute())),
    ...(await inChunks(new Set(all.flatMap((one) => one.permissionIds)), (some) =>
      ofAccount.where("r.permission_id", "in", [...some]).execute(),
    )),
    ...(await inChunks(new Set(all.flatMap((one) => one.transactionIds)), (some) =>
      ofAccount.where("r.transaction_id", "in", [...some]).execute(),
    )),
  ];
  return rows.map((row) => ({
    fileId: row.file_id,
    line: row.line,
    recordId: Number(row.counterpart_id),
    permissionId: row.permission_id,
    transactionId: row.transaction_id,
  }));
}

/**
 * Puts together what is one order: keys that name the same permission, transaction, record or row, and those whose row and
 * record were matched with each other. So an order is one block, however its rows and records were found.
 *
 * @param order the order number by which all of them were found; null where it was something else
 */
async function oneBlockEach(
  db: Kysely<Schema>,
  all: readonly TransactionKeys[],
  order: string | null,
): Promise<readonly TransactionKeys[]> {
  const merged: TransactionKeys[] = [];
  for (const accountId of new Set(all.map((one) => one.accountId))) {
    const own = all.filter((one) => one.accountId === accountId);
    const links = (await linkedOf(db, accountId, own)).map(
      ({ fileId, line, recordId, permissionId, transactionId }): TransactionKeys => ({
        accountId,
        permissionIds: permissionId === null ? [] : [permissionId],
        transactionIds: permissionId === null && transactionId !== null ? [transactionId] : [],
        recordIds: [recordId],
        places: [{ fileId, line }],
      }),
    );
    const groups: { names: Set<string>; members: TransactionKeys[] }[] = [];
    for (const [index, one] of [...own, ...links].entries()) {
      const names = new Set(namesOf(one, index < own.length ? order : null));
      const touching = groups.filter((group) => [...names].some((name) => group.names.has(name)));
      const into = touching[0] ?? { names: new Set<string>(), members: [] };
      if (touching.length === 0) groups.push(into);
      for (const other of touching.slice(1)) {
        for (const name of other.names) into.names.add(name);
        into.members.push(...other.members);
        groups.splice(groups.indexOf(other), 1);
      }
      for (const name of names) into.names.add(name);
      into.members.push(one);
    }
    for (const { members } of groups) merged.push(together(accountId, members));
  }
  return merged;
}

function together(accountId: string, members: readonly TransactionKeys[]): TransactionKeys {
  const places = new Map(
    members.flatMap((one) => one.places).map((place) => [`${place.fileId}:${place.line}`, place] as const),
  );
  return {
    accountId,
    permissionIds: [...new Set(members.flatMap((one) => one.permissionIds))],
    transactionIds: [...new Set(members.flatMap((one) => one.transactionIds))],
    recordIds: [...new Set(members.flatMap((one) => one.recordIds))],
    places: [...places.values()],
  };
}

/** What to explain. */
export interface ExplainRequest extends AccountFilter {
  /**
   * An amount (`48,211.07`), or an id: of a settlement, a charge, refund or dispute, a charge permission, an order, a
   * reference, a disbursement; words of a bank line; a day, `2026-05-27`; the first six digits or more of an exception's id; or `hash:line`, a line of a kept file.
   */
  readonly query: string;
  /** Only in this currency; for amounts. */
  readonly currency?: string | undefined;
  /** What should have come instead, as a decimal text: what in the settlement is as large as the difference is looked for. */
  readonly expected?: string | undefined;
  /** At most this many settlements, and this many transactions. Default 10. */
  readonly limit?: number | undefined;
  /** At most this many lines a part of a figure. Default 5. */
  readonly lines?: number | undefined;
  /** Says when the days begin that settlements end and transfer on. Default: UTC. */
  readonly calendar?: Calendar | undefined;
}

const DEFAULT_LIMIT = 10;
const DEFAULT_LINES = 5;
const EXCEPTION_ID = /^[0-9a-f]{6,16}$/;

/**
 * Traces an amount or id to its sources: settlements with their figures, deposits with their transfers, orders with
 * their rows, records and report rows, each with the SHA-256 of its file and its physical line.
 *
 * A deposit includes the settlement that paid it. If everything is empty, the ledger has nothing with that id or
 * amount.
 *
 * @throws ViewError `view.query` for an empty query, or an `expected` that is no amount
 *
 * @example
 * const { settlements } = await explain({ store }, { query: "48211.07", expected: "48214.57" });
 * settlements[0]?.causes[0]?.what; // "fee.mismatch: Capture of 120.00: fees …"
 */
export async function explain(context: ViewContext, request: ExplainRequest): Promise<Explanation> {
  const query = request.query.trim();
  if (query === "") throw new ViewError("view.query", "name an amount or an id to explain");
  const limit = request.limit ?? DEFAULT_LIMIT;
  const lines = request.lines ?? DEFAULT_LINES;
  const { accountId, currency } = request;
  const amounts = amountsIn(query);
  const day = dayIn(query, request.calendar ?? UTC);
  const wanted: Wanted = { text: query, amounts, accountId, currency, limit, day };
  const expected = request.expected === undefined ? [] : amountsIn(request.expected);
  if (request.expected !== undefined && expected.length === 0) {
    throw new ViewError("view.query", `expected: ${JSON.stringify(request.expected)} is no amount, such as 48214.57`);
  }
  const deposits = await depositsOf(context, wanted);
  const found = await withDeposited(context, await findSettlements(context, wanted), deposits, expected);
  const byLine = await findLine(context, wanted);
  const exceptions = await exceptionsOf(context, wanted);
  const about = EXCEPTION_ID.test(query) ? exceptions : [];
  const ofExceptions = [];
  for (const one of about) ofExceptions.push(...(await keysOfException(context, one)));
  const keys = byLine.length > 0 ? byLine : [...(await findTransactions(context, wanted)), ...ofExceptions];
  const nothing = found.length + deposits.length + keys.length === 0;
  const unmerged = nothing ? await findByNet(context, wanted) : keys;
  const transactions = await oneBlockEach(context.store.db, unmerged, amounts.length > 0 ? null : query);
  const settlements = [];
  for (const summary of found.slice(0, limit)) {
    const expectedMinor = expected.find((one) => one.fits(summary.currency))?.minor ?? null;
    settlements.push(await explainSettlement(context, summary, { lines, expectedMinor }));
  }
  const explained = [];
  for (const one of transactions.slice(0, limit)) {
    const transaction = await explainTransaction(context, one);
    if (!isFigureOf(transaction, found)) explained.push(transaction);
  }
  const empty = found.length + deposits.length + transactions.length + exceptions.length === 0;
  return {
    query,
    readAs: readingOf(query),
    nearest: empty ? await nearestAmounts(context, wanted) : [],
    settlements,
    deposits,
    transactions: explained,
    exceptions: withoutShown(exceptions, about, explained, settlements),
    more: found.length > limit || transactions.length > limit,
  };
}

/** A transfer or reserve row of a settlement that is explained is shown with it. */
function isFigureOf({ accountId, rows, records }: ExplainedTransaction, found: readonly SettlementSummary[]): boolean {
  return (
    records.length === 0 &&
    rows.length > 0 &&
    rows.every(
      (row) =>
        row.transactionId === null &&
        found.some((one) => one.accountId === accountId && one.settlementId === row.settlementId),
    )
  );
}

async function depositsOf(context: ViewContext, wanted: Wanted): Promise<readonly ExplainedDeposit[]> {
  // With its sign, money that went out is asked for too.
  const minors = wanted.amounts.flatMap(({ minor }) => (minor === 0n ? [] : minor < 0n ? [minor, -minor] : [minor]));
  const day = wanted.day === undefined ? undefined : parseInstant(`${wanted.text}T00:00:00Z`);
  const likes = await depositsLike(context, { ...wanted, minors, day });
  const deposits: ExplainedDeposit[] = [];
  for (const account of new Set(likes.map((like) => like.accountId))) {
    const ids = likes.filter((like) => like.accountId === account).map((like) => like.bankLineId);
    deposits.push(...(await explainDeposits(context, account, ids)));
  }
  return deposits
    .filter(
      (deposit) =>
        day !== undefined ||
        deposit.text?.toLowerCase().includes(wanted.text.toLowerCase()) === true ||
        readsAs(wanted.amounts, deposit.currency, deposit.amountMinor),
    )
    .filter((deposit) => wanted.currency === undefined || deposit.currency === wanted.currency);
}

/** The settlements that were found, those whose transfers the deposits are, and those that were expected instead, each once. */
async function withDeposited(
  context: ViewContext,
  found: readonly SettlementSummary[],
  deposits: readonly ExplainedDeposit[],
  expected: Wanted["amounts"],
): Promise<readonly SettlementSummary[]> {
  const all = new Map(found.map((one) => [`${one.accountId} ${one.settlementId} ${one.currency}`, one]));
  for (const { accountId, currency, transfers, near } of deposits) {
    const meant = near.filter(({ transferredMinor }) => readsAs(expected, currency, transferredMinor));
    for (const { settlementId } of [...transfers, ...meant]) {
      const more = await findSettlements(context, { text: settlementId, amounts: [], accountId, limit: 1 });
      for (const one of more) all.set(`${one.accountId} ${one.settlementId} ${one.currency}`, one);
    }
  }
  return [...all.values()];
}

/** Exceptions by the beginning of their id, by order number or reference, or by their amount. */
async function exceptionsOf(context: ViewContext, wanted: Wanted): Promise<Explanation["exceptions"]> {
  const { text, currency } = wanted;
  const minors = wanted.amounts.flatMap(({ minor }) => (minor === 0n ? [] : [minor, -minor]));
  const topics = {
    ...(EXCEPTION_ID.test(text) ? { exceptionId: text } : {}),
    ...(minors.length === 0 ? { ownId: text } : { amounts: minors }),
  };
  const found = await exceptionsAbout(context, wanted.accountId, topics);
  return found.filter((one) => {
    if (minors.length === 0 || one.exceptionId.startsWith(text)) return true;
    if (one.amountMinor === null || one.currency === null || one.status === "resolved") return false;
    return (
      readsAs(wanted.amounts, one.currency, one.amountMinor) && (currency === undefined || one.currency === currency)
    );
  });
}

/** Exceptions that no block shows yet; those that were asked for by their id come first whatever shows them. */
function withoutShown(
  exceptions: Explanation["exceptions"],
  about: Explanation["exceptions"],
  transactions: readonly ExplainedTransaction[],
  settlements: Explanation["settlements"],
): Explanation["exceptions"] {
  const shown = new Set(
    [...transactions, ...settlements].flatMap((block) => block.exceptions).map(({ exceptionId }) => exceptionId),
  );
  return exceptions.filter((one) => about.includes(one) || !shown.has(one.exceptionId));
}

/** A day as it is written in reports and statements: from when to when it lasts; undefined for any other text. */
function dayIn(text: string, calendar: Calendar): Wanted["day"] {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || readInstant(`${text}T00:00:00Z`) === null) return undefined;
  return { from: calendar.startOf(text), until: calendar.startOf(dayAfter(text)) };
}

/** What an amount was read as that is not written plainly; null for one that is, and for what is no amount. */
function readingOf(text: string): string | null {
  const [reading] = amountsIn(text);
  if (reading === undefined || /^[+-]?\d+(\.\d+)?$/.test(text)) return null;
  const standIn = ["USD", "JPY", "KWD"].find((currency) => reading.fits(currency)) ?? "USD";
  return formatAmount(reading.minor, standIn);
}
