import { formatAmount, formatInstant, readInstant } from "@amazon-pay-kit/money";
import { type Kysely, sql } from "kysely";
import { groupBy } from "@amazon-pay-kit/backports";
import { periodChanged } from "../../rules/period-changed.ts";
import type { Schema } from "../../store/schema/index.ts";
import { STANDING } from "../exceptions/status.ts";
import { type BalanceAt, balancesOf, type Unsettled } from "./balances.ts";
import { MOST_ITEMS } from "./document.ts";
import { unsettledRecords } from "./unsettled.ts";
import type {
  PeriodBalance,
  PeriodException,
  PeriodExplained,
  PeriodFigures,
  PeriodItem,
  PeriodTransfer,
  PeriodType,
  PeriodUnsettled,
} from "./document.ts";
import type { PeriodSpan } from "./files-behind.ts";

type Db = Kysely<Schema>;

/** Sums of the rows that were posted in the month, by currency and type. */
async function typesOf(db: Db, { accountId, from, until }: PeriodSpan) {
  const rows = await db
    .selectFrom("settlement_row")
    .select(({ fn }) => [
      "currency",
      "type_key",
      fn.countAll<number>().as("count"),
      fn.sum<bigint | string>("amount_minor").as("amount"),
      fn.sum<bigint | string>("net_minor").as("net"),
    ])
    .where("account_id", "=", accountId)
    .where("posted_at", ">=", from)
    .where("posted_at", "<", until)
    .groupBy(["currency", "type_key"])
    .execute();
  rows.sort((left, right) => (left.type_key < right.type_key ? -1 : 1));
  return groupBy(rows, (row) => row.currency);
}

/** Transfers of the month with the deposits that were booked by its end, by currency. */
async function transfersOf(db: Db, { accountId, from, until, bankUntil }: PeriodSpan) {
  const { rows } = await sql<{
    settlementId: string;
    fileId: number;
    line: number;
    currency: string;
    postedAt: number;
    net: bigint;
    deposited: bigint | null;
    depositCurrency: string | null;
    bookedAt: number | null;
  }>`
    select r.settlement_id as "settlementId", r.file_id as "fileId", r.line, r.currency, r.posted_at as "postedAt",
      r.net_minor as net, m.amount_minor as deposited, b.currency as "depositCurrency", b.booked_at as "bookedAt"
    from settlement_row r
    left join row_match m on m.account_id = r.account_id and m.file_id = r.file_id and m.line = r.line
      and m.counterpart = 'bank'
    left join bank_line b on b.account_id = m.account_id and cast(b.bank_line_id as text) = m.counterpart_id
    where r.account_id = ${accountId} and r.type_key = 'transfer' and r.posted_at >= ${from} and r.posted_at < ${until}
    order by r.posted_at, r.settlement_id, r.line, b.booked_at, m.amount_minor
  `.execute(db);
  const transfers = [...groupBy(rows, ({ fileId, line }) => `${fileId} ${line}`).values()].flatMap((parts) => {
    const [first] = parts;
    if (first === undefined) return [];
    const deposits = parts.flatMap(({ bookedAt, deposited, depositCurrency }) =>
      bookedAt === null || deposited === null || depositCurrency === null || bookedAt >= bankUntil
        ? []
        : [
            {
              bookedAt: formatInstant(bookedAt).slice(0, 10),
              amount: formatAmount(BigInt(deposited), depositCurrency),
              currency: depositCurrency,
            },
          ],
    );
    const transfer: PeriodTransfer = {
      settlementId: first.settlementId,
      transferredAt: formatInstant(first.postedAt),
      amount: formatAmount(-BigInt(first.net), first.currency),
      deposits,
    };
    return [{ currency: first.currency, transfer }];
  });
  return groupBy(transfers, ({ currency }) => currency);
}

/** The time that a subject names: the day of a deposit, the beginning of a stretch. */
function momentIn(subject: string): number | null {
  const day = /^deposit:(\d{4}-\d\d-\d\d):/.exec(subject)?.[1];
  if (day !== undefined) return readInstant(`${day}T00:00:00Z`);
  const month = /^fee-invoice:(\d{4}-\d\d):/.exec(subject)?.[1];
  if (month !== undefined) return readInstant(`${month}-01T00:00:00Z`);
  const at = /^stretch:.*:(\d+)$/.exec(subject)?.[1];
  return at === undefined ? null : Number(at);
}

interface FoundException {
  readonly id: string;
  readonly cause: string | null;
  readonly code: string;
  readonly minor: bigint | null;
  readonly currency: string | null;
  readonly message: string;
  readonly subject: string;
  readonly status: string;
  readonly reason: string | null;
  readonly at: number | null;
}

/** Exceptions of some states that are not provably of a later time. */
async function exceptionsOf(
  db: Db,
  { accountId, until }: PeriodSpan,
  statuses: readonly string[],
): Promise<readonly FoundException[]> {
  const { rows } = await sql<FoundException>`
    select e.exception_id as id, e.cause, e.code, e.amount_minor as minor, e.currency, e.message, e.subject, e.status, e.reason,
      coalesce(
        (select r.posted_at from settlement_row r where r.account_id = e.account_id and r.file_id = e.file_id and r.line = e.line),
        (select c.occurred_at from record c where c.account_id = e.account_id and c.record_id = e.record_id),
        (select min(o.occurred_at) from open_item o where o.account_id = e.account_id and o.subject = e.subject),
        (select min(s.start_at) from settlement s where s.account_id = e.account_id and s.settlement_id = e.settlement_id)
      ) as at
    from exception e
    where e.account_id = ${accountId} and e.status in (${sql.join([...statuses])}) and e.code <> ${periodChanged.code}
    order by e.code, e.exception_id
  `.execute(db);
  return rows.filter(({ at, subject }) => (at ?? momentIn(subject) ?? -Infinity) < until);
}

function exceptionOf({ id, cause, code, minor, currency, message }: FoundException): PeriodException {
  const amount = minor === null || currency === null ? null : formatAmount(BigInt(minor), currency);
  return { id, cause: cause ?? id, code, amount, message };
}

/** Exceptions that are open, by currency; `null` for those of none. */
async function openExceptions(db: Db, span: PeriodSpan) {
  const found = await exceptionsOf(db, span, STANDING);
  return found.map((one) => ({ currency: one.minor === null ? null : one.currency, exception: exceptionOf(one) }));
}

/** Exceptions of the month itself that somebody has explained, with the reason, by currency. */
async function explainedExceptions(db: Db, span: PeriodSpan) {
  const found = (await exceptionsOf(db, span, ["explained"])).filter(
    ({ at, subject, currency, minor }) =>
      currency !== null && minor !== null && (at ?? momentIn(subject) ?? -Infinity) >= span.from,
  );
  if (found.length === 0) return new Map<string, PeriodExplained[]>();
  const events = await db
    .selectFrom("exception_event")
    .select(["exception_id", "who", "note", "at"])
    .where("account_id", "=", span.accountId)
    .where("what", "=", "explained")
    .where(
      "exception_id",
      "in",
      db
        .selectFrom("exception")
        .select("exception_id")
        .where("account_id", "=", span.accountId)
        .where("status", "=", "explained"),
    )
    .orderBy("event_id")
    .execute();
  const last = new Map(events.map((event) => [event.exception_id, event]));
  const explained = found.flatMap((one) => {
    const event = last.get(one.id);
    if (event === undefined) return [];
    const { who, note, at } = event;
    const given = (note ?? "").replace(`${one.reason ?? ""}: `, "");
    const words: PeriodExplained = { ...exceptionOf(one), reason: one.reason, note: given, who, at: formatInstant(at) };
    return [{ currency: one.currency ?? "", words }];
  });
  return new Map(
    [...groupBy(explained, ({ currency }) => currency)].map(([currency, some]) => [
      currency,
      some.map(({ words }) => words),
    ]),
  );
}

/** Unsettled records one by one, by currency, the oldest first. */
async function itemsOf(db: Db, { accountId, until }: PeriodSpan) {
  const records = await unsettledRecords(db, { accountIds: [accountId], before: until });
  return new Map(
    [...groupBy(records, ({ currency }) => currency)].map(([currency, some]) => [
      currency,
      some.slice(0, MOST_ITEMS).map((one): PeriodItem => ({
        kind: one.kind,
        occurredAt: formatInstant(one.occurredAt),
        amount: formatAmount(one.minor, currency),
        order: one.orderId ?? one.referenceId ?? one.transactionId ?? "",
        source: one.fileName === null ? "" : `${one.fileName}${one.line === null ? "" : `:${one.line}`}`,
      })),
    ]),
  );
}

/** @param statements whether a bank statement is known: without one nothing is said of what is in transit */
function balanceOf(one: BalanceAt | undefined, currency: string, statements: boolean): PeriodBalance {
  const text = (minor: bigint): string => formatAmount(minor, currency);
  if (one === undefined) return { balance: text(0n), reserve: text(0n), transit: statements ? text(0n) : null };
  return {
    balance: text(one.balanceMinor),
    reserve: text(one.reserveMinor),
    transit: one.inTransitMinor === null ? null : text(one.inTransitMinor),
  };
}

function unsettledOf(one: Unsettled | undefined, currency: string): PeriodUnsettled {
  return { count: one?.count ?? 0, amount: formatAmount(one?.amountMinor ?? 0n, currency) };
}

/** The figures of a month by currency, and its open exceptions of no currency. */
export async function figuresOf(
  db: Db,
  span: PeriodSpan,
): Promise<{ readonly figures: readonly PeriodFigures[]; readonly exceptions: readonly PeriodException[] }> {
  const { accountId, from, until, bankFrom, bankUntil } = span;
  const opening = await balancesOf(db, { accountIds: [accountId], before: from, bankBefore: bankFrom });
  const closing = await balancesOf(db, { accountIds: [accountId], before: until, bankBefore: bankUntil });
  const types = await typesOf(db, span);
  const transfers = await transfersOf(db, span);
  const exceptions = await openExceptions(db, span);
  const explained = await explainedExceptions(db, span);
  const items = await itemsOf(db, span);
  const statements = closing.some(({ inTransitMinor }) => inTransitMinor !== null);
  const currencies = new Set([
    ...[...opening, ...closing, ...exceptions].map(({ currency }) => currency),
    ...types.keys(),
    ...transfers.keys(),
  ]);
  const figures = [...currencies]
    .filter((currency) => currency !== null)
    .sort()
    .map((currency): PeriodFigures => {
      const at = closing.find((one) => one.currency === currency);
      return {
        currency,
        opening: balanceOf(
          opening.find((one) => one.currency === currency),
          currency,
          statements,
        ),
        closing: balanceOf(at, currency, statements),
        types: (types.get(currency) ?? []).map((sum): PeriodType => {
          const [amount, net] = [BigInt(sum.amount), BigInt(sum.net)];
          return {
            type: sum.type_key,
            count: Number(sum.count),
            amount: formatAmount(amount, currency),
            fees: formatAmount(net - amount, currency),
            net: formatAmount(net, currency),
          };
        }),
        transfers: (transfers.get(currency) ?? []).map(({ transfer }) => transfer),
        unsettled: { sales: unsettledOf(at?.charges, currency), refunds: unsettledOf(at?.refunds, currency) },
        exceptions: exceptions.filter((one) => one.currency === currency).map(({ exception }) => exception),
        ...(items.has(currency) ? { items: items.get(currency) ?? [] } : {}),
        ...(explained.has(currency) ? { explained: explained.get(currency) ?? [] } : {}),
      };
    });
  const others = exceptions.filter((one) => one.currency === null).map(({ exception }) => exception);
  return { figures, exceptions: others };
}
