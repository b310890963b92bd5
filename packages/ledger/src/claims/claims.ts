import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { type RawBuilder, sql } from "kysely";
import { accountsOf, type BooksContext } from "../books/context.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import { type FileName, fileNames } from "../reconcile/versions/file-names.ts";
import { CLAIM_KINDS, type ClaimKind, claimOf, type Difference } from "./kinds.ts";

/** Money that somebody still owes. */
export interface Claim {
  /** Id of the exception behind it: the same in every run, and of no other claim. */
  readonly id: string;
  readonly accountId: string;
  readonly kind: ClaimKind;
  readonly debtor: Debtor;
  readonly currency: string;
  /** What is owed; above zero. */
  readonly amountMinor: bigint;
  /** When the money was taken, or should have come; milliseconds since the epoch. */
  readonly occurredAt: number | null;
  readonly settlementId: string | null;
  readonly transactionId: string | null;
  readonly orderId: string | null;
  readonly referenceId: string | null;
  /** The number under which the transfer stands on bank statements. */
  readonly disbursementReference: string | null;
  /** The report, or the file of own records, that it can be seen in. */
  readonly file: string | null;
  /** SHA-256 of the report file. */
  readonly fileHash: string | null;
  readonly line: number | null;
  /** What the row says, for people. */
  readonly row: string | null;
  /** What the difference is, in one sentence. */
  readonly ground: string;
  /** When, by whom and with which note it was claimed; null while it was not. */
  readonly claimed: { readonly at: number; readonly who: string; readonly note: string } | null;
}

/** Who owes it. */
export type Debtor = "amazon-pay" | "bank";

/** Differences that are no claim, and why. */
export interface LeftOut {
  readonly why: "caused-by-another" | "in-your-favour" | "part-of-another-claim" | "without-charge-id";
  readonly currency: string;
  readonly count: number;
  readonly amountMinor: bigint;
}

/** What is owed by one debtor in one currency. */
export interface ClaimSum {
  readonly debtor: Debtor;
  readonly currency: string;
  readonly count: number;
  readonly amountMinor: bigint;
}

/** All claims of a time, with their sums. */
export interface Claims {
  readonly claims: readonly Claim[];
  readonly sums: readonly ClaimSum[];
  readonly leftOut: readonly LeftOut[];
}

/** Which claims. */
export interface ClaimFilter {
  /** `open`: not claimed yet; `claimed`; or `all`. Default `open`. */
  readonly status?: "open" | "claimed" | "all" | undefined;
  readonly currency?: string | undefined;
  /** From this moment on, and before the other: when the money was taken or should have come. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

interface Found extends Difference {
  readonly id: string;
  readonly cause: string | null;
  readonly settlementId: string | null;
  readonly orderId: string | null;
  readonly referenceId: string | null;
  readonly fileId: number | null;
  readonly line: number | null;
  readonly currency: string;
  readonly message: string;
  readonly status: string;
  readonly reason: string | null;
  readonly rowAt: number | null;
  readonly type: string | null;
  readonly description: string | null;
  readonly amount: bigint | string | null;
  readonly fee: bigint | string | null;
  readonly net: bigint | string | null;
  readonly recordAt: number | null;
  readonly recordFile: string | null;
  readonly recordLine: number | null;
  readonly endAt: number | null;
  readonly disbursement: string | null;
}

const CODES: readonly string[] = [...new Set<string>(CLAIM_KINDS.map(({ code }) => code))];

function differencesOf(accountId: string): RawBuilder<Found> {
  return sql<Found>`
    select e.exception_id as id, e.cause, e.code, e.subject, e.settlement_id as "settlementId",
      e.transaction_id as "transactionId", e.order_id as "orderId", e.reference_id as "referenceId", e.file_id as "fileId",
      e.line, e.currency, e.amount_minor as minor, e.message, e.status, e.reason, r.posted_at as "rowAt",
      r.type_key as "typeKey", r.type, r.description, r.amount_minor as amount, r.net_minor - r.amount_minor as fee,
      r.net_minor as net, c.occurred_at as "recordAt", i.file_name as "recordFile", c.line as "recordLine",
      (select max(s.end_at) from settlement s where s.account_id = e.account_id and s.settlement_id = e.settlement_id) as "endAt",
      (select min(d.disbursement_reference_id) from disbursement d
        where d.account_id = e.account_id and d.settlement_id = e.settlement_id) as disbursement
    from exception e
    left join settlement_row r on r.account_id = e.account_id and r.file_id = e.file_id and r.line = e.line
      and r.currency = e.currency
    left join record c on c.account_id = e.account_id and c.record_id = e.record_id
    left join import i on i.account_id = c.account_id and i.import_id = c.import_id
    where e.account_id = ${accountId} and e.code in (${sql.join(CODES)}) and e.currency is not null
      and e.amount_minor is not null and (e.status in ('open', 'reopened') or (e.status = 'explained' and e.reason = 'claim'))
    order by e.currency, e.code, e.exception_id
  `;
}

/** Ids of the exceptions that head others, with their codes. */
async function headsOf({ store }: Pick<BooksContext, "store">, accountId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>();
  const rows = await store.db
    .selectFrom("exception")
    .select(["exception_id", "code"])
    .where("account_id", "=", accountId)
    .where("exception_id", "in", [...ids])
    .execute();
  return new Map(rows.map((row) => [row.exception_id, row.code]));
}

async function claimedOf({ store }: Pick<BooksContext, "store">, accountId: string) {
  const rows = await store.db
    .selectFrom("exception_event")
    .select(["exception_id", "who", "note", "at"])
    .where("account_id", "=", accountId)
    .where("reason", "=", "claim")
    .orderBy("event_id")
    .execute();
  return new Map(
    rows.map((row) => [row.exception_id, { at: row.at, who: row.who, note: (row.note ?? "").replace(/^claim: /, "") }]),
  );
}

/** What happens to differences that are no claim. */
class LeftOutSums {
  readonly #sums = new Map<string, LeftOut>();

  add(why: LeftOut["why"], currency: string, minor: bigint): void {
    const key = `${why} ${currency}`;
    const { count, amountMinor } = this.#sums.get(key) ?? { count: 0, amountMinor: 0n };
    this.#sums.set(key, { why, currency, count: count + 1, amountMinor: amountMinor + (minor < 0n ? -minor : minor) });
  }

  all(): readonly LeftOut[] {
    return [...this.#sums.values()].sort((left, right) =>
      `${left.currency} ${left.why}` < `${right.currency} ${right.why}` ? -1 : 1,
    );
  }
}

/** Several rows of one report may stand on one line only where a report is damaged: the first is the one that is meant. */
function distinct(rows: readonly Found[]): readonly Found[] {
  return [...new Map(rows.toReversed().map((row) => [row.id, row])).values()].toReversed();
}

/**
 * What Amazon Pay or the bank still owes, by what the books have found and nobody has explained otherwise. What was claimed is
 * said by an exception that is explained with the reason `claim`, so that nothing is claimed twice.
 *
 * A difference that only follows from another one, such as a transfer of a lost report, is no claim; it is counted in `leftOut`.
 *
 * @example
 * const { claims, sums } = await listClaims({ store });
 * for (const { debtor, currency, amountMinor } of sums) console.log(debtor, currency, amountMinor);
 */
export async function listClaims(
  context: Pick<BooksContext, "store" | "accountId">,
  filter: ClaimFilter = {},
): Promise<Claims> {
  const { status = "open", currency, from, until } = filter;
  const claims: Claim[] = [];
  const leftOut = new LeftOutSums();
  for (const accountId of await accountsOf(context)) {
    const rows = distinct((await differencesOf(accountId).execute(context.store.db)).rows);
    const heads = await headsOf(
      context,
      accountId,
      rows.flatMap(({ cause, id }) => (cause === null || cause === id ? [] : [cause])),
    );
    const claimed = await claimedOf(context, accountId);
    const files = await fileNames(
      context.store.db,
      accountId,
      rows.flatMap(({ fileId }) => (fileId === null ? [] : [fileId])),
    );
    /** Rows of which all the money is claimed: a part of it is not claimed beside. */
    const whole = new Set(rows.flatMap((row) => (row.code === "transaction.duplicate" ? [placeOf(row)] : [])));
    for (const row of rows) {
      const at = momentOf(row);
      if (currency !== undefined && row.currency !== currency) continue;
      if (from !== undefined && (at ?? from) < from) continue;
      if (until !== undefined && (at ?? until - 1) >= until) continue;
      const isClaimed = row.status === "explained";
      if (status !== "all" && isClaimed !== (status === "claimed")) continue;
      const minor = BigInt(row.minor);
      const head = row.cause === null ? undefined : heads.get(row.cause);
      const kind = claimOf({ ...row, minor });
      if (head !== undefined && !CODES.includes(head)) leftOut.add("caused-by-another", row.currency, minor);
      else if (kind === "without-charge-id" || kind === "in-your-favour") leftOut.add(kind, row.currency, minor);
      else if (row.code === "fee.mismatch" && whole.has(placeOf(row)))
        leftOut.add("part-of-another-claim", row.currency, minor);
      else if (kind !== null)
        claims.push({
          id: row.id,
          accountId,
          kind: kind.kind,
          debtor: kind.debtor,
          currency: row.currency,
          amountMinor: minor < 0n ? -minor : minor,
          occurredAt: at,
          settlementId: row.settlementId,
          transactionId: row.transactionId,
          orderId: row.orderId,
          referenceId: row.referenceId,
          disbursementReference: row.disbursement,
          ...sourceOf(row, row.fileId === null ? undefined : files.get(row.fileId)),
          ground: row.message,
          claimed: isClaimed ? (claimed.get(row.id) ?? null) : null,
        });
    }
  }
  claims.sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1));
  return { claims, sums: sumsOf(claims), leftOut: leftOut.all() };
}

function placeOf({ fileId, line }: Found): string {
  return `${fileId ?? ""}:${line ?? ""}`;
}

function momentOf({ rowAt, recordAt, endAt }: Found): number | null {
  const at = rowAt ?? recordAt ?? endAt;
  return at === null ? null : Number(at);
}

function sourceOf(row: Found, report: FileName | undefined): Pick<Claim, "file" | "fileHash" | "line" | "row"> {
  if (report === undefined) return { file: row.recordFile, fileHash: null, line: row.recordLine, row: null };
  return { file: report.name, fileHash: report.contentHash, line: row.line, row: rowText(row) };
}

/** The row as a person reads it: its time, what it is, and its figures in minor units of the currency, written as amounts. */
function rowText(row: Found): string | null {
  if (row.rowAt === null || row.amount === null) return null;
  const money = (value: bigint | string | null): string => formatAmount(BigInt(value ?? 0), row.currency);
  return [
    formatInstant(Number(row.rowAt)),
    row.type,
    row.transactionId,
    row.orderId === null ? null : `order ${row.orderId}`,
    row.description,
    `amount ${money(row.amount)}`,
    `fees ${money(row.fee)}`,
    `net ${money(row.net)} ${row.currency}`,
  ]
    .filter((part) => part !== null && part !== "")
    .join(" · ");
}

function orderOf(claim: Claim): string {
  const { debtor, currency, kind, occurredAt, id } = claim;
  const place = CLAIM_KINDS.findIndex((one) => one.kind === kind);
  return `${debtor} ${currency} ${String(place).padStart(2, "0")} ${String(occurredAt ?? 0).padStart(15, "0")} ${id}`;
}

/** What some claims come to, by debtor and currency. */
export function sumsOf(claims: readonly Claim[]): readonly ClaimSum[] {
  return [...groupBy(claims, ({ debtor, currency }) => `${debtor} ${currency}`).values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const amountMinor = some.reduce((sum, one) => sum + one.amountMinor, 0n);
    return [{ debtor: first.debtor, currency: first.currency, count: some.length, amountMinor }];
  });
}
