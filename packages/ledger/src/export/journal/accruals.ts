import { formatInstant, parseAmount } from "@amazon-pay-kit/money";
import { monthAfter, monthOf } from "../../reconcile/periods/freeze.ts";
import { type UnsettledRecord, unsettledRecords } from "../../reconcile/periods/unsettled.ts";
import { ExportError } from "../errors.ts";
import { type ScopedBooks, within } from "../scope.ts";
import { merged } from "./book-row.ts";
import type { ClosedBooks } from "./closed-books.ts";
import type { JournalEntry, Posting } from "./entry.ts";

/** Where the settlements of an account begin and end. */
interface Reach {
  readonly from: number;
  readonly until: number;
}

async function reachOf({ context }: ScopedBooks, account: string): Promise<Reach | null> {
  const { from, until } = await context.store.db
    .selectFrom("settlement")
    .select(({ fn }) => [fn.min<number>("start_at").as("from"), fn.max<number>("end_at").as("until")])
    .where("account_id", "=", account)
    .executeTakeFirstOrThrow();
  return from === null || until === null ? null : { from: Number(from), until: Number(until) };
}

/** Money that was captured, and money that was refunded, in the accounts: the first is a claim on Amazon Pay. */
function postingsOf(sales: bigint, refunds: bigint): Posting[] {
  return merged([
    { role: "accrued", minor: sales - refunds },
    { role: "receivable", minor: -sales, type: "capture" },
    { role: "refunds", minor: refunds, type: "refund" },
  ]);
}

/** What is accrued at the end of a month, in one currency: one entry, or one a record. */
interface Accrued {
  readonly number: string;
  readonly description: string;
  readonly orderId: string | null;
  readonly transactionId: string | null;
  readonly postings: readonly Posting[];
}

function ofRecord(month: string, currency: string, record: UnsettledRecord, index: number): Accrued {
  const { kind, minor, orderId, transactionId, referenceId, fileName, line, occurredAt } = record;
  const names = [orderId ?? referenceId ?? transactionId, fileName === null ? null : `${fileName}:${line ?? "?"}`];
  return {
    number: `${month}-${currency}-${index + 1}`,
    description: `${kind} of ${formatInstant(occurredAt).slice(0, 10)} in no settlement by the end of ${month}: ${names.filter((name) => name !== null).join(", ")}`,
    orderId: orderId ?? referenceId,
    transactionId,
    postings: kind === "charge" ? postingsOf(minor, 0n) : postingsOf(0n, minor),
  };
}

function sumOf(records: readonly UnsettledRecord[], kind: "charge" | "refund"): bigint {
  return records.reduce((sum, one) => (one.kind === kind ? sum + one.minor : sum), 0n);
}

function together(month: string, currency: string, sales: bigint, refunds: bigint): Accrued {
  return {
    number: `${month}-${currency}`,
    description: `Captured and refunded, in no settlement by the end of ${month}`,
    orderId: null,
    transactionId: null,
    postings: postingsOf(sales, refunds),
  };
}

/**
 * What is accrued at a month's end, by currency. A closed month has what it was closed with.
 */
async function accruedAt(
  books: ScopedBooks,
  account: string,
  month: string,
  { closed, each }: { readonly closed: ClosedBooks | null; readonly each: boolean },
): Promise<ReadonlyMap<string, readonly Accrued[]>> {
  const before = books.calendar.startOf(`${monthAfter(month)}-01`);
  const records = await unsettledRecords(books.context.store.db, { accountIds: [account], before });
  const frozen = closed?.months.find((one) => one.month === month)?.document.figures;
  const currencies = new Set([
    ...records.map(({ currency }) => currency),
    ...(frozen ?? []).map((one) => one.currency),
  ]);
  const accrued = new Map<string, readonly Accrued[]>();
  for (const currency of [...currencies].sort()) {
    const own = records.filter((one) => one.currency === currency);
    const figures = frozen?.find((one) => one.currency === currency)?.unsettled;
    const minor = (text: string | undefined): bigint => parseAmount(text ?? "0", currency);
    const sales = frozen === undefined ? sumOf(own, "charge") : minor(figures?.sales.amount);
    const refunds = frozen === undefined ? sumOf(own, "refund") : minor(figures?.refunds.amount);
    // Records of a closed month that are others now cannot be listed as they were: their sum can.
    const listed = each && sumOf(own, "charge") === sales && sumOf(own, "refund") === refunds;
    const all = listed
      ? own.map((record, index) => ofRecord(month, currency, record, index))
      : [together(month, currency, sales, refunds)];
    accrued.set(
      currency,
      all.filter(({ postings }) => postings.length > 0),
    );
  }
  return accrued;
}

function refuseUncovered(account: string, month: string, reach: Reach): never {
  throw new ExportError(
    "export.not-covered",
    `the settlement reports of ${account} reach to ${formatInstant(reach.until)}, not to the end of ${month}: what was unsettled then is not known yet; run apay sync and apay reconcile, or leave out --accrual`,
  );
}

/**
 * Entries that accrue, on the last day of each month, what the own records have captured or refunded and no settlement row had by
 * then, and that take it back on the day after. A month that is not over, or that the reports do not reach the end of, has none.
 *
 * @param each an entry a record, with its order number
 * @throws ExportError `export.not-covered` for a month that is asked for and over, and whose reports are missing
 */
export async function* accruals(
  books: ScopedBooks,
  account: string,
  given: { readonly closed: ClosedBooks | null; readonly each: boolean },
): AsyncGenerator<JournalEntry> {
  const { calendar, scope, context } = books;
  const reach = await reachOf(books, account);
  if (reach === null || scope.settlementId !== undefined) return;
  const now = context.clock.now();
  const zone = calendar.timeZone;
  // The month before the first one that is asked for: it is taken back on the first day of that.
  const askedFrom = scope.from === undefined ? reach.from : Math.max(scope.from - 1, reach.from);
  const last = monthOf(zone, Math.min(scope.until === undefined ? now : scope.until - 1, now));
  for (let month = monthOf(zone, askedFrom); month <= last; month = monthAfter(month)) {
    const next = `${monthAfter(month)}-01`;
    const end = calendar.startOf(next);
    if (end > now) return;
    if (reach.until < end) {
      if (scope.until !== undefined && within(scope, end - 1)) refuseUncovered(account, month, reach);
      return;
    }
    for (const [currency, accrued] of await accruedAt(books, account, month, given)) {
      if (scope.currency !== undefined && scope.currency !== currency) continue;
      for (const [prefix, day, sign] of [
        ["AC", calendar.dayOf(end - 1), 1n],
        ["AR", next, -1n],
      ] as const) {
        if (!within(scope, calendar.startOf(day))) continue;
        for (const { number, description, orderId, transactionId, postings } of accrued) {
          yield {
            accountId: account,
            number: `${prefix}-${number}`,
            sources: [],
            currency,
            day,
            description: sign < 0n ? `Reversal: ${description}` : description,
            transactionId,
            orderId,
            postings: postings.map((one) => ({ ...one, minor: one.minor * sign })),
            clearingAfter: null,
          };
        }
      }
    }
  }
}
