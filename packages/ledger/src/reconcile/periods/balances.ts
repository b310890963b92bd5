import { type Kysely, type Selectable, sql } from "kysely";
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

/**
 * The balances of an account before a moment, by currency: with Amazon Pay, on the way to the bank, and captured by the
 * merchant's records but in no settlement row yet. The first two are those of the journal written row by row.
 */
export async function balancesOf(
  db: Db,
  request: {
    readonly accountId: string;
    readonly before: number;
    readonly currency?: string | undefined;
    /** Deposits booked before it have arrived: banks book on days, which are kept as midnight UTC. Default {@link before}. */
    readonly bankBefore?: number | undefined;
  },
): Promise<readonly BalanceAt[]> {
  const { accountId, before, bankBefore = before } = request;
  let query = db.selectFrom("settlement").selectAll().where("account_id", "=", accountId);
  if (request.currency !== undefined) query = query.where("currency", "=", request.currency);
  const all = await query
    .orderBy("currency")
    .orderBy("end_at", (order) => order.asc().nullsFirst())
    .orderBy("settlement_id")
    .execute();
  const statements = await hasStatements(db, accountId);
  const balances: BalanceAt[] = [];
  for (const [currency, settlements] of groupBy(all, (one) => one.currency)) {
    const begun = settlements.filter((one) => (one.start_at ?? one.end_at ?? 0) < before);
    if (begun.length === 0) continue;
    const scope = { accountId, currency, before, bankBefore };
    balances.push({
      ...(await held(db, scope, begun)),
      ...(await transit(db, scope, settlements, statements)),
      ...(await unsettled(db, scope)),
    });
  }
  return balances;
}

interface Scope {
  readonly accountId: string;
  readonly currency: string;
  readonly before: number;
  readonly bankBefore: number;
}

async function held(db: Db, scope: Scope, begun: readonly Settlement[]) {
  const { accountId, currency, before } = scope;
  // One that ends at the very moment still runs: its transfer often has that time, and is not on its way before it.
  const ended = begun.filter(({ end_at }) => (end_at ?? 0) < before).at(-1);
  const running = begun.find(({ end_at }) => (end_at ?? 0) >= before);
  const knownUntil = Math.max(...begun.map(({ end_at }) => end_at ?? 0));
  let balance = running?.opening_minor ?? ended?.closing_minor ?? 0n;
  let reserve = running?.released_minor ?? -(ended?.reserve_minor ?? 0n);
  let [activity, fees] = [0n, 0n];
  if (running !== undefined) {
    const parts = await db
      .selectFrom("settlement_row")
      .select(({ fn, eb }) => [
        "type_key",
        eb(eb.ref("net_minor"), "<", 0n).as("debit"),
        fn.sum<bigint | string>("amount_minor").as("amount"),
        fn.sum<bigint | string>("net_minor").as("net"),
      ])
      .where("account_id", "=", accountId)
      .where("settlement_id", "=", running.settlement_id)
      .where("currency", "=", currency)
      .where("posted_at", "<", before)
      .groupBy(["type_key", "debit"])
      .execute();
    for (const part of parts) {
      const [amount, net] = [BigInt(part.amount), BigInt(part.net)];
      switch (roleOf(part.type_key, net < 0n ? -1 : 1)) {
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
  }
  return {
    accountId,
    currency,
    settlementId: ended?.settlement_id ?? null,
    knownUntil: Math.min(knownUntil, before),
    covered: knownUntil >= before,
    balanceMinor: balance,
    reserveMinor: reserve,
    runningActivityMinor: activity,
    runningFeesMinor: fees,
  };
}

async function hasStatements(db: Db, accountId: string): Promise<boolean> {
  const line = await db
    .selectFrom("bank_line")
    .select("bank_line_id")
    .where("account_id", "=", accountId)
    .limit(1)
    .executeTakeFirst();
  return line !== undefined;
}

/** A transfer that the next settlement brings in again, beyond what was left, has come back by its start. */
function carriedBack(settlements: readonly Settlement[], before: number): ReadonlySet<string> {
  const back = new Set<string>();
  for (const [index, settlement] of settlements.entries()) {
    const next = settlements[index + 1];
    if (next === undefined || settlement.payout_minor >= 0n || (next.start_at ?? 0) >= before) continue;
    const carriedMore =
      next.opening_minor - next.released_minor - (settlement.closing_minor + settlement.reserve_minor);
    if (carriedMore === -settlement.payout_minor) back.add(settlement.settlement_id);
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
  settlements: readonly Settlement[],
  statements: boolean,
): Promise<Pick<BalanceAt, "inTransitMinor" | "onTheirWay">> {
  if (!statements) return { inTransitMinor: null, onTheirWay: [] };
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

async function unsettled(
  db: Db,
  { accountId, currency, before }: Scope,
): Promise<Pick<BalanceAt, "charges" | "refunds">> {
  const { rows } = await sql<{ kind: string; count: number | string; amount: bigint | string | null }>`
    select c.kind, count(*) as count, sum(c.amount_minor) as amount from record c
    where c.currency = ${currency} and ${unsettledBefore({ accountId, before })} group by c.kind
  `.execute(db);
  const of = (kind: string): Unsettled => {
    const found = rows.find((row) => row.kind === kind);
    return { count: Number(found?.count ?? 0), amountMinor: BigInt(found?.amount ?? 0) };
  };
  return { charges: of("charge"), refunds: of("refund") };
}
