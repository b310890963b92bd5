import { type RawBuilder, sql } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import { LIVE } from "../exceptions/status.ts";
import { transactionDuplicate } from "../../rules/transaction-duplicate.ts";
import type { Step } from "../step/step.ts";

/** The columns of `row_match` in the order in which pairs are stored. */
const COLUMNS = sql`account_id, file_id, line, counterpart, counterpart_id, rule, match_group, amount_minor`;

/**
 * Pairs in the database, without taking a row out of it, everything that leaves no doubt: same transaction id, same
 * kind, same currency and same amount. The list of rules gives the same pairs; it is left with what is not so clear.
 */
async function pairByTransactionId(step: Step, condition: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into row_match (${COLUMNS})
    select r.account_id, r.file_id, r.line, 'record', cast(c.record_id as text), 'transaction-id', null, c.amount_minor
    from settlement_row r
    join record c on c.account_id = r.account_id and c.transaction_id = r.transaction_id
    where r.account_id = ${step.accountId} and ${condition} and c.currency = r.currency
      and ((r.type_key = 'capture' and c.kind = 'charge' and c.amount_minor = r.amount_minor)
        or (r.type_key = 'refund' and c.kind = 'refund' and c.amount_minor = -r.amount_minor))
    on conflict do nothing
  `.execute(step.db);
}

/** {@link pairByTransactionId} for the rows of some files. */
export async function pairFiles(step: Step, fileIds: readonly number[]): Promise<void> {
  await inChunks(fileIds, async (some) => {
    await pairByTransactionId(step, sql`r.file_id in (${sql.join(some)})`);
    return [];
  });
}

/** {@link pairByTransactionId} for the records of some imports; rows that are known to be duplicates take no part. */
export async function pairImports(step: Step, importIds: readonly number[]): Promise<void> {
  await inChunks(importIds, async (some) => {
    await pairByTransactionId(
      step,
      sql`c.import_id in (${sql.join(some)})
        and not exists (select 1 from row_match m where m.account_id = r.account_id and m.file_id = r.file_id
          and m.line = r.line and m.counterpart = 'record')
        and (r.file_id, r.line) not in (select e.file_id, e.line from exception e where e.account_id = ${step.accountId}
          and e.code = ${transactionDuplicate.code} and e.status in (${sql.join([...LIVE])})
          and e.file_id is not null and e.line is not null)`,
    );
    return [];
  });
}

/**
 * Pairs rows with the rows of transaction reports that are about the same object. A report has a row for every state of
 * an object, so one of them stands for all.
 *
 * @param condition on `r`, the settlement rows, or `t`, the report rows
 * @param first which of them it is on
 */
export async function pairReports(
  step: Step,
  condition: RawBuilder<unknown>,
  first: "settlement rows" | "report rows",
): Promise<void> {
  // `cross join` keeps this order on SQLite, which would rather walk through all rows than sort a few.
  const tables =
    first === "settlement rows"
      ? sql`settlement_row r cross join transaction_row t`
      : sql`transaction_row t cross join settlement_row r`;
  await sql`
    insert into row_match (${COLUMNS})
    select r.account_id, r.file_id, r.line, 'transaction-report', t.object_id, 'transaction-id', null,
      max(t.amount_minor)
    from ${tables}
    where r.account_id = ${step.accountId} and t.account_id = ${step.accountId} and t.object_id = r.transaction_id
      and t.kind = r.type_key and t.currency = r.currency and r.type_key in ('capture', 'refund') and t.amount_minor is not null
      and ${condition}
    group by r.account_id, r.file_id, r.line, t.object_id
    on conflict do nothing
  `.execute(step.db);
}
