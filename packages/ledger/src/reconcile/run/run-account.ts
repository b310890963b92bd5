import { type Kysely, sql } from "kysely";
import { chunks } from "../../store/chunks.ts";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { refreshCoverage } from "../coverage/index.ts";
import { settleStatus } from "../exceptions/settlement-status.ts";
import type { Schema } from "../../store/schema/index.ts";
import { closeBeforeBooks, reopenInBooks } from "../ageing/before-books.ts";
import { checkUnsettled } from "../ageing/check-unsettled.ts";
import { closeSettled, openRecords, openReported } from "../ageing/open-items.ts";
import { keepForecasts } from "../ageing/keep-forecasts.ts";
import { checkChain } from "../continuity/check-continuity.ts";
import { captureUnknown } from "../../rules/capture-unknown.ts";
import { matchAmount } from "../../rules/match-amount.ts";
import { matchCurrency } from "../../rules/match-currency.ts";
import { matchStatus } from "../../rules/match-status.ts";
import { refundUnknown } from "../../rules/refund-unknown.ts";
import { checkCoverage } from "../coverage/check-coverage.ts";
import { checkDeposits } from "../deposits/check-deposits.ts";
import { filesNamedAgain, filesToAuditAgain } from "../fees/audit-again.ts";
import { auditFees } from "../fees/audit-fees.ts";
import { auditPlan } from "../fees/tariffs-of-account.ts";
import { pairFiles, pairImports, pairReports } from "../matching/clean-pairs.ts";
import { checkDuplicates, knownDuplicates } from "../matching/duplicates.ts";
import { extraOf } from "../matching/extra.ts";
import { matchContained } from "../matching/match-contained.ts";
import { matchRecordsOf, matchRevised, matchRowsOf, Touched } from "../matching/match-unmatched.ts";
import { forgetPairs } from "../matching/settle-component.ts";
import { checkDoubtfulRefunds, checkRefundsOf, checkReportedRefunds } from "../refunds/check-refunds.ts";
import { checkReturnedTwice } from "../refunds/check-returned-twice.ts";
import { applyBankRules } from "../bank-rules/apply-bank-rules.ts";
import { assignCauses } from "../causes/assign-causes.ts";
import { checkFeeInvoices } from "../fees/check-fee-invoices.ts";
import { checkPeriods } from "../periods/check-periods.ts";
import { identifyExceptions } from "../exceptions/identify.ts";
import { checkReissued } from "../versions/check-reissued.ts";
import { scanSettlements } from "../scan/scan-settlements.ts";
import { batches, idsOf, type NewFile } from "../step/files.ts";
import { MARK, type Work } from "./find-work.ts";
import { judgeMatches } from "./judge-matches.ts";
import { fileMark, setMarks } from "../step/marks.ts";
import type { InStep, Step } from "../step/step.ts";

/** Rows first: figures, row checks, fees, duplicates, and the pairs that leave no doubt. */
async function checkRows(step: Step, files: readonly NewFile[], hasRecords: boolean): Promise<void> {
  const settlements = await scanSettlements(step, files);
  const plan = auditPlan(step);
  if (plan !== null) await auditFees(step, plan, settlements);
  const duplicates = await checkDuplicates(step, idsOf(files));
  if (hasRecords) await pairFiles(step, idsOf(files));
  if (await hasAny(step.db, step.accountId, "transaction_row")) {
    for (const some of chunks(idsOf(files)))
      await pairReports(step, sql`r.file_id in (${sql.join(some)})`, "settlement rows");
  }
  const extra = extraOf(duplicates).map(({ duplicate }) => duplicate);
  if (extra.length > 0) {
    await forgetPairs(step, extra);
    const codes = [captureUnknown.code, refundUnknown.code, matchAmount.code, matchCurrency.code, matchStatus.code];
    await replaceFindings(step, { codes, rows: extra }, []);
  }
  await setMarks(step, idsOf(files).map(fileMark), "rows");
}

async function auditAgain(step: Step, files: readonly NewFile[]): Promise<void> {
  const plan = auditPlan(step);
  if (plan !== null) await auditFees(step, plan, await scanSettlements(step, files));
}

/** Whether an account has any row in a table. */
async function hasAny(db: Kysely<Schema>, accountId: string, table: "record" | "transaction_row"): Promise<boolean> {
  const { rows } = await sql<{ found: number }>`
    select 1 as found from ${sql.table(table)} where account_id = ${accountId} limit 1
  `.execute(db);
  return rows.length > 0;
}

async function countSettlements(step: Step): Promise<number> {
  const { count } = await step.db
    .selectFrom("file")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("account_id", "=", step.accountId)
    .where("kind", "=", "settlement")
    .where("loaded_at", "is not", null)
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * One run over one account: what is new, and what it touches. Each batch is a transaction, and the marks are set in it, so
 * that a run that dies is taken up where it was.
 */
export async function runAccount(inStep: InStep, work: Work): Promise<void> {
  const { settlementFiles, reportFiles, recordImports } = work;
  const records = await inStep(async (step) => ({
    has: await hasAny(step.db, step.accountId, "record"),
    matters: (await hasAny(step.db, step.accountId, "record")) || step.settings.records === "required",
  }));
  const unchecked = settlementFiles.filter((file) => !file.rowsChecked);
  for (const batch of batches(unchecked)) {
    await inStep((step) => checkRows(step, batch, records.has));
    const again = await inStep((step) => filesToAuditAgain(step, batch));
    for (const some of batches(again)) await inStep((step) => auditAgain(step, some));
  }
  for (const batch of batches(reportFiles)) {
    await inStep(async (step) => {
      await pairReports(step, sql`t.file_id in (${sql.join(idsOf(batch))})`, "report rows");
      await openReported(step, idsOf(batch));
    });
  }
  const named = await inStep((step) => filesNamedAgain(step, work, unchecked));
  for (const batch of batches(named)) await inStep((step) => auditAgain(step, batch));
  // Where every file of the account has just been paired with all records, nothing is left to be found from the other side.
  const all = records.has && (await inStep((step) => countSettlements(step))) === unchecked.length;
  if (!all) for (const some of chunks(recordImports, 20)) await inStep((step) => pairImports(step, some));
  if (settlementFiles.length > 0) await inStep(reopenInBooks);
  const touched = new Touched();
  if (records.has) await matchRest(inStep, work, touched);
  await judgeMatches(inStep, work, touched, records.matters);
  const changed = settlementFiles.length + reportFiles.length + recordImports.length + work.revisedRecords.length > 0;
  for (const batch of batches(settlementFiles)) {
    await inStep(async (step) => {
      await checkRefundsOf(step, idsOf(batch), await knownDuplicates(step));
    });
  }
  if (settlementFiles.length > 0) {
    await inStep(async (step) => checkReturnedTwice(step, idsOf(settlementFiles), await knownDuplicates(step)));
  }
  await inStep((step) => conclude(step, work, changed));
}

async function matchRest(inStep: InStep, work: Work, touched: Touched): Promise<void> {
  if (work.revisedRecords.length > 0) {
    await inStep(async (step) => matchRevised(step, work.revisedRecords, await knownDuplicates(step), touched));
  }
  for (const batch of batches(work.settlementFiles)) {
    await inStep(async (step) => matchRowsOf(step, idsOf(batch), await knownDuplicates(step), touched));
  }
  await matchRecordsOf(inStep, work.recordImports, touched);
  await inStep(async (step) => {
    await openRecords(step, work.recordImports);
    await matchContained(step, touched, await knownDuplicates(step));
  });
}

/** What concerns the account as a whole, and the marks that end a run. */
async function conclude(step: Step, work: Work, changed: boolean): Promise<void> {
  if (changed) {
    const duplicates = await knownDuplicates(step);
    await checkReportedRefunds(step, idsOf(work.reportFiles), duplicates);
    await checkDoubtfulRefunds(step, duplicates);
    await closeSettled(step);
    await closeBeforeBooks(step);
  }
  if (work.settlementFiles.length > 0) {
    await checkChain(step);
    await checkReissued(step);
  }
  await checkUnsettled(step);
  if (changed || work.bankChanged) await checkDeposits(step);
  await refreshCoverage(step.db, { accountId: step.accountId, now: step.now });
  await checkCoverage(step);
  await checkPeriods(step);
  await checkFeeInvoices(step);
  await identifyExceptions(step);
  await applyBankRules(step);
  await assignCauses(step);
  await settleStatus(step.db, step.accountId);
  await keepForecasts(step);
  const files = [...work.settlementFiles, ...work.reportFiles, ...work.otherFiles];
  await setMarks(step, idsOf(files).map(fileMark), "done");
  await setMarks(step, [MARK.imports], String(work.lastImport));
  await setMarks(step, [MARK.bank], work.bankMark);
  await setMarks(step, [MARK.settings], JSON.stringify(step.settings));
  await setMarks(step, [MARK.running], "no");
}
