import { inChunks } from "../../store/chunks.ts";
import { rowFeeSum } from "../../rules/row-fee-sum.ts";
import { rowNet } from "../../rules/row-net.ts";
import { rowOutsideWindow } from "../../rules/row-outside-window.ts";
import { rowUnreadable } from "../../rules/row-unreadable.ts";
import type { CheckedFile, CheckedRow } from "../../rules/row-check.ts";
import { settlementMixedId } from "../../rules/settlement-mixed-id.ts";
import { transactionUnknownType } from "../../rules/transaction-unknown-type.ts";
import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";
import type { FileGroup } from "./file-groups.ts";
import { hasSuspects, suspectRows } from "./suspect-rows.ts";
import { say, type Said } from "../../rules/sentences/say.ts";

/** The checks that need nothing but a row and its file. */
const ROW_CHECKS = [rowFeeSum, rowNet, rowOutsideWindow, transactionUnknownType] as const;

/** Codes of everything that is found by looking at one file alone. */
export const FILE_CODES = [...ROW_CHECKS, rowUnreadable, settlementMixedId].map((check) => check.code);

/** What the row checks say about one row. */
function judgeRow(row: CheckedRow, file: CheckedFile): Finding[] {
  const findings: Finding[] = [];
  for (const check of ROW_CHECKS) {
    const verdict = check.judge(row, file);
    if (verdict === null) continue;
    findings.push({
      code: check.code,
      subject: subject.row(file.contentHash, row.line),
      settlementId: file.settlementId,
      transactionId: row.transactionId,
      fileId: row.fileId,
      line: row.line,
      amount: verdict.amount,
      currency: row.currency,
      says: verdict.says,
    });
  }
  return findings;
}

/** Everything that one file shows by itself: rows that do not add up, that cannot be read, that name other settlements. */
export async function checkFile(step: Step, file: CheckedFile, groups: readonly FileGroup[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (hasSuspects(groups, file)) {
    for (const row of await suspectRows(step.db, step.accountId, file)) findings.push(...judgeRow(row, file));
  }
  const mixed = mixedIds(file, groups);
  if (mixed !== null) findings.push(mixed);
  return findings;
}

function mixedIds(file: CheckedFile, groups: readonly FileGroup[]): Finding | null {
  const unknownRows = groups.filter((group) => group.settlementId !== file.settlementId);
  if (unknownRows.length === 0) return null;
  const currency = unknownRows[0]?.currency ?? null;
  const rows = unknownRows.reduce((sum, group) => sum + group.rows, 0);
  const ids = [...new Set(unknownRows.map((group) => group.settlementId))];
  return {
    code: settlementMixedId.code,
    subject: subject.file(file.contentHash),
    settlementId: file.settlementId,
    transactionId: null,
    fileId: file.fileId,
    line: Math.min(...unknownRows.map((group) => group.firstLine)),
    amount: unknownRows.filter((group) => group.currency === currency).reduce((sum, group) => sum + group.netMinor, 0n),
    currency,
    says: namesOthers(rows, ids, file.settlementId),
  };
}

const NAMED = 3;

function namesOthers(rows: number, all: readonly string[], settlement: string): Said {
  const ids = all.slice(0, NAMED).join(", ");
  if (rows === 1) return say("settlement.mixed-id.one", { ids, settlement });
  if (all.length <= NAMED) return say("settlement.mixed-id.some", { rows: String(rows), ids, settlement });
  const others = String(all.length - NAMED);
  return say("settlement.mixed-id.many", { rows: String(rows), ids, others, settlement });
}

/** The rows of some files that the reader could not read. */
export async function unreadableRows(step: Step, files: ReadonlyMap<number, CheckedFile>): Promise<Finding[]> {
  const errors = await inChunks(files.keys(), (some) =>
    step.db
      .selectFrom("row_error")
      .select(["file_id", "line", "code", "message"])
      .where("account_id", "=", step.accountId)
      .where("file_id", "in", [...some])
      .where("error", "=", 0)
      .orderBy("file_id")
      .orderBy("line")
      .execute(),
  );
  return errors.flatMap((error) => {
    const file = files.get(error.file_id);
    if (file === undefined) return [];
    return {
      code: rowUnreadable.code,
      subject: subject.row(file.contentHash, error.line),
      settlementId: file.settlementId,
      transactionId: null,
      fileId: error.file_id,
      line: error.line,
      amount: null,
      currency: null,
      says: say("row.unreadable", { line: String(error.line), why: error.message, code: error.code }),
    };
  });
}
