import { DAY } from "@amazon-pay-kit/money";
import { ownReference } from "./match-rules.ts";
import type { MatchGroup, RecordCandidate, RowCandidate } from "./match-candidates.ts";

/** How far a row and a record may lie apart when only a part of an id speaks for them. */
export const CONTAINS_WINDOW = 7 * DAY;

/** Parts shorter than this say nothing. */
const SHORTEST = 4;

const SEPARATORS = /[^\p{L}\p{N}]+/u;

function letters(id: string): string {
  return id.toLowerCase().split(SEPARATORS).join("");
}

/**
 * The runs of neighbouring parts of an id, separators left out: `SHOP-100045-1` has `shop`, `100045`, `shop100045`,
 * `1000451`, `shop1000451`. One id contains another when the other is among its runs, so that `100045` is not
 * found inside `21000459`.
 */
export function runsOf(id: string): ReadonlySet<string> {
  const parts = id.toLowerCase().split(SEPARATORS).filter(Boolean).slice(0, 12);
  const runs = new Set<string>();
  for (let from = 0; from < parts.length; from += 1) {
    let run = "";
    for (const part of parts.slice(from)) {
      run += part;
      if (run.length >= SHORTEST) runs.add(run);
    }
  }
  return runs;
}

function idsOf(row: RowCandidate): string[] {
  return [row.orderId, ownReference(row)].filter((id) => id !== null);
}

function ownIdsOf(record: RecordCandidate): string[] {
  return [record.orderId, record.referenceId].filter((id) => id !== null);
}

/** Values by amount and by a text that speaks for them, so that nothing is compared with everything. */
function indexed<Candidate extends RowCandidate | RecordCandidate>(
  candidates: readonly Candidate[],
  words: (candidate: Candidate) => Iterable<string>,
): Map<string, Candidate[]> {
  const index = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const word of new Set(words(candidate))) {
      const key = `${candidate.currency} ${candidate.amount} ${word}`;
      const known = index.get(key);
      if (known === undefined) index.set(key, [candidate]);
      else known.push(candidate);
    }
  }
  return index;
}

/**
 * Pairs rows and records of the same amount and currency whose ids contain each other, within a week, and only where
 * neither has a second candidate: a part of an id is weak evidence, so what is ambiguous is left to people.
 */
export function pairContaining(rows: readonly RowCandidate[], records: readonly RecordCandidate[]): MatchGroup[] {
  const wholes = indexed(records, (record) =>
    ownIdsOf(record)
      .map(letters)
      .filter((id) => id.length >= SHORTEST),
  );
  const parts = indexed(records, (record) => ownIdsOf(record).flatMap((id) => [...runsOf(id)]));
  const candidates = new Map<RowCandidate, ReadonlySet<RecordCandidate>>();
  const suitors = new Map<RecordCandidate, number>();
  for (const row of rows) {
    const near = new Set<RecordCandidate>();
    const consider = (index: ReadonlyMap<string, readonly RecordCandidate[]>, word: string): void => {
      for (const record of index.get(`${row.currency} ${row.amount} ${word}`) ?? []) {
        if (Math.abs(record.occurredAt - row.postedAt) <= CONTAINS_WINDOW) near.add(record);
      }
    };
    for (const id of idsOf(row)) {
      for (const run of runsOf(id)) consider(wholes, run);
      consider(parts, letters(id));
    }
    if (near.size === 0) continue;
    const done = new Set([...near].filter((record) => record.done));
    const meant = done.size === 0 ? near : done;
    candidates.set(row, meant);
    for (const record of meant) suitors.set(record, (suitors.get(record) ?? 0) + 1);
  }
  const groups: MatchGroup[] = [];
  for (const [row, near] of candidates) {
    const [record] = near;
    if (record === undefined || near.size > 1 || suitors.get(record) !== 1) continue;
    groups.push({ rows: [row], records: [record], rule: "contains" });
  }
  return groups;
}
