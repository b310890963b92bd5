import type { Rounding } from "@amazon-pay-kit/money";
import { type RawBuilder, sql } from "kysely";
import { CHECKED_COLUMNS, checkedRow, type RowColumns } from "../scan/suspect-rows.ts";
import type { CheckedFile, CheckedRow, SignConvention } from "../../rules/rows/row-rule.ts";
import type { Step } from "../step/step.ts";
import type { FeeRules } from "./expected.ts";
import type { ExactRate, Tariff } from "./tariff.ts";

const PERCENTAGE = sql`type_key in ('capture', 'refund', 'chargeback', 'a-to-z-guarantee-claim')`;
const IN_ONE_SUM = sql`type_key in ('authorization', 'dispute')`;

/** `share` of the money package, in SQL: exact, half away from zero, half to even, or towards zero. */
function shareOf(rate: ExactRate, rounding: Rounding): RawBuilder<unknown> {
  const product = sql`(abs(amount_minor) * ${sql.lit(Number(rate.numerator))})`;
  const bottom = sql.lit(Number(rate.denominator));
  const quotient = sql`(${product} / ${bottom})`;
  const twice = sql`((${product} % ${bottom}) * 2)`;
  const up =
    rounding === "down"
      ? sql`0`
      : rounding === "half-up"
        ? sql`case when ${twice} >= ${bottom} then 1 else 0 end`
        : sql`case when ${twice} > ${bottom} or (${twice} = ${bottom} and ${quotient} % 2 = 1) then 1 else 0 end`;
  return sql`(case when amount_minor < 0 then -1 else 1 end * (${quotient} + ${up}))`;
}

function effect(column: RawBuilder<unknown>, convention: SignConvention): RawBuilder<unknown> {
  return convention === "amount-plus-fee" ? column : sql`-(${column})`;
}

/** What a tariff makes of a row that follows one of its rates; `null` for a row that follows none. */
function expectedBy(tariff: Tariff, convention: SignConvention, rules: FeeRules): RawBuilder<unknown> {
  const percentage = effect(sql`percentage_fee_minor`, convention);
  const fixed = effect(sql`fixed_fee_minor`, convention);
  const tolerance = sql.lit(Number(rules.tolerance));
  const cases = tariff.rates.map((rate) => {
    const share = shareOf(rate, rules.rounding);
    const once = sql`(case when type_key = 'capture' then ${sql.lit(-Number(rate.fixed))} else 0 end)`;
    const sum = sql.lit(-Number(rate.fixed));
    return sql`
      when ${PERCENTAGE} and ${fixed} = ${once} and abs(${percentage} + ${share}) <= ${tolerance}
        then ${once} - ${share}
      when type_key = 'authorization' and percentage_fee_minor = 0 and ${fixed} + amount_minor = ${sum} then ${sum}`;
  });
  const dispute =
    tariff.dispute === null
      ? sql``
      : sql`when type_key = 'dispute' and percentage_fee_minor = 0
          and ${fixed} + amount_minor = ${sql.lit(-Number(tariff.dispute))} then ${sql.lit(-Number(tariff.dispute))}`;
  return sql`case ${sql.join(cases, sql` `)} ${dispute} end`;
}

function holds(tariff: Tariff): RawBuilder<unknown> {
  const audited = tariff.dispute === null ? sql`type_key <> 'dispute'` : sql`1 = 1`;
  return sql`currency = ${tariff.currency} and posted_at >= ${tariff.from} and posted_at < ${tariff.until} and ${audited}`;
}

/** The fees of one file in one currency, added up by the database over the rows that a tariff holds for. */
export interface FeeSums {
  readonly fileId: number;
  readonly currency: string;
  readonly rows: number;
  readonly rightRows: number;
  readonly captures: number;
  readonly rightCaptures: number;
  readonly actualMinor: bigint;
  /** Over the rows that are right. */
  readonly expectedMinor: bigint;
  readonly leakMinor: bigint;
}

function rowsWithExpectation(
  step: Step,
  fileIds: readonly number[],
  tariffs: readonly Tariff[],
  convention: SignConvention,
  rules: FeeRules,
): RawBuilder<unknown> {
  const cases = tariffs.map((tariff) => sql`when ${holds(tariff)} then ${expectedBy(tariff, convention, rules)}`);
  const any = sql.join(
    tariffs.map((tariff) => sql`(${holds(tariff)})`),
    sql` or `,
  );
  return sql`
    select *, case when ${IN_ONE_SUM} then net_minor else net_minor - amount_minor end as effect_minor,
      case ${sql.join(cases, sql` `)} end as expected_minor
    from settlement_row
    where account_id = ${step.accountId} and file_id in (${sql.join(fileIds)}) and (${PERCENTAGE} or ${IN_ONE_SUM})
      and (${any})`;
}

/** Adds up the fees of some files of one sign convention, in one pass over their rows. */
export async function feeSums(
  step: Step,
  fileIds: readonly number[],
  tariffs: readonly Tariff[],
  convention: SignConvention,
  rules: FeeRules,
): Promise<readonly FeeSums[]> {
  if (tariffs.length === 0 || fileIds.length === 0) return [];
  const { rows } = await sql<FeeSums>`
    select file_id as "fileId", currency, count(*) as rows, count(expected_minor) as "rightRows",
      sum(case when type_key = 'capture' then 1 else 0 end) as captures,
      sum(case when type_key = 'capture' and expected_minor is not null then 1 else 0 end) as "rightCaptures",
      sum(effect_minor) as "actualMinor", coalesce(sum(expected_minor), 0) as "expectedMinor",
      -sum(case when type_key = 'authorization' then net_minor else 0 end) as "leakMinor"
    from (${rowsWithExpectation(step, fileIds, tariffs, convention, rules)}) audited
    group by file_id, currency
    order by file_id, currency
  `.execute(step.db);
  return rows;
}

/** A row whose fees are not what any rate makes of it. */
export interface DoubtfulFee extends CheckedRow {
  readonly permissionId: string | null;
  readonly orderId: string | null;
  readonly storeName: string | null;
  /** Charge that a refund belongs to, as the refund report or the own records have it. */
  readonly parentId: string | null;
  /** What the database expects and has added to the sums, where the row follows a rate of its own day. */
  readonly counted: bigint | null;
}

/** When a tariff takes over from another one of its currency. */
function changedAt(tariffs: readonly Tariff[]): RawBuilder<unknown> {
  // PostgreSQL takes a number that is compared with nothing as a text.
  const cases = tariffs.map((tariff) => sql`when ${holds(tariff)} then cast(${tariff.from} as bigint)`);
  return sql`case ${sql.join(cases, sql` `)} end`;
}

/** Whether rates have changed: what is given back of a capture before the change follows the rates of the capture. */
export function hasChanged(tariffs: readonly Tariff[]): boolean {
  return tariffs.some((tariff) => tariff.from > Number.MIN_SAFE_INTEGER);
}

/**
 * The rows of some files of one sign convention that follow no rate, and those that give back what was captured under an
 * earlier tariff, whatever rate they follow.
 */
export async function doubtfulFees(
  step: Step,
  files: readonly CheckedFile[],
  tariffs: readonly Tariff[],
  convention: SignConvention,
  rules: FeeRules,
): Promise<readonly DoubtfulFee[]> {
  const fileIds = files.map((file) => file.fileId);
  if (tariffs.length === 0 || fileIds.length === 0) return [];
  const earlier = hasChanged(tariffs)
    ? sql`or (type_key in ('refund', 'chargeback', 'a-to-z-guarantee-claim') and (exists (select 1 from settlement_row c
        where c.account_id = audited.account_id and c.permission_id = audited.permission_id and c.type_key = 'capture'
          and c.posted_at < audited.changed_at)
        or (permission_id is null and exists (select 1 from settlement_row c where c.account_id = audited.account_id
          and c.order_id = audited.order_id and c.type_key = 'capture' and c.posted_at < audited.changed_at))))`
    : sql``;
  const { rows } = await sql<RowColumns & Omit<DoubtfulFee, keyof CheckedRow>>`
    select ${CHECKED_COLUMNS}, permission_id as "permissionId", order_id as "orderId", store_name as "storeName",
      expected_minor as counted,
      coalesce((select min(t.parent_id) from transaction_row t where t.account_id = audited.account_id
          and t.object_id = audited.transaction_id and t.kind = 'refund'),
        (select min(o.parent_transaction_id) from record o where o.account_id = audited.account_id
          and o.transaction_id = audited.transaction_id and o.kind = 'refund')) as "parentId"
    from (select judged.*, ${changedAt(tariffs)} as changed_at
      from (${rowsWithExpectation(step, fileIds, tariffs, convention, rules)}) judged) audited
    where expected_minor is null ${earlier} order by file_id, line
  `.execute(step.db);
  return rows.map((row) => {
    const { permissionId, orderId, storeName, parentId } = row;
    const counted = row.counted === null ? null : BigInt(row.counted);
    return { ...checkedRow(row), permissionId, orderId, storeName, parentId, counted };
  });
}
