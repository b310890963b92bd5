import { inChunks } from "../../store/chunks.ts";
import { amountsIn } from "../amount-text.ts";
import { accountIds, type AccountFilter, ViewError, type ViewContext } from "../view.ts";
import { depositsLike, explainDeposits } from "./deposits.ts";
import { exceptionsAbout } from "./exceptions-about.ts";
import type { ExplainedDeposit, ExplainedTransaction, Explanation } from "./explanation.ts";
import { findByNet, findLine, findSettlements, findTransactions, readsAs, type Wanted } from "./find.ts";
import { explainSettlement } from "./settlement.ts";
import { explainTransaction } from "./transaction.ts";
import type { SettlementSummary } from "../settlements.ts";

/** What to explain. */
export interface ExplainRequest extends AccountFilter {
  /**
   * An amount (`48,211.07`), or an id: of a settlement, a charge, refund or dispute, a charge permission, an order, a
   * reference, a disbursement; the first six digits or more of an exception's id; or `hash:line`, a line of a kept file.
   */
  readonly query: string;
  /** Only in this currency; for amounts. */
  readonly currency?: string | undefined;
  /** What should have come instead, as a decimal text: what in the settlement is as large as the difference is looked for. */
  readonly expected?: string | undefined;
  /** At most so many settlements, and so many transactions. Default 10. */
  readonly limit?: number | undefined;
  /** At most so many lines a part of a figure. Default 5. */
  readonly lines?: number | undefined;
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
  const wanted: Wanted = { text: query, amounts: amountsIn(query), accountId, currency, limit };
  const expected = request.expected === undefined ? [] : amountsIn(request.expected);
  if (request.expected !== undefined && expected.length === 0) {
    throw new ViewError("view.query", `expected: ${JSON.stringify(request.expected)} is no amount, such as 48214.57`);
  }
  const deposits = await depositsOf(context, wanted);
  const found = await withDeposited(context, await findSettlements(context, wanted), deposits, expected);
  const byLine = await findLine(context, wanted);
  const keys = byLine.length > 0 ? byLine : await findTransactions(context, wanted);
  const nothing = found.length + deposits.length + keys.length === 0;
  const transactions = nothing ? await findByNet(context, wanted) : keys;
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
  return {
    query,
    settlements,
    deposits,
    transactions: explained,
    exceptions: await exceptionsOf(context, wanted),
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
  const minors = wanted.amounts.map(({ minor }) => (minor < 0n ? -minor : minor)).filter((minor) => minor !== 0n);
  const likes = await depositsLike(context, { ...wanted, minors });
  const deposits: ExplainedDeposit[] = [];
  for (const account of new Set(likes.map((like) => like.accountId))) {
    const ids = likes.filter((like) => like.accountId === account).map((like) => like.bankLineId);
    deposits.push(...(await explainDeposits(context, account, ids)));
  }
  return deposits
    .filter(
      (deposit) =>
        deposit.text?.includes(wanted.text) === true || readsAs(wanted.amounts, deposit.currency, deposit.amountMinor),
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

async function exceptionsOf(context: ViewContext, wanted: Wanted): Promise<Explanation["exceptions"]> {
  if (!EXCEPTION_ID.test(wanted.text)) return [];
  const accounts = await accountIds(context, wanted);
  return inChunks(accounts, async (some) => {
    const found = [];
    for (const account of some) found.push(...(await exceptionsAbout(context, account, { exceptionId: wanted.text })));
    return found;
  });
}
