import { formatAmount } from "@amazon-pay-kit/ledger";
import type { Store } from "@amazon-pay-kit/ledger/store";
import { DAY } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { kitMetric, type Metrics } from "../metrics/index.ts";

/** Amazon Pay keeps a report for 90 days after it was made (docs/amazon-pay/reports.md). */
const KEPT_DAYS = 90;
/** A report that is deleted within so many days is said to expire. */
const EXPIRING_DAYS = 14;
/** Settlements come every two weeks at the latest; after so many days an account is said to be stale. */
const STALE_DAYS = 35;

/** What the books of all accounts say that no queue shows. */
interface Figures {
  readonly failing: number;
  readonly waiting: number;
  readonly expiring: number;
  readonly stale: number;
  /** Milliseconds since the epoch; null without a settlement. */
  readonly newest: number | null;
}

async function figuresOf({ db }: Store, now: number): Promise<Figures> {
  const { rows } = await sql<Figures>`
    with newest as (
      select (select max(start_at) from settlement s where s.account_id = a.account_id) as start_at from account a
    )
    select
      (select count(distinct account_id) from sync_mark where failures > 0)::int as failing,
      (select count(*) from report where state in ('listed', 'archived'))::int as waiting,
      (select count(*) from report where state in ('listed', 'archived') and state = 'listed'
        and created_at < ${now - (KEPT_DAYS - EXPIRING_DAYS) * DAY})::int as expiring,
      (select count(*) from newest where start_at < ${now - STALE_DAYS * DAY})::int as stale,
      (select max(start_at) from newest) as newest
  `.execute(db);
  const [found] = rows;
  if (found === undefined) throw new TypeError("a query without a table has one row");
  return found;
}

interface Open {
  readonly severity: string;
  readonly currency: string | null;
  readonly count: number;
  readonly amount_minor: bigint;
}

/** Account by account, as the index has them: of many that are closed a few are open. */
async function openExceptions({ db }: Store): Promise<readonly Open[]> {
  const { rows } = await sql<Open>`
    select e.severity, e.currency, sum(e.count)::int as count, sum(e.sum_minor)::bigint as amount_minor
    from account a cross join lateral (
      select severity, currency, count(*) as count, coalesce(sum(abs(amount_minor)), 0) as sum_minor
      from exception where account_id = a.account_id and status in ('open', 'reopened') group by severity, currency
    ) e group by e.severity, e.currency
  `.execute(db);
  return rows;
}

/** How the hooks of this configuration are doing, over all accounts. */
interface HookFigures {
  readonly failing: number;
  readonly disabled: number;
  readonly waiting: number;
}

async function hookFigures({ db }: Store, names: readonly string[]): Promise<HookFigures> {
  if (names.length === 0) return { failing: 0, disabled: 0, waiting: 0 };
  const { rows } = await sql<HookFigures>`
    select
      (count(*) filter (where h.disabled_at is null and h.failing_since_at is not null))::int as failing,
      (count(*) filter (where h.disabled_at is not null))::int as disabled,
      coalesce(sum(greatest(s.last - h.sequence, 0)) filter (where h.disabled_at is null), 0)::float8 as waiting
    from hook h left join outbox_sequence s on s.account_id = h.account_id where h.name in (${sql.join(names)})
  `.execute(db);
  return rows[0] ?? { failing: 0, disabled: 0, waiting: 0 };
}

/**
 * Figures over the books of all accounts, for PostgreSQL. They are counted, so ask for them once a minute and not at every
 * reading of every worker.
 *
 * @example
 * const read = booksMetrics(metrics, store);
 * await read(clock.now());
 */
export function booksMetrics(
  metrics: Metrics,
  store: Store,
  hooks: readonly string[] = [],
): (now: number) => Promise<void> {
  const failing = kitMetric(metrics, "apay_accounts_failing");
  const waiting = kitMetric(metrics, "apay_reports_waiting");
  const expiring = kitMetric(metrics, "apay_reports_expiring");
  const stale = kitMetric(metrics, "apay_accounts_stale");
  const newest = kitMetric(metrics, "apay_settlement_newest_timestamp_seconds");
  const hooksFailing = kitMetric(metrics, "apay_webhooks_failing");
  const hooksDisabled = kitMetric(metrics, "apay_webhooks_disabled");
  const eventsWaiting = kitMetric(metrics, "apay_webhook_events_waiting");
  const open = kitMetric(metrics, "apay_exceptions_open");
  const amount = kitMetric(metrics, "apay_exceptions_amount");
  // What is gone has to fall to 0, and is in no row any more.
  const severities = new Set(["error", "warning"]);
  const currencies = new Set<string>();
  return async (now) => {
    const figures = await figuresOf(store, now);
    failing.set(figures.failing);
    waiting.set(figures.waiting);
    expiring.set(figures.expiring);
    stale.set(figures.stale);
    if (figures.newest !== null) newest.set(Number(figures.newest) / 1000);
    const told = await hookFigures(store, hooks);
    hooksFailing.set(told.failing);
    hooksDisabled.set(told.disabled);
    eventsWaiting.set(told.waiting);
    const counts = new Map<string, number>();
    const sums = new Map<string, bigint>();
    for (const { severity, currency, count, amount_minor } of await openExceptions(store)) {
      severities.add(severity);
      counts.set(severity, (counts.get(severity) ?? 0) + count);
      if (currency === null) continue;
      currencies.add(currency);
      sums.set(currency, (sums.get(currency) ?? 0n) + amount_minor);
    }
    for (const severity of severities) open.set(counts.get(severity) ?? 0, { severity });
    for (const currency of currencies) amount.set(formatAmount(sums.get(currency) ?? 0n, currency), { currency });
  };
}
