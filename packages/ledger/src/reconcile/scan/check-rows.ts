import { ROW_RULES } from "../../rules/rows/index.ts";
import { judgeRow } from "../../rules/rows/terms.ts";
import { inChunks } from "../../store/chunks.ts";
import { rowUnreadable } from "../../rules/row-unreadable.ts";
import type { CheckedFile } from "../../rules/rows/row-rule.ts";
import { settlementMixedId } from "../../rules/settlement-mixed-id.ts";
import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";
import type { FileGroup } from "./file-groups.ts";
import { hasSuspects, suspectRows } from "./suspect-rows.ts";
import { message } from "../../rules/index.ts";
import type { Messages } from "../../rules/message.ts";

/** Codes of everything that is found by looking at one file alone. */
export const FILE_CODES = [...ROW_RULES, rowUnreadable, settlementMixedId].map((rule) => rule.code);

/** Everything that one file shows by itself: rows that do not add up, that cannot be read, that name other settlements. */
export async function checkFile(step: Step, file: CheckedFile, groups: readonly FileGroup[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (hasSuspects(groups, file)) {
    for (const row of await suspectRows(step.db, step.accountId, file)) {
      for (const { rule, verdict } of judgeRow(ROW_RULES, row, file)) {
        findings.push({
          code: rule.code,
          subject: subject.row(file.contentHash, row.line),
          settlementId: file.settlementId,
          transactionId: row.transactionId,
          fileId: row.fileId,
          line: row.line,
          amount: verdict.amount,
          currency: row.currency,
          messages: verdict.messages,
        });
      }
    }
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
    messages: namesOthers(rows, ids, file.settlementId),
  };
}

const NAMED = 3;

function namesOthers(count: number, all: readonly string[], settlement: string): Messages {
  const ids = all.slice(0, NAMED).join(", ");
  if (all.length <= NAMED) return message("settlement.mixed-id", { rows: count, ids, settlement });
  return message("settlement.mixed-id.many", { rows: count, ids, others: all.length - NAMED, settlement });
}

/**
 * The rows of some files that the reader could not read. A file in which none can be read is of no settlement that is known:
 * its lines are all the more to be said, since nothing else would tell of it.
 */
export async function unreadableRows(
  step: Step,
  files: ReadonlyMap<number, Pick<CheckedFile, "contentHash"> & { readonly settlementId: string | null }>,
): Promise<Finding[]> {
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
      messages: message("row.unreadable", { line: String(error.line), why: error.message, code: error.code }),
    };
  });
}
