import { DAY } from "@amazon-pay-kit/money";
import {
  scopeOf,
  type AccountFilter,
  limitOf,
  type Page,
  pageOf,
  type PageRequest,
  readCursor,
  type ViewContext,
} from "./view.ts";

/** What the next transfer of an account should be, and of what. */
export interface ForecastView {
  readonly accountId: string;
  readonly currency: string;
  /** Last settlement that was known when it was made; empty before the first. */
  readonly afterSettlementId: string;
  readonly openingMinor: bigint;
  readonly capturesMinor: bigint;
  readonly refundsMinor: bigint;
  readonly feesMinor: bigint;
  readonly reserveMinor: bigint;
  readonly expectedMinor: bigint;
  /** When: the usual distance between the last settlements after the last one; null with fewer than two. */
  readonly expectedAt: number | null;
  /** Since when it is overdue: a day after it was expected; null while it is not, or where the time is not known. */
  readonly overdueSince: number | null;
  /** The settlement that came, and what it transferred; null while it is awaited. */
  readonly settlementId: string | null;
  readonly actualMinor: bigint | null;
}

interface ForecastFilter extends AccountFilter {
  readonly awaited?: boolean | undefined;
}

/** As many as are read at once. */
const MOST = 200;

/** Forecasts by account and currency, the awaited one first, at most 200. `awaited: true` leaves out those that have come. */
export async function listForecasts(
  context: ViewContext,
  request: ForecastFilter = {},
): Promise<readonly ForecastView[]> {
  return (await pageForecasts(context, { ...request, limit: MOST })).items;
}

/** A page of {@link listForecasts}. @throws ViewError `view.limit`, `view.cursor` */
export async function pageForecasts(
  context: ViewContext,
  request: ForecastFilter & PageRequest = {},
): Promise<Page<ForecastView>> {
  const { db } = context.store;
  const limit = limitOf(request);
  const cursor = readCursor(request, ["string", "string", "number", "string"]);
  let query = db
    .selectFrom("transfer_forecast")
    .selectAll()
    .where((await scopeOf(context, request)).of());
  if (request.awaited === true) query = query.where("settlement_id", "is", null);
  if (cursor !== null) {
    const [account, currency, madeAt, after] = cursor as [string, string, number, string];
    query = query.where((eb) =>
      eb.or([
        eb(eb.refTuple("account_id", "currency"), ">", eb.tuple(account, currency)),
        eb.and([
          eb("account_id", "=", account),
          eb("currency", "=", currency),
          eb(eb.refTuple("made_at", "after_settlement_id"), "<", eb.tuple(madeAt, after)),
        ]),
      ]),
    );
  }
  const rows = await query
    .orderBy("account_id")
    .orderBy("currency")
    .orderBy("made_at", "desc")
    .orderBy("after_settlement_id", "desc")
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => [row.account_id, row.currency, row.made_at, row.after_settlement_id]);
  const items = await Promise.all(
    page.items.map(async (row) => {
      const expectedAt = row.settlement_id === null ? await nextEnd(context, row.account_id, row.currency) : null;
      return {
        accountId: row.account_id,
        currency: row.currency,
        afterSettlementId: row.after_settlement_id,
        openingMinor: row.opening_minor,
        capturesMinor: row.captures_minor,
        refundsMinor: row.refunds_minor,
        feesMinor: row.fees_minor,
        reserveMinor: row.reserve_minor,
        expectedMinor: row.expected_minor,
        expectedAt,
        // The last run knew of all that had come until then.
        overdueSince: expectedAt !== null && row.made_at > expectedAt + DAY ? expectedAt : null,
        settlementId: row.settlement_id,
        actualMinor: row.actual_minor,
      };
    }),
  );
  return { items, next: page.next };
}

/** The end of the last settlement plus the median distance of the ones before. */
async function nextEnd(context: ViewContext, accountId: string, currency: string): Promise<number | null> {
  const rows = await context.store.db
    .selectFrom("settlement")
    .select("end_at")
    .where("account_id", "=", accountId)
    .where("currency", "=", currency)
    .where("end_at", "is not", null)
    .orderBy("end_at", "desc")
    .limit(9)
    .execute();
  const ends = rows.map((row) => row.end_at ?? 0);
  const distances = ends
    .slice(1)
    .map((end, index) => (ends[index] ?? 0) - end)
    .sort((left, right) => left - right);
  const usual = distances[Math.floor(distances.length / 2)];
  return usual === undefined ? null : (ends[0] ?? 0) + usual;
}
