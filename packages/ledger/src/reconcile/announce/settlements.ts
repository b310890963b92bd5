import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import type { EventCode } from "../../outbox/event-codes.ts";
import type { OutboxEvent } from "../../outbox/append-event.ts";
import { bankMissingDeposit } from "../../rules/bank-missing-deposit.ts";
import { matchAmount } from "../../rules/match-amount.ts";
import type { Announcing } from "./announce.ts";

interface Changed {
  readonly settlementId: string;
  readonly currency: string;
  readonly startAt: number | null;
  readonly endAt: number | null;
  readonly paidAt: number | null;
  readonly rows: number;
  readonly state: string;
  readonly before: string | null;
}

/** What a settlement is known by, in the order of the state's words. Amounts are in minor units. */
interface State {
  readonly status: string;
  readonly bank: string;
  readonly opening: bigint;
  readonly activity: bigint;
  readonly fees: bigint;
  readonly transfer: bigint;
  readonly closing: bigint;
  /** To the bank: negative. */
  readonly payout: bigint;
  /** What of the payout did not arrive, as the open or explained differences at the bank have it. */
  readonly short: bigint;
}

function stateOf(text: string): State {
  const [status = "", bank = "", ...minor] = text.split(" ");
  const [opening = 0n, activity = 0n, fees = 0n, transfer = 0n, closing = 0n, payout = 0n, short = 0n] =
    minor.map(BigInt);
  return { status, bank, opening, activity, fees, transfer, closing, payout, short };
}

const SHORT = sql`coalesce((
  select sum(case when e.code = ${bankMissingDeposit.code} then abs(e.amount_minor) else -e.amount_minor end)
  from exception e where e.account_id = s.account_id and e.settlement_id = s.settlement_id and e.currency = s.currency
    and e.status <> 'resolved' and (e.subject like 'settlement:%' or e.subject like 'deposit:%')
    and (e.code = ${bankMissingDeposit.code} or (e.code = ${matchAmount.code} and e.amount_minor < 0))), 0)`;

const MINOR = ["opening", "activity", "fees", "transfer", "closing", "payout"].map(
  (name) => sql`cast(${sql.ref(`s.${name}_minor`)} as text)`,
);
const STATE = sql`s.status || ' ' || s.bank || ' ' || ${sql.join(MINOR, sql` || ' ' || `)} || ' ' || cast(${SHORT} as text)`;

/** What there is to tell of a settlement, in the order in which it happens. */
function codesOf(now: State, before: State | null): readonly EventCode[] {
  const figures = ({ status, opening, activity, fees, transfer, closing }: State): string =>
    [status, opening, activity, fees, transfer, closing].join(" ");
  const paid = now.payout < 0n;
  const other = before === null || before.payout !== now.payout;
  const codes: [EventCode, boolean][] = [
    ["settlement.reconciled", before === null || figures(before) !== figures(now)],
    ["payout.expected", paid && other],
    ["payout.arrived", paid && now.bank === "matched" && (other || before.bank !== "matched")],
    ["payout.short", paid && now.bank === "differs" && now.short > 0n && (other || before.short !== now.short)],
  ];
  return codes.filter(([, happened]) => happened).map(([code]) => code);
}

/** Settlements that are new, or whose figures, verdict or payout are not as receivers were told. */
export async function settlementEvents({ db, accountId }: Announcing): Promise<readonly OutboxEvent[]> {
  const { rows } = await sql<Changed>`
    select c.* from (
      select s.settlement_id as "settlementId", s.currency, s.start_at as "startAt", s.end_at as "endAt",
        s.payout_at as "paidAt", s.row_count as rows, ${STATE} as state, a.state as before
      from settlement s left join announcement a on a.account_id = s.account_id and a.what = 'settlement'
        and a.subject = s.settlement_id || ' ' || s.currency
      where s.account_id = ${accountId}
    ) c where c.before is null or c.before <> c.state order by c."endAt", c."settlementId", c.currency
  `.execute(db);
  const events: OutboxEvent[] = [];
  for (const row of rows) {
    const { settlementId, currency, startAt, endAt, paidAt, state, before } = row;
    const now = stateOf(state);
    const amount = (minor: bigint): string => formatAmount(minor, currency);
    const at = (moment: number | null): string | null => (moment === null ? null : formatInstant(Number(moment)));
    const { status, bank, opening, activity, fees, transfer, closing, payout, short } = now;
    const paid = { settlementId, currency, amount: amount(-payout), paidAt: at(paidAt) };
    const facts: Readonly<Partial<Record<EventCode, OutboxEvent["facts"]>>> = {
      "settlement.reconciled": {
        settlementId,
        currency,
        start: at(startAt),
        end: at(endAt),
        status,
        bank,
        opening: amount(opening),
        activity: amount(activity),
        fees: amount(fees),
        transfer: amount(transfer),
        closing: amount(closing),
        rows: Number(row.rows),
      },
      "payout.short": { ...paid, missing: amount(short) },
    };
    // Somebody who tells the same at this moment has it then.
    const { numInsertedOrUpdatedRows: kept = 0n } = await db
      .insertInto("announcement")
      .values({ account_id: accountId, what: "settlement", subject: `${settlementId} ${currency}`, state })
      .onConflict((conflict) =>
        conflict
          .columns(["account_id", "what", "subject"])
          .doUpdateSet({ state })
          .where("announcement.state", "=", before ?? ""),
      )
      .executeTakeFirstOrThrow();
    if (kept === 0n) continue;
    for (const code of codesOf(now, before === null ? null : stateOf(before)))
      events.push({ accountId, code, subject: settlementId, facts: facts[code] ?? paid });
  }
  return events;
}
