import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import type { Kysely, Selectable } from "kysely";
import { groupBy } from "@amazon-pay-kit/backports";
import type { Messages } from "../rules/message.ts";
import { textOf } from "../rules/text.ts";
import { STANDING } from "./exceptions/status.ts";
import type { Schema } from "../store/schema/index.ts";
import type { Severity } from "../rules/rule.ts";
import type { CoverageVerdict, ExceptionVerdict, SettlementVerdict, Verdicts } from "./verdicts.ts";

function byText(left: string | null, right: string | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  return right === null || left < right ? -1 : 1;
}

async function settlements(db: Kysely<Schema>, accountId: string): Promise<SettlementVerdict[]> {
  const rows = await db
    .selectFrom("settlement")
    .select(["settlement_id", "currency", "start_at", "end_at", "status", "bank", "row_count"])
    .select(["opening_minor", "activity_minor", "fees_minor", "transfer_minor", "closing_minor"])
    .where("account_id", "=", accountId)
    .execute();
  return rows
    .sort(
      (left, right) =>
        (left.start_at ?? 0) - (right.start_at ?? 0) ||
        byText(left.settlement_id, right.settlement_id) ||
        byText(left.currency, right.currency),
    )
    .map((row) => ({
      settlementId: row.settlement_id,
      currency: row.currency,
      start: row.start_at === null ? null : formatInstant(row.start_at),
      end: row.end_at === null ? null : formatInstant(row.end_at),
      status: row.status,
      bank: row.bank,
      opening: formatAmount(row.opening_minor, row.currency),
      activity: formatAmount(row.activity_minor, row.currency),
      fees: formatAmount(row.fees_minor, row.currency),
      transfer: formatAmount(row.transfer_minor, row.currency),
      closing: formatAmount(row.closing_minor, row.currency),
      rows: row.row_count,
    }));
}

/** Those of one cause together, the one that heads them first; else by settlement, line and code. */
function inOrder(rows: readonly VerdictRow[]): readonly VerdictRow[] {
  const sorted = rows.toSorted(
    (left, right) =>
      byText(left.settlement_id, right.settlement_id) ||
      (left.line ?? 0) - (right.line ?? 0) ||
      byText(left.code, right.code) ||
      byText(left.transaction_id, right.transaction_id) ||
      byText(left.exception_id, right.exception_id),
  );
  const heads = (row: VerdictRow): boolean => row.cause === null || row.cause === row.exception_id;
  const known = new Set(sorted.filter(heads).map((row) => row.exception_id));
  const followers = groupBy(
    sorted.filter((row) => !heads(row) && known.has(row.cause ?? "")),
    (row) => row.cause ?? "",
  );
  return sorted
    .filter((row) => heads(row) || !known.has(row.cause ?? ""))
    .flatMap((row) => [row, ...(followers.get(row.exception_id) ?? [])]);
}

const VERDICT_COLUMNS = [
  "exception_id",
  "cause",
  "code",
  "severity",
  "settlement_id",
  "transaction_id",
  "order_id",
  "reference_id",
  "line",
  "amount_minor",
  "currency",
  "message",
  "cause_messages",
] as const;

type VerdictRow = Pick<Selectable<Schema["exception"]>, (typeof VERDICT_COLUMNS)[number]> & {
  readonly record_line: number | null;
};

async function exceptions(db: Kysely<Schema>, accountId: string): Promise<ExceptionVerdict[]> {
  const rows = await db
    .selectFrom("exception as e")
    .leftJoin("record as c", (join) =>
      join.onRef("c.account_id", "=", "e.account_id").onRef("c.record_id", "=", "e.record_id"),
    )
    .select(VERDICT_COLUMNS.map((column) => `e.${column}` as const))
    .select(({ eb }) => eb.case().when("e.file_id", "is", null).then(eb.ref("c.line")).end().as("record_line"))
    .where("e.account_id", "=", accountId)
    .where("e.status", "in", [...STANDING])
    .execute();
  return inOrder(rows).map((row) => ({
    id: row.exception_id,
    cause: row.cause ?? row.exception_id,
    code: row.code,
    severity: row.severity as Severity,
    settlementId: row.settlement_id,
    transactionId: row.transaction_id,
    orderId: row.order_id,
    referenceId: row.reference_id,
    line: row.line ?? row.record_line,
    amount: row.amount_minor === null || row.currency === null ? null : formatAmount(row.amount_minor, row.currency),
    currency: row.currency,
    message:
      row.cause_messages === null
        ? row.message
        : row.message + (textOf(JSON.parse(row.cause_messages) as Messages) ?? ""),
  }));
}

async function coverage(db: Kysely<Schema>, accountId: string): Promise<CoverageVerdict[]> {
  const rows = await db
    .selectFrom("coverage")
    .select(["report_type", "from_at", "to_at", "status"])
    .where("account_id", "=", accountId)
    .execute();
  return rows
    .sort((left, right) => byText(left.report_type, right.report_type) || left.from_at - right.from_at)
    .map((row) => ({
      reportType: row.report_type,
      from: formatInstant(row.from_at),
      to: formatInstant(row.to_at),
      status: row.status as CoverageVerdict["status"],
    }));
}

/** The verdicts of some accounts as they stand, in an order that depends on nothing but them. */
export async function readVerdicts(db: Kysely<Schema>, accountIds: readonly string[]): Promise<Verdicts> {
  const verdicts = { settlements: [], exceptions: [], coverage: [] } as {
    settlements: SettlementVerdict[];
    exceptions: ExceptionVerdict[];
    coverage: CoverageVerdict[];
  };
  for (const accountId of accountIds) {
    for (const one of await settlements(db, accountId)) verdicts.settlements.push(one);
    // Not spread: there may be more of them than a call takes arguments.
    for (const one of await exceptions(db, accountId)) verdicts.exceptions.push(one);
    for (const one of await coverage(db, accountId)) verdicts.coverage.push(one);
  }
  return verdicts;
}
