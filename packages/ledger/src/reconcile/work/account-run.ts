import { type Kysely, sql } from "kysely";
import { chunks } from "../../books/chunks.ts";
import { replaceFindings } from "../../exceptions/replace-findings.ts";
import { refreshCoverage } from "../../coverage/index.ts";
import { LIVE } from "../../exceptions/status.ts";
import { settleStatus } from "../../exceptions/settlement-status.ts";
import type { Schema } from "../../store/schema/index.ts";
import { checkUnsettled } from "../ageing/check-unsettled.ts";
import { closeSettled, openRecords, openReported } from "../ageing/open-items.ts";
import { keepForecasts } from "../ageing/keep-forecasts.ts";
import { checkChain } from "../chain/check-chain.ts";
import { captureUnknown } from "../checks/capture-unknown.ts";
import { matchAmount } from "../checks/match-amount.ts";
import { matchCurrency } from "../checks/match-currency.ts";
import { refundUnknown } from "../checks/refund-unknown.ts";
import { checkCoverage } from "../coverage/check-coverage.ts";
import { checkDeposits } from "../deposits/check-deposits.ts";
import { filesToAuditAgain } from "../fees/audit-again.ts";
import { auditFees } from "../fees/audit-fees.ts";
import { auditPlan } from "../fees/tariffs-of-account.ts";
import { checkMatchesAt, checkMatchesOf, type KeptPeriods } from "../matching/check-matches.ts";
import { pairFiles, pairImports, pairReports } from "../matching/clean-pairs.ts";
import { checkDuplicates, knownDuplicates } from "../matching/duplicates.ts";
import { surplusOf } from "../matching/surplus.ts";
import { keptPeriod, newParts, type Period } from "../matching/kept-period.ts";
import { matchContained } from "../matching/match-contained.ts";
import { matchRecordsOf, matchRevised, matchRowsOf, Touched } from "../matching/match-residue.ts";
import { forgetPairs, type Place } from "../matching/settle-component.ts";
import { checkDoubtfulRefunds, checkRefundsOf, checkReportedRefunds } from "../refunds/check-refunds.ts";
import { scanSettlements } from "../scan/scan-settlements.ts";
import { batches, type NewFile } from "./files.ts";
import { MARK, type Work } from "./find-work.ts";
import { fileMark, readMark, setMarks } from "./marks.ts";
import type { InStep, Step } from "./run.ts";

const idsOf = (files: readonly NewFile[]): number[] => files.map((file) => file.fileId);

/** Rows first: figures, row checks, fees, duplicates, and the pairs that leave no doubt. */
async function checkRows(step: Step, files: readonly NewFile[], hasRecords: boolean): Promise<void> {
  const settlements = await scanSettlements(step, files);
  const plan = auditPlan(step);
  if (plan !== null) await auditFees(step, plan, settlements);
  const twins = await checkDuplicates(step, idsOf(files));
  if (hasRecords) await pairFiles(step, idsOf(files));
  if (await hasAny(step.db, step.accountId, "transaction_row")) {
    for (const some of chunks(idsOf(files)))
      await pairReports(step, sql`r.file_id in (${sql.join(some)})`, "settlement rows");
  }
  const surplus = surplusOf(twins).map(({ twin }) => twin);
  if (surplus.length > 0) {
    await forgetPairs(step, surplus);
    const codes = [captureUnknown.code, refundUnknown.code, matchAmount.code, matchCurrency.code];
    await replaceFindings(step, { codes, rows: surplus }, []);
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

interface Judging {
  readonly kept: KeptPeriods;
  readonly before: KeptPeriods;
}

async function keptPeriods(step: Step): Promise<Judging> {
  const read = async (kind: "charge" | "refund"): Promise<Period | null> => {
    const mark = await readMark(step, `kept:${kind}`);
    return mark === null ? null : (JSON.parse(mark) as Period | null);
  };
  return {
    kept: {
      charge: await keptPeriod(step, "charge", step.settings.records),
      refund: await keptPeriod(step, "refund", step.settings.records),
    },
    before: { charge: await read("charge"), refund: await read("refund") },
  };
}

/** Places taken from the database at once. */
const PAGE = 5000;

/**
 * Places of captures and refunds of earlier runs that fall into the time for which there are records only now, page by page:
 * with the first records that may be every row there is.
 */
async function* newlyKept(step: Step, { kept, before }: Judging, fresh: readonly NewFile[]): AsyncGenerator<Place[]> {
  const freshIds = new Set(idsOf(fresh));
  const { count } = await step.db
    .selectFrom("file")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("account_id", "=", step.accountId)
    .where("kind", "=", "settlement")
    .where("loaded_at", "is not", null)
    .executeTakeFirstOrThrow();
  if (count <= freshIds.size) return;
  for (const [kind, type] of [
    ["charge", "capture"],
    ["refund", "refund"],
  ] as const) {
    for (const part of newParts(kept[kind], before[kind])) {
      let from: Place & { readonly postedAt: number } = { postedAt: part.from, fileId: -1, line: -1 };
      for (;;) {
        const { rows } = await sql<typeof from>`
          select file_id as "fileId", line, posted_at as "postedAt" from settlement_row
          where account_id = ${step.accountId} and posted_at >= ${from.postedAt} and posted_at <= ${part.to}
            and (posted_at, file_id, line) > (${from.postedAt}, ${from.fileId}, ${from.line}) and type_key = ${type}
          order by posted_at, file_id, line limit ${PAGE}
        `.execute(step.db);
        // The rows of fresh files have just been judged.
        yield rows.filter((row) => !freshIds.has(row.fileId));
        const last = rows.at(-1);
        if (last === undefined || rows.length < PAGE) break;
        from = last;
      }
    }
  }
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
  for (const some of chunks(recordImports, 20)) await inStep((step) => pairImports(step, some));
  const touched = new Touched();
  if (records.has) await matchRest(inStep, work, touched);
  await judgeMatches(inStep, work, touched, records.matters);
  const changed = settlementFiles.length + reportFiles.length + recordImports.length + work.revisedRecords.length > 0;
  for (const batch of batches(settlementFiles)) {
    await inStep(async (step) => checkRefundsOf(step, idsOf(batch), await knownDuplicates(step)));
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

async function judgeMatches(inStep: InStep, work: Work, touched: Touched, matters: boolean): Promise<void> {
  const reported = work.reportFiles.length > 0;
  if (!matters && !reported && work.settlementFiles.length === 0) return;
  const judging = await inStep(keptPeriods);
  for (const batch of batches(work.settlementFiles)) {
    await inStep(async (step) => checkMatchesOf(step, idsOf(batch), judging.kept, await knownDuplicates(step)));
  }
  await inStep(async (step) => {
    const duplicates = await knownDuplicates(step);
    const places = [
      ...touched.rows.values(),
      ...(await reportedPlaces(step, work)),
      ...(work.recordImports.length > 0 ? await knownByNow(step) : []),
    ];
    await checkMatchesAt(step, places, judging.kept, duplicates);
    for await (const some of newlyKept(step, judging, work.settlementFiles)) {
      await checkMatchesAt(step, some, judging.kept, duplicates);
    }
    await setMarks(step, ["kept:charge"], JSON.stringify(judging.kept.charge));
    await setMarks(step, ["kept:refund"], JSON.stringify(judging.kept.refund));
  });
}

/** Places of the rows that an earlier run had no record for, and that have one by now. */
async function knownByNow(step: Step): Promise<readonly Place[]> {
  const { rows } = await sql<Place>`
    select e.file_id as "fileId", e.line from exception e
    where e.account_id = ${step.accountId} and e.status in (${sql.join([...LIVE])})
      and e.code in (${captureUnknown.code}, ${refundUnknown.code}) and e.file_id is not null and e.line is not null
      and exists (select 1 from row_match m where m.account_id = e.account_id and m.file_id = e.file_id
        and m.line = e.line and m.counterpart = 'record')
  `.execute(step.db);
  return rows;
}

/** Places of the rows that new transaction reports are about. */
async function reportedPlaces(step: Step, work: Work): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const some of chunks(idsOf(work.reportFiles))) {
    // `cross join` keeps SQLite from starting with every pair of the account.
    const { rows } = await sql<Place>`
      select distinct m.file_id as "fileId", m.line from transaction_row t cross join row_match m
      where t.account_id = ${step.accountId} and t.file_id in (${sql.join(some)})
        and m.account_id = t.account_id and m.counterpart = 'transaction-report' and m.counterpart_id = t.object_id
    `.execute(step.db);
    for (const row of rows) places.push(row);
  }
  return places;
}

/** What concerns the account as a whole, and the marks that end a run. */
async function conclude(step: Step, work: Work, changed: boolean): Promise<void> {
  if (changed) {
    const duplicates = await knownDuplicates(step);
    await checkReportedRefunds(step, idsOf(work.reportFiles), duplicates);
    await checkDoubtfulRefunds(step, duplicates);
    await closeSettled(step);
  }
  if (work.settlementFiles.length > 0) await checkChain(step);
  await checkUnsettled(step);
  if (changed || work.bankChanged) await checkDeposits(step);
  await refreshCoverage(step.db, { accountId: step.accountId, now: step.now });
  await checkCoverage(step);
  await settleStatus(step.db, step.accountId);
  await keepForecasts(step);
  const files = [...work.settlementFiles, ...work.reportFiles, ...work.otherFiles];
  await setMarks(step, idsOf(files).map(fileMark), "done");
  await setMarks(step, [MARK.imports], String(work.lastImport));
  await setMarks(step, [MARK.bank], work.bankMark);
  await setMarks(step, [MARK.settings], JSON.stringify(step.settings));
  await setMarks(step, [MARK.running], "no");
}
