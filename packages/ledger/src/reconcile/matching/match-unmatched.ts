import { sql } from "kysely";
import { chunks } from "../../store/chunks.ts";
import { closeRecords, openRecordsById } from "../ageing/open-items.ts";
import type { Step } from "../step/step.ts";
import type { InStep } from "../step/step.ts";
import { knownDuplicates } from "./duplicates.ts";
import { type Component, componentOf, placeOf } from "./component.ts";
import { forgetRecords, type Place, settleComponent } from "./settle-component.ts";
import type { MatchKind, RecordCandidate, RowCandidate } from "./match-candidates.ts";
import { recordCandidates, rowCandidates } from "./candidates-in-store.ts";

/** What changed while the list of rules was climbed: places of rows, and the times that the last rule has to look at again. */
export class Touched {
  readonly rows = new Map<string, Place>();
  readonly times: number[] = [];

  add(component: Component): void {
    for (const row of component.rows) {
      this.rows.set(placeOf(row), row);
      this.times.push(row.postedAt);
    }
    for (const record of component.records) this.times.push(record.occurredAt);
  }
}

const KINDS: readonly MatchKind[] = ["charge", "refund"];

const WITHOUT_PAIR = sql`not exists (select 1 from row_match m where m.account_id = r.account_id
  and m.file_id = r.file_id and m.line = r.line and m.counterpart = 'record')`;

/** Matches the rows of some files that the clean pairs have left over, and whatever hangs together with them. */
export async function matchRowsOf(
  step: Step,
  fileIds: readonly number[],
  excluded: ReadonlySet<string>,
  touched: Touched,
): Promise<void> {
  for (const kind of KINDS) {
    for (const some of chunks(fileIds)) {
      const condition = sql`r.file_id in (${sql.join(some)}) and ${WITHOUT_PAIR}`;
      const rows = await rowCandidates(step.db, step.accountId, kind, condition);
      await matchSeeds(step, kind, { rows, records: [] }, excluded, touched);
    }
  }
}

const RECORDS_AT_ONCE = 20_000;

/** Matches records anew that have been changed: what they were paired with is free again. */
export async function matchRevised(
  step: Step,
  recordIds: readonly number[],
  excluded: ReadonlySet<string>,
  touched: Touched,
): Promise<void> {
  for (const some of chunks(recordIds)) {
    for (const place of await forgetRecords(step, some)) touched.rows.set(placeOf(place), place);
    await closeRecords(step, some);
    for (const kind of KINDS) {
      const records = await recordCandidates(step.db, step.accountId, kind, sql`c.record_id in (${sql.join(some)})`);
      await matchSeeds(step, kind, { rows: [], records }, excluded, touched);
    }
  }
}

/** Matches the records of some imports that have no pair yet, a given number at a time, each part in a step of its own. */
export async function matchRecordsOf(inStep: InStep, importIds: readonly number[], touched: Touched): Promise<void> {
  for (const kind of KINDS) {
    for (const some of chunks(importIds)) {
      const [first = 0, last = 0] = [some[0], some.at(-1)];
      for (let after: RecordPlace | null = { importId: first, recordId: 0 }; after !== null;) {
        const from: RecordPlace = after;
        after = await inStep(async (step) => matchPart(step, kind, { from, last }, touched));
      }
    }
  }
}

/** A record in the order of the index by imports, so that each part is found where the one before ended. */
interface RecordPlace {
  readonly importId: number;
  readonly recordId: number;
}

async function matchPart(
  step: Step,
  kind: MatchKind,
  { from, last }: { readonly from: RecordPlace; readonly last: number },
  touched: Touched,
): Promise<RecordPlace | null> {
  const open = sql`c.import_id >= ${from.importId} and (c.import_id, c.record_id) > (${from.importId}, ${from.recordId})
    and not exists (select 1 from row_match m where m.account_id = c.account_id and m.counterpart = 'record'
      and m.counterpart_id = cast(c.record_id as text))`;
  const { rows } = await sql<RecordPlace>`
    select c.import_id as "importId", c.record_id as "recordId" from record c
    where c.account_id = ${step.accountId} and c.kind = ${kind} and ${open} and c.import_id <= ${last}
    order by c.import_id, c.record_id limit ${RECORDS_AT_ONCE}
  `.execute(step.db);
  const end = rows.at(-1);
  if (end === undefined) return null;
  const part = sql`${open} and c.import_id <= ${end.importId} and (c.import_id, c.record_id) <= (${end.importId}, ${end.recordId})`;
  const records = await recordCandidates(step.db, step.accountId, kind, part);
  await matchSeeds(step, kind, { rows: [], records }, await knownDuplicates(step), touched);
  return rows.length < RECORDS_AT_ONCE ? null : end;
}

const SEEDS_AT_ONCE = 20_000;

async function matchSeeds(
  step: Step,
  kind: MatchKind,
  seeds: { readonly rows: readonly RowCandidate[]; readonly records: readonly RecordCandidate[] },
  excluded: ReadonlySet<string>,
  touched: Touched,
): Promise<void> {
  const rows = seeds.rows.filter((row) => !excluded.has(placeOf(row)));
  const parts: Component[] = [
    ...[...chunks(rows, SEEDS_AT_ONCE)].map((some) => ({ rows: some, records: [] })),
    ...[...chunks(seeds.records, SEEDS_AT_ONCE)].map((some) => ({ rows: [], records: some })),
  ];
  for (const part of parts) {
    const component = await componentOf(step, kind, part, excluded);
    const freed = await settleComponent(step, component);
    for (const place of freed) touched.rows.set(placeOf(place), place);
    await openRecordsById(
      step,
      component.records.map((record) => record.recordId),
    );
    touched.add(component);
  }
}
