import { type RawBuilder, sql } from "kysely";
import type { CheckedFile, CheckedRow, RowColumn, RowRule, SignConvention } from "./row-rule.ts";

/**
 * The operations that the predicates of row rules are written in. Each reading of a predicate (as JavaScript on a row, as SQL,
 * as the columns it uses) is one implementation, so that the readings cannot differ.
 */
export interface Terms<Value, Condition> {
  add(left: Value, right: Value): Value;
  subtract(left: Value, right: Value): Value;
  differ(left: Value, right: Value): Condition;
  /** Whether a time is before a moment; never, where the moment is not known. */
  before(time: Value, moment: number | null): Condition;
  /** Whether a time is after a moment; never, where the moment is not known. */
  after(time: Value, moment: number | null): Condition;
  noneOf(value: Value, known: readonly string[]): Condition;
  either(...conditions: readonly Condition[]): Condition;
}

type Sql = RawBuilder<unknown>;

const NEVER: Sql = sql`1 = 0`;

const SQL_TERMS: Terms<Sql, Sql> = {
  add: (left, right) => sql`${left} + ${right}`,
  subtract: (left, right) => sql`${left} - ${right}`,
  differ: (left, right) => sql`${left} <> ${right}`,
  before: (time, moment) => (moment === null ? NEVER : sql`${time} < ${moment}`),
  after: (time, moment) => (moment === null ? NEVER : sql`${time} > ${moment}`),
  noneOf: (value, known) => sql`${value} not in (${sql.join(known)})`,
  either: (...conditions) => sql.join(conditions, sql` or `),
};

const SQL_ROW: Readonly<Record<RowColumn, Sql>> = {
  postedAt: sql`posted_at`,
  typeKey: sql`type_key`,
  amount: sql`amount_minor`,
  percentageFee: sql`percentage_fee_minor`,
  fixedFee: sql`fixed_fee_minor`,
  totalFee: sql`total_fee_minor`,
  net: sql`net_minor`,
};

type Cell = string | number | bigint;

const ROW_TERMS: Terms<Cell, boolean> = {
  add: (left, right) => BigInt(left) + BigInt(right),
  subtract: (left, right) => BigInt(left) - BigInt(right),
  differ: (left, right) => left !== right,
  before: (time, moment) => moment !== null && Number(time) < moment,
  after: (time, moment) => moment !== null && Number(time) > moment,
  noneOf: (value, known) => !known.includes(String(value)),
  either: (...conditions) => conditions.includes(true),
};

type Columns = readonly RowColumn[];

const COLUMN_TERMS: Terms<Columns, Columns> = {
  add: (left, right) => [...left, ...right],
  subtract: (left, right) => [...left, ...right],
  differ: (left, right) => [...left, ...right],
  before: (time) => time,
  after: (time) => time,
  noneOf: (value) => value,
  either: (...conditions) => conditions.flat(),
};

const COLUMN_ROW = Object.fromEntries(
  Object.keys(SQL_ROW).map((name) => [name, [name as RowColumn]]),
) as unknown as Readonly<Record<RowColumn, Columns>>;

const ANY_FILE: CheckedFile = {
  fileId: 0,
  contentHash: "",
  settlementId: "",
  startAt: 0,
  endAt: 0,
  convention: "amount-plus-fee",
  tolerance: 0,
};

/** Whether a row breaks a rule. */
export function breaks(rule: RowRule, row: Readonly<Record<RowColumn, Cell>>, file: CheckedFile): boolean {
  return rule.breaks(ROW_TERMS, row, file);
}

/** The SQL condition for rows of `settlement_row` in a file that break one of the rules. */
export function anyBroken(rules: readonly RowRule[], file: CheckedFile): Sql {
  return SQL_TERMS.either(...rules.map((rule) => sql`(${rule.breaks(SQL_TERMS, SQL_ROW, file)})`));
}

/** What a group of rows tells of each of its rows: its type is theirs, and their times lie between the first and the last. */
const OF_GROUPS: ReadonlySet<RowColumn> = new Set(["typeKey", "postedAt"]);

function isOfGroups(rule: RowRule): boolean {
  return rule.breaks(COLUMN_TERMS, COLUMN_ROW, ANY_FILE).every((column) => OF_GROUPS.has(column));
}

/** The SQL count of the rows that break one of the rules, in files that follow a convention; rules about groups are left out. */
export function brokenCount(rules: readonly RowRule[], convention: SignConvention): Sql {
  const counted = rules.filter((rule) => !isOfGroups(rule));
  return sql`sum(case when ${anyBroken(counted, { ...ANY_FILE, convention })} then 1 else 0 end)`;
}

/**
 * Whether a group has a row that breaks a rule about types and times. Conditions on times only say `before` and `after`, so
 * that one that holds for any row of the group holds for its first or its last.
 */
export function groupBreaks(
  rules: readonly RowRule[],
  group: { readonly typeKey: string; readonly firstAt: number; readonly lastAt: number },
  file: CheckedFile,
): boolean {
  const row = { typeKey: group.typeKey, amount: 0n, percentageFee: 0n, fixedFee: 0n, totalFee: 0n, net: 0n };
  return rules
    .filter(isOfGroups)
    .some((rule) => [group.firstAt, group.lastAt].some((postedAt) => breaks(rule, { ...row, postedAt }, file)));
}

/** Everything that the rules say about a row. */
export function judgeRow<Judged extends RowRule>(
  rules: readonly Judged[],
  row: CheckedRow,
  file: CheckedFile,
): { readonly rule: Judged; readonly verdict: ReturnType<RowRule["explain"]> }[] {
  return rules.filter((rule) => breaks(rule, row, file)).map((rule) => ({ rule, verdict: rule.explain(row, file) }));
}
