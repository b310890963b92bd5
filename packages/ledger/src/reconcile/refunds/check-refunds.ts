import { formatAmount } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { LIVE } from "../exceptions/status.ts";
import { refundExceedsCapture } from "../../rules/refund-exceeds-capture.ts";
import { refundOrphan } from "../../rules/refund-orphan.ts";
import type { Finding } from "../finding.ts";
import { placeOf } from "../matching/component.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";
import { refundCeiling } from "./ceiling.ts";
import { booksBegin, type HistoryStart, mayPredateBooks } from "../step/history.ts";
import {
  doubtfulRefunds,
  chargesOfOrders,
  type FamilyRow,
  knownCharges,
  knownOrders,
  ordersAt,
  rowsByTransaction,
  rowsOfOrders,
} from "./refund-family.ts";
import { message } from "../../rules/index.ts";

const CODES = [refundOrphan.code, refundExceedsCapture.code];

/**
 * Judges the refunds of some settlement files, with everything of their orders. What stands in doubt since an earlier run is judged
 * by {@link checkDoubtfulRefunds}, also where it is in order by now.
 */
export async function checkRefundsOf(
  step: Step,
  fileIds: readonly number[],
  excluded: ReadonlySet<string>,
): Promise<void> {
  await judge(step, await doubtfulRefunds(step, fileIds, await ordersAt(step, excluded)), excluded);
}

/** Judges the refunds that some refund reports are about: they tell the charge of a refund. */
export async function checkReportedRefunds(
  step: Step,
  fileIds: readonly number[],
  excluded: ReadonlySet<string>,
): Promise<void> {
  const ids = await inChunks(fileIds, async (some) => {
    const { rows } = await sql<{ id: string | null }>`
      select object_id as id from transaction_row
      where account_id = ${step.accountId} and file_id in (${sql.join(some)}) and kind = 'refund'
    `.execute(step.db);
    return rows;
  });
  const found = await rowsByTransaction(step, [...new Set(ids.map((row) => row.id).filter((id) => id !== null))]);
  await judge(
    step,
    found.filter((row) => row.typeKey === "refund"),
    excluded,
  );
}

/** Judges the refunds again that stand in doubt: a capture or a record that came later may clear them. */
export async function checkDoubtfulRefunds(step: Step, excluded: ReadonlySet<string>): Promise<void> {
  const doubtful = await step.db
    .selectFrom("exception")
    .select("transaction_id")
    .where("account_id", "=", step.accountId)
    .where("status", "in", [...LIVE])
    .where("code", "in", [...CODES])
    .where("transaction_id", "is not", null)
    .execute();
  const found = await rowsByTransaction(
    step,
    doubtful.map((row) => row.transaction_id ?? ""),
  );
  await judge(
    step,
    found.filter((row) => row.typeKey === "refund"),
    excluded,
  );
}

async function judge(step: Step, refunds: readonly FamilyRow[], excluded: ReadonlySet<string>): Promise<void> {
  if (refunds.length === 0) return;
  const orders = refunds.map((row) => row.permissionId).filter((id) => id !== null);
  const relatives = await rowsOfOrders(step, orders);
  const rows = new Map([...refunds, ...relatives].map((row) => [placeOf(row), row]));
  const counted = [...rows.values()].filter((row) => !excluded.has(placeOf(row)));
  const judged = counted.filter((row) => row.typeKey === "refund");
  const captures = counted.filter((row) => row.typeKey === "capture");
  const findings = [...(await orphans(step, judged, captures)), ...excesses(judged, captures)];
  const scope = [...rows.values()].filter((row) => row.typeKey === "refund");
  await replaceFindings(step, { codes: CODES, rows: scope }, findings);
}

async function orphans(
  step: Step,
  refunds: readonly FamilyRow[],
  captures: readonly FamilyRow[],
): Promise<readonly Finding[]> {
  const ordersWithCapture = new Set(captures.map((row) => row.permissionId));
  const lonely = refunds.filter((row) => row.permissionId === null || !ordersWithCapture.has(row.permissionId));
  if (lonely.length === 0) return [];
  const parents = lonely.map((row) => row.parentId).filter((id) => id !== null);
  const settled = new Set((await rowsByTransaction(step, parents)).map((row) => row.transactionId));
  const charges = await knownCharges(step, parents);
  const orders = await knownOrders(
    step,
    lonely.map((row) => row.permissionId).filter((id) => id !== null),
  );
  const own = await chargesOfOrders(
    step,
    lonely.map((row) => row.orderId).filter((id) => id !== null),
  );
  const recorded = (row: FamilyRow): boolean =>
    own.some(
      (charge) =>
        charge.orderId === row.orderId &&
        charge.currency === row.currency &&
        -row.amountMinor <= refundCeiling(charge.amountMinor, charge.currency),
    );
  const begin = await booksBegin(step);
  return lonely.flatMap((row) => {
    if (row.parentId !== null && (settled.has(row.parentId) || charges.has(row.parentId))) return [];
    if (row.permissionId !== null && orders.has(row.permissionId)) return [];
    if (recorded(row)) return [];
    return orphan(step, row, begin.get(row.currency) ?? null);
  });
}

function orphan(step: Step, row: FamilyRow, begin: HistoryStart | null): Finding[] {
  if (mayPredateBooks(row.postedAt, begin, step.settings)) return [];
  const amount = formatAmount(row.amountMinor, row.currency);
  return [
    about(row, {
      code: refundOrphan.code,
      subject: subject.row(row.contentHash, row.line),
      amount: row.amountMinor,
      messages:
        row.parentId === null
          ? message("refund.orphan", { amount })
          : message("refund.orphan.named", { amount, charge: row.parentId }),
    }),
  ];
}

function about(row: FamilyRow, finding: Pick<Finding, "code" | "subject" | "amount" | "messages">): Finding {
  return {
    ...finding,
    settlementId: row.settlementId,
    transactionId: row.transactionId,
    fileId: row.fileId,
    line: row.line,
    currency: row.currency,
  };
}

/**
 * Refunds above the ceiling of what they belong to: of one charge where the refund reports tell it for all refunds of an
 * order, else of all captures of the order together.
 */
function excesses(refunds: readonly FamilyRow[], captures: readonly FamilyRow[]): readonly Finding[] {
  const capturesOf = groupBy(captures, (row) => row.permissionId);
  const findings: Finding[] = [];
  for (const [permissionId, some] of groupBy(refunds, (row) => row.permissionId)) {
    const own = capturesOf.get(permissionId) ?? [];
    const settled = new Set(own.map((row) => row.transactionId));
    const exact = some.every((row) => row.parentId !== null && settled.has(row.parentId));
    const families = exact ? groupBy(some, (row) => row.parentId) : new Map([[permissionId, some]]);
    for (const [parent, members] of families) {
      const charges = exact ? own.filter((row) => row.transactionId === parent) : own;
      const finding = excess(parent, members, charges);
      if (finding !== null) findings.push(finding);
    }
  }
  return findings;
}

function excess(parent: string, refunds: readonly FamilyRow[], captures: readonly FamilyRow[]): Finding | null {
  const currency = captures[0]?.currency;
  if (currency === undefined || [...refunds, ...captures].some((row) => row.currency !== currency)) return null;
  const captured = captures.reduce((sum, row) => sum + row.amountMinor, 0n);
  const ceiling = captures.reduce((sum, row) => sum + refundCeiling(row.amountMinor, currency), 0n);
  let refunded = 0n;
  let crossing: FamilyRow | null = null;
  for (const row of refunds.toSorted(inTime)) {
    refunded -= row.amountMinor;
    if (refunded > ceiling) crossing ??= row;
  }
  if (crossing === null) return null;
  const text = (minor: bigint): string => formatAmount(minor, currency);
  return about(crossing, {
    code: refundExceedsCapture.code,
    subject: subject.refundsOf(parent),
    amount: refunded - ceiling,
    messages: message("refund.exceeds-capture", {
      refunded: text(refunded),
      captured: text(captured),
      charge: parent,
      ceiling: text(ceiling),
    }),
  });
}

function inTime(left: FamilyRow, right: FamilyRow): number {
  return left.postedAt - right.postedAt || left.fileId - right.fileId || left.line - right.line;
}
