import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import { roleOf } from "../scan/row-role.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import type { Schema } from "../../store/schema/index.ts";
import type { SettlementTable } from "../../store/schema/verdicts.ts";
import { unsettledBefore } from "./unsettled.ts";

/** A transfer that was on its way at the moment. */
export interface TransferOnItsWay {
  readonly settlementId: string;
  readonly transferredAt: number;
  /** What of it had not arrived; positive. */
  readonly amountMinor: bigint;
  /** When the last of it arrived afterwards; null where no deposit is known. */
  readonly arrivedAt: number | null;
}

/** Own records whose money was in no settlement row yet. */
export interface Unsettled {
  readonly count: number;
  /** Positive. */
  readonly amountMinor: bigint;
}

/** What was due from Amazon Pay at a moment, in one currency and in minor units: the cut-off of a month's books. */
export interface BalanceAt {
  readonly accountId: string;
  readonly currency: string;
  /** The last settlement that had ended. */
  readonly settlementId: string | null;
  /** How far the settlement reports reach; what moved later is not in these figures. */
  readonly knownUntil: number;
  /** Whether they reach to the moment. */
  readonly covered: boolean;
  /** All that Amazon Pay held: what was settled, not paid out, and net of its fees; below zero where it was owed. */
  readonly balanceMinor: bigint;
  /** The part of it that was held back as reserve. */
  readonly reserveMinor: bigint;
  /** Gross amounts and fees of the settlement that was running: they are in the balance. */
  readonly runningActivityMinor: bigint;
  readonly runningFeesMinor: bigint;
  /** Transferred and not arrived, less what came back; null where no bank statement is known. */
  readonly inTransitMinor: bigint | null;
  readonly onTheirWay: readonly TransferOnItsWay[];
  readonly charges: Unsettled;
  readonly refunds: Unsettled;
}

type Settlement = Selectable<SettlementTable>;

type Db = Kysely<Schema>;

interface Asked {
  readonly accountIds: readonly string[];
  readonly before: number;
  readonly currency?: string | undefined;
}

/**
 * The balances of accounts before a moment, by account and currency: with Amazon Pay, on the way to the bank, and captured by the
 * merchant's records but in no settlement row yet. The first two are those of the journal written row by row.
 *
 * Asked for many accounts at once: of ten thousand, each by itself would take ten thousand times as many statements.
 */
export async function balancesOf(
  db: Db,
  request: Asked & {
    /** Deposits booked before it have arrived: banks book on days, which are kept as midnight UTC. Default {@link before}. */
    readonly bankBefore?: number | undefined;
  },
): Promise<readonly BalanceAt[]> {
  const { before, bankBefore = before } = request;
  if (request.accountIds.length === 0) return [];
  const heads = await headsOf(db, request);
  if (heads.length === 0) return [];
  const parts = await runningParts(db, request);
  const records = await unsettledOf(db, request);
  const withStatements = await accountsWithStatements(db, request.accountIds);
  const balances: BalanceAt[] = [];
  for (const [key, ends] of groupBy(heads, keyOf)) {
    const [accountId, currency] = JSON.parse(key) as [string, string];
    const of = (kind: string): Unsettled => {
      const found = records.get(key)?.find((row) => row.kind === kind);
      return { count: Number(found?.count ?? 0), amountMinor: found?.amountMinor ?? 0n };
    };
    const scope = { accountId, currency, before, bankBefore };
    balances.push({
      ...held(scope, ends, parts.get(key) ?? []),
      ...(withStatements.has(accountId) ? await transit(db, scope) : { inTransitMinor: null, onTheirWay: [] }),
      charges: of("charge"),
      refunds: of("refund"),
    });
  }
  return balances;
}

/** Of what a figure is. */
interface OfCurrency {
  readonly accountId: string;
  readonly currency: string;
}

function keyOf({ accountId, currency }: OfCurrency): string {
  return JSON.stringify([accountId, currency]);
}

interface Scope extends OfCurrency {
  readonly before: number;
  readonly bankBefore: number;
}

/** The last settlement that had ended, or the first that still ran. */
interface Head extends OfCurrency {
  readonly settlementId: string;
  readonly ended: number;
  /** When the last of all that had begun ends. */
  readonly known: number | string;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly releasedMinor: bigint;
  readonly reserveMinor: bigint;
}

/**
 * Of all settlements that had begun before the moment, the last that had ended and the first that had not. One that ends at the very
 * moment still runs: its transfer often has that time, and is not on its way before it.
 */
function heads({ accountIds, before, currency }: Asked): RawBuilder<unknown> {
  const ended = sql`case when coalesce(end_at, 0) < ${before} then 1 else 0 end`;
  return sql`select * from (
    select account_id, currency, settlement_id, opening_minor, closing_minor, released_minor, reserve_minor, ${ended} as ended,
      max(coalesce(end_at, 0)) over (partition by account_id, currency) as known,
      row_number() over (partition by account_id, currency, ${ended}
        order by coalesce(end_at, ${BEFORE_ALL}), settlement_id) as nth,
      count(*) over (partition by account_id, currency, ${ended}) as of_all
    from settlement
    where account_id in (${sql.join(accountIds)}) and coalesce(start_at, end_at, 0) < ${before}
      ${currency === undefined ? sql`` : sql`and currency = ${currency}`}) as begun
    where nth = case when ended = 1 then of_all else 1 end`;
}

/** One without an end comes before all others. */
const BEFORE_ALL = -9_000_000_000_000_000;

async function headsOf(db: Db, asked: Asked): Promise<readonly Head[]> {
  const { rows } = await sql<Head>`
    select account_id as "accountId", currency, settlement_id as "settlementId", ended, known, opening_minor as "openingMinor",
      closing_minor as "closingMinor", released_minor as "releasedMinor", reserve_minor as "reserveMinor"
    from (${heads(asked)}) as head order by account_id, currency, ended desc`.execute(db);
  return rows;
}

/** What rows of one kind of a running settlement add up to, before the moment. */
interface RunningPart extends OfCurrency {
  readonly typeKey: string;
  readonly amountMinor: bigint;
  readonly netMinor: bigint;
}

async function runningParts(db: Db, asked: Asked): Promise<ReadonlyMap<string, readonly RunningPart[]>> {
  const { rows } = await sql<RunningPart>`
    select r.account_id as "accountId", r.currency, r.type_key as "typeKey", sum(r.amount_minor) as "amountMinor",
      sum(r.net_minor) as "netMinor"
    from (${heads(asked)}) as head join settlement_row r on r.account_id = head.account_id
      and r.settlement_id = head.settlement_id and r.currency = head.currency
    where head.ended = 0 and r.posted_at < ${asked.before}
    group by r.account_id, r.currency, r.type_key, r.net_minor < 0`.execute(db);
  return groupBy(rows, keyOf);
}

function held({ accountId, currency, before }: Scope, ends: readonly Head[], parts: readonly RunningPart[]) {
  const ended = ends.find((one) => Number(one.ended) === 1);
  const running = ends.find((one) => Number(one.ended) === 0);
  const knownUntil = Number(ends[0]?.known ?? 0);
  let balance = running?.openingMinor ?? ended?.closingMinor ?? 0n;
  let reserve = running === undefined ? -(ended?.reserveMinor ?? 0n) : running.releasedMinor;
  let [activity, fees] = [0n, 0n];
  for (const part of parts) {
    const { amountMinor: amount, netMinor: net } = part;
    switch (roleOf(part.typeKey, net < 0n ? -1 : 1)) {
      case "carried-in":
      case "debt-in":
        break;
      case "released":
      case "held":
        reserve -= net;
        break;
      case "activity":
        activity += amount;
        fees += net - amount;
        balance += net;
        break;
      default:
        balance += net;
    }
  }
  return {
    accountId,
    currency,
    settlementId: ended?.settlementId ?? null,
    knownUntil: Math.min(knownUntil, before),
    covered: knownUntil >= before,
    balanceMinor: balance,
    reserveMinor: reserve,
    runningActivityMinor: activity,
    runningFeesMinor: fees,
  };
}

async function accountsWithStatements(db: Db, accountIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("account as a")
    .select("a.account_id")
    .where("a.account_id", "in", [...accountIds])
    .where(({ exists, selectFrom }) =>
      exists(selectFrom("bank_line as b").select("b.account_id").whereRef("b.account_id", "=", "a.account_id")),
    )
    .execute();
  return new Set(rows.map((row) => row.account_id));
}

/** Whether a settlement opens with exactly the transfer of the one before it, beyond what that one left. */
export function carriesBack(
  before: Pick<Settlement, "payout_minor" | "closing_minor" | "reserve_minor">,
  next: Pick<Settlement, "opening_minor" | "released_minor">,
): boolean {
  const carriedMore = next.opening_minor - next.released_minor - (before.closing_minor + before.reserve_minor);
  return before.payout_minor < 0n && carriedMore === -before.payout_minor;
}

/** A transfer that the next settlement brings in again, beyond what was left, has come back by its start. */
function carriedBack(settlements: readonly Settlement[], before: number): ReadonlySet<string> {
  const back = new Set<string>();
  for (const [index, settlement] of settlements.entries()) {
    const next = settlements[index + 1];
    if (next === undefined || (next.start_at ?? 0) >= before) continue;
    if (carriesBack(settlement, next)) back.add(settlement.settlement_id);
  }
  return back;
}

/** The rows of transfers without those that came back, and the rows that say so, where no statement has that. */
function withoutReturned<Row extends { readonly net_minor: bigint }>(
  rows: readonly Row[],
  isAtBank: (row: Row) => boolean,
): readonly Row[] {
  const left: Row[] = [];
  for (const row of rows) {
    const sent = left.findLastIndex(({ net_minor }) => net_minor === -row.net_minor);
    if (row.net_minor > 0n && sent >= 0 && !isAtBank(row)) left.splice(sent, 1);
    else left.push(row);
  }
  return left;
}

async function transit(
  db: Db,
  { accountId, currency, before, bankBefore }: Scope,
): Promise<Pick<BalanceAt, "inTransitMinor" | "onTheirWay">> {
  const settlements = await db
    .selectFrom("settlement")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("currency", "=", currency)
    .orderBy("end_at", (order) => order.asc().nullsFirst())
    .orderBy("settlement_id")
    .execute();
  const sent = await db
    .selectFrom("settlement_row")
    .select(["settlement_id", "file_id", "line", "posted_at", "net_minor"])
    .where("account_id", "=", accountId)
    .where("currency", "=", currency)
    .where("type_key", "=", "transfer")
    .where("posted_at", "<", before)
    .orderBy("posted_at")
    .orderBy("file_id")
    .orderBy("line")
    .execute();
  const deposits = await db
    .selectFrom("row_match as m")
    .innerJoin("bank_line as b", (join) =>
      join
        .onRef("b.account_id", "=", "m.account_id")
        .on((eb) => eb(eb.cast<string>("b.bank_line_id", "text"), "=", eb.ref("m.counterpart_id"))),
    )
    .select(["m.match_group", "m.file_id", "m.line", "m.amount_minor", "b.currency", "b.booked_at"])
    .where("m.account_id", "=", accountId)
    .where("m.counterpart", "=", "bank")
    .execute();
  const back = carriedBack(settlements, before);
  const atBank = new Set(deposits.map(({ file_id, line }) => `${file_id} ${line}`));
  const still = withoutReturned(sent, ({ file_id, line }) => atBank.has(`${file_id} ${line}`));
  const onTheirWay = [...groupBy(still, (row) => row.settlement_id)].flatMap(
    ([settlementId, rows]): TransferOnItsWay[] => {
      if (back.has(settlementId)) return [];
      const own = deposits.filter((deposit) => deposit.match_group === settlementId);
      const arrived = own.filter(({ booked_at }) => booked_at < bankBefore);
      // A deposit in another currency says nothing of how much of the transfer it is: it is all of it.
      const converted = arrived.some((deposit) => deposit.currency !== currency);
      const moved = rows.reduce((sum, { net_minor }) => sum - net_minor, 0n);
      const open = converted ? 0n : moved - arrived.reduce((sum, { amount_minor }) => sum + amount_minor, 0n);
      if (open === 0n) return [];
      const later = own.filter(({ booked_at }) => booked_at >= bankBefore).map(({ booked_at }) => booked_at);
      return [
        {
          settlementId,
          transferredAt: Math.max(...rows.map(({ posted_at }) => posted_at)),
          amountMinor: open,
          arrivedAt: later.length === 0 ? null : Math.max(...later),
        },
      ];
    },
  );
  return { onTheirWay, inTransitMinor: onTheirWay.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) };
}

/** How many own records of a kind there are, and what they add up to. */
interface UnsettledRow extends OfCurrency {
  readonly kind: string;
  readonly count: number | string;
  readonly amountMinor: bigint;
}

async function unsettledOf(
  db: Db,
  { accountIds, before, currency }: Asked,
): Promise<ReadonlyMap<string, readonly UnsettledRow[]>> {
  const { rows } = await sql<UnsettledRow>`
    select c.account_id as "accountId", c.currency, c.kind, count(*) as count, sum(c.amount_minor) as "amountMinor"
    from record c
    where ${unsettledBefore({ accountIds, before })} ${currency === undefined ? sql`` : sql`and c.currency = ${currency}`}
    group by c.account_id, c.currency, c.kind`.execute(db);
  return groupBy(rows, keyOf);
}
