import { sql } from "kysely";
import { LIVE } from "../exceptions/status.ts";
import { chunks } from "../../store/chunks.ts";
import { captureUnknown } from "../../rules/capture-unknown.ts";
import { refundUnknown } from "../../rules/refund-unknown.ts";
import { checkMatchesAt, checkMatchesOf, type KeptPeriods } from "../matching/check-matches.ts";
import { contradictedPlaces } from "../matching/check-statuses.ts";
import { knownDuplicates } from "../matching/duplicates.ts";
import { keptPeriod, newParts, type Period } from "../matching/kept-period.ts";
import type { Touched } from "../matching/match-unmatched.ts";
import type { Place } from "../matching/settle-component.ts";
import { batches, idsOf, type NewFile } from "../step/files.ts";
import type { Work } from "./find-work.ts";
import { readMark, setMarks } from "../step/marks.ts";
import type { InStep, Step } from "../step/step.ts";

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
 * Places of captures and refunds of earlier runs that fall into the time for which there are records only now, or no longer,
 * since a record has another date; page by page: with the first records that may be every row there is.
 */
async function* keptAnew(step: Step, { kept, before }: Judging, fresh: readonly NewFile[]): AsyncGenerator<Place[]> {
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
    const changed = [...newParts(kept[kind], before[kind]), ...newParts(before[kind], kept[kind])];
    for (const part of changed) {
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
 * Judges the pairs of captures and refunds that a run touches: rows of new files, rows whose pairs have changed, and rows of
 * earlier runs about which reports or records have come only now.
 *
 * @param matters whether a row without a record is an exception
 */
export async function judgeMatches(inStep: InStep, work: Work, touched: Touched, matters: boolean): Promise<void> {
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
      ...(await contradictedPlaces(step, work.recordImports)),
    ];
    await checkMatchesAt(step, places, judging.kept, duplicates);
    for await (const some of keptAnew(step, judging, work.settlementFiles)) {
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
