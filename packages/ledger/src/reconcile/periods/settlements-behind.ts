import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import { type Kysely, type Selectable, sql } from "kysely";
import { groupBy } from "@amazon-pay-kit/backports";
import type { Schema } from "../../store/schema/index.ts";
import type { SettlementTable } from "../../store/schema/verdicts.ts";
import type { LeftBehind, PeriodSettlement } from "./document.ts";
import type { PeriodSpan } from "./files-behind.ts";

type Settlement = Selectable<SettlementTable> & { readonly content_hash: string };

function leftBy(settlement: Settlement): LeftBehind {
  const { currency, closing_minor: closing, reserve_minor: reserve, payout_minor: payout } = settlement;
  return {
    carried: formatAmount(closing + reserve, currency),
    reserve: formatAmount(-reserve, currency),
    transferred: formatAmount(-payout, currency),
  };
}

/** The settlements with rows in a stretch of time, in the order of the journal: by currency, end and id. */
export async function settlementsBehind(db: Kysely<Schema>, span: PeriodSpan): Promise<readonly PeriodSettlement[]> {
  const { accountId, from, until } = span;
  const { rows } = await sql<{ settlementId: string; currency: string; hash: string }>`
    select distinct r.settlement_id as "settlementId", r.currency, f.content_hash as hash
    from settlement_row r join file f on f.account_id = r.account_id and f.file_id = r.file_id
    where r.account_id = ${accountId} and r.posted_at >= ${from} and r.posted_at < ${until}
  `.execute(db);
  const files = groupBy(rows, ({ settlementId, currency }) => `${currency} ${settlementId}`);
  const all: readonly Settlement[] = await db
    .selectFrom("settlement as s")
    .innerJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "s.account_id").onRef("f.file_id", "=", "s.file_id"),
    )
    .selectAll("s")
    .select("f.content_hash")
    .where("s.account_id", "=", accountId)
    .orderBy("s.currency")
    .orderBy("s.end_at", (order) => order.asc().nullsFirst())
    .orderBy("s.settlement_id")
    .execute();
  return all.flatMap((one, index): PeriodSettlement[] => {
    const own = files.get(`${one.currency} ${one.settlement_id}`);
    if (own === undefined) return [];
    const previous = all[index - 1];
    return [
      {
        settlementId: one.settlement_id,
        currency: one.currency,
        files: own.map(({ hash }) => hash).sort(),
        file: one.content_hash,
        end: formatInstant(one.end_at ?? one.payout_at ?? one.start_at ?? 0),
        opening: formatAmount(one.opening_minor, one.currency),
        released: formatAmount(one.released_minor, one.currency),
        left: leftBy(one),
        before: previous?.currency === one.currency ? leftBy(previous) : null,
      },
    ];
  });
}
