import { groupBy } from "@amazon-pay-kit/backports";
import { type Matching, MATCH_RULES } from "./match-rules.ts";
import {
  byOccurrence,
  byPosting,
  type MatchGroup,
  type RecordCandidate,
  type RowCandidate,
} from "./match-candidates.ts";

/** What came of matching some rows and records. */
export interface MatcherResult {
  readonly groups: readonly MatchGroup[];
  readonly rows: readonly RowCandidate[];
  readonly records: readonly RecordCandidate[];
}

/**
 * Matches rows with records, rule by rule. What a rule has paired is out of the game for those below.
 *
 * The result depends on the rows and records alone, not on the order in which they came.
 */
export function match(rows: readonly RowCandidate[], records: readonly RecordCandidate[]): MatcherResult {
  const groups: MatchGroup[] = [];
  let openRows = rows.toSorted(byPosting);
  let openRecords = records.toSorted(byOccurrence);
  for (const rule of MATCH_RULES) {
    if (openRows.length === 0 || openRecords.length === 0) break;
    const found = byRule(rule, openRows, openRecords);
    if (found.length === 0) continue;
    for (const group of found) groups.push(group);
    const usedRows = new Set(found.flatMap((group) => group.rows));
    const usedRecords = new Set(found.flatMap((group) => group.records));
    openRows = openRows.filter((row) => !usedRows.has(row));
    openRecords = openRecords.filter((record) => !usedRecords.has(record));
  }
  return { groups, rows: openRows, records: openRecords };
}

function byRule(rule: Matching, rows: readonly RowCandidate[], records: readonly RecordCandidate[]): MatchGroup[] {
  const recordsByKey = groupBy(records, rule.recordKey);
  const groups: MatchGroup[] = [];
  for (const [key, some] of groupBy(rows, rule.rowKey)) {
    const counterparts = recordsByKey.get(key);
    if (counterparts !== undefined) groups.push(...pairUp(rule, some, counterparts));
  }
  return groups;
}

function total(candidates: readonly { readonly amount: bigint }[]): bigint {
  return candidates.reduce((sum, candidate) => sum + candidate.amount, 0n);
}

/** Attempts that failed and orders that were canceled are meant only where there is nothing else. */
function doneFirst(records: readonly RecordCandidate[]): readonly RecordCandidate[] {
  const done = records.filter((record) => record.done);
  return done.length === 0 ? records : done;
}

/**
 * Pairs the rows and records that share a key: equal amounts first, one to one; then, currency by currency, everything
 * left if it adds up to the same (partial captures, split refunds); then, where the rule allows it, one with all that is
 * left on the other side.
 */
function pairUp(rule: Matching, rows: readonly RowCandidate[], records: readonly RecordCandidate[]): MatchGroup[] {
  const groups: MatchGroup[] = [];
  const waiting = groupBy(records, (record) => `${record.currency} ${record.amount}`);
  const leftRows: RowCandidate[] = [];
  for (const row of rows) {
    const record = waiting.get(`${row.currency} ${row.amount}`)?.shift();
    if (record === undefined) leftRows.push(row);
    else groups.push({ rows: [row], records: [record], rule: rule.rule });
  }
  let openRows = leftRows;
  let openRecords = [...waiting.values()].flat().sort(byOccurrence);
  for (const [currency, some] of groupBy(leftRows, (row) => row.currency)) {
    const same = openRecords.filter((record) => record.currency === currency);
    const others = [doneFirst(same), same].find((few) => few.length > 0 && total(some) === total(few));
    if (others === undefined) continue;
    groups.push({ rows: some, records: others, rule: rule.rule });
    openRows = openRows.filter((row) => row.currency !== currency);
    openRecords = openRecords.filter((record) => !others.includes(record));
  }
  if (rule.amounts === "any" && openRows.length > 0 && openRecords.length > 0) {
    const meant = doneFirst(openRecords);
    if (openRows.length === 1 || meant.length === 1) {
      groups.push({ rows: openRows, records: meant, rule: rule.rule });
    }
  }
  return groups;
}
