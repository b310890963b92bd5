import { DAY } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { readMark, setMarks } from "../step/marks.ts";
import type { Step } from "../step/step.ts";
import { placeOf } from "./component.ts";
import { CONTAINS_WINDOW, pairContaining } from "./contains.ts";
import type { Touched } from "./match-unmatched.ts";
import { forgetContaining, keepPairs } from "./settle-component.ts";
import type { MatchKind } from "./match-candidates.ts";
import { recordCandidates, rowCandidates } from "./candidates-in-store.ts";

/** Times are looked at again in stretches of at most this length, so that memory does not grow with the books. */
const STRETCH = 30 * DAY;

/** Stretches of time that cover all the given times. */
function stretchesOf(times: readonly number[], length: number = STRETCH): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const time of times.toSorted((left, right) => left - right)) {
    const last = stretches.at(-1);
    if (last === undefined || time > last.from + length) stretches.push({ from: time, to: time });
    else last.to = time;
  }
  return stretches;
}

/**
 * The last rule: pairs by ids that contain each other, around the times at which anything has changed.
 *
 * A new row or record can make its candidates ambiguous, and those make theirs, so that rows up to two windows away are
 * judged anew, and everything up to four windows away is looked at for it.
 */
export async function matchContained(step: Step, touched: Touched, excluded: ReadonlySet<string>): Promise<void> {
  for (const kind of ["charge", "refund"] as const) {
    for (const stretch of stretchesOf(touched.times)) await judgeStretch(step, kind, stretch, excluded, touched);
  }
}

async function judgeStretch(
  step: Step,
  kind: MatchKind,
  { from, to }: { readonly from: number; readonly to: number },
  excluded: ReadonlySet<string>,
  touched: Touched,
): Promise<void> {
  const near = (windows: number): [number, number] => [
    from - windows * CONTAINS_WINDOW,
    to + windows * CONTAINS_WINDOW,
  ];
  const [first, last] = near(4);
  if (!(await mayChange(step, kind, first, last))) return;
  const open = sql`(select 1 from row_match m where m.account_id = c.account_id and m.counterpart = 'record'
    and m.counterpart_id = cast(c.record_id as text) and m.rule <> 'contains')`;
  const records = await recordCandidates(
    step.db,
    step.accountId,
    kind,
    sql`c.occurred_at between ${first} and ${last} and (c.order_id is not null or c.reference_id is not null)
      and not exists ${open}`,
  );
  if (records.length === 0) return;
  const other = sql`(select 1 from row_match m where m.account_id = r.account_id and m.file_id = r.file_id
    and m.line = r.line and m.counterpart = 'record' and m.rule <> 'contains')`;
  const found = await rowCandidates(
    step.db,
    step.accountId,
    kind,
    sql`r.posted_at between ${first} and ${last} and (r.order_id is not null or r.reference_id is not null)
      and not exists ${other}`,
  );
  const rows = found.filter((row) => !excluded.has(placeOf(row)));
  const [begin, end] = near(2);
  const judged = rows.filter((row) => row.postedAt >= begin && row.postedAt <= end);
  const groups = pairContaining(rows, records).filter((group) => {
    const [row] = group.rows;
    return row !== undefined && row.postedAt >= begin && row.postedAt <= end;
  });
  const paired = new Set(groups.flatMap((group) => group.rows.map(placeOf)));
  const before = judged.filter((row) => row.rule === "contains");
  for (const row of [...before, ...judged.filter((one) => paired.has(placeOf(one)))])
    touched.rows.set(placeOf(row), row);
  await forgetContaining(step, before);
  await keepPairs(step, groups);
  if (groups.length > 0) await setMarks(step, [USED], "yes");
}

/** Set once the rule has paired anything: before that, only an unpaired record can make a difference. */
const USED = "contains-used";

async function mayChange(step: Step, kind: MatchKind, first: number, last: number): Promise<boolean> {
  const open = await step.db
    .selectFrom("open_item")
    .select("counterpart_id")
    .where("account_id", "=", step.accountId)
    .where("occurred_at", ">=", first)
    .where("occurred_at", "<=", last)
    .where("counterpart", "=", "record")
    .where("kind", "=", kind)
    .limit(1)
    .executeTakeFirst();
  return open !== undefined || (await readMark(step, USED)) !== null;
}
