import { sql } from "kysely";
import { chunks, inChunks } from "../../store/chunks.ts";
import type { Step } from "../step/step.ts";
import { ownReference } from "./match-rules.ts";
import type { MatchKind, RecordCandidate, RowCandidate } from "./match-candidates.ts";
import { isFinal, recordCandidates, rowCandidates } from "./candidates-in-store.ts";

/** A value that this many rows or records share names nothing: a constant, or the name of the shop. */
const TOO_COMMON = 1000;

/** Rows and records that share keys, directly or through each other, and are not paired for good. */
export interface Component {
  readonly rows: readonly RowCandidate[];
  readonly records: readonly RecordCandidate[];
}

/** Identity of a row in the books. */
export function placeOf(row: { readonly fileId: number; readonly line: number }): string {
  return `${row.fileId}:${row.line}`;
}

/** The place behind what {@link placeOf} gives. */
export function placeAt(text: string): { readonly fileId: number; readonly line: number } {
  const [fileId, line] = text.split(":");
  return { fileId: Number(fileId), line: Number(line) };
}

interface Key {
  /** Column of both tables. */
  readonly column: "reference_id" | "permission_id" | "order_id" | "transaction_id";
  readonly ofRow: (row: RowCandidate) => string | null;
  readonly member: "referenceId" | "permissionId" | "orderId" | "transactionId";
}

/** The columns by which rows and records find each other. */
const KEYS: readonly Key[] = [
  { column: "reference_id", ofRow: ownReference, member: "referenceId" },
  { column: "permission_id", ofRow: (row) => row.permissionId, member: "permissionId" },
  { column: "order_id", ofRow: (row) => row.orderId, member: "orderId" },
  { column: "transaction_id", ofRow: (row) => row.transactionId, member: "transactionId" },
];

/**
 * Everything whose matching may change with the given rows and records: what shares a key with them, and with that, and
 * so on. Matching it anew gives the same result as matching the whole books anew.
 *
 * @param excluded places of rows that take no part (duplicates)
 */
export async function componentOf(
  step: Step,
  kind: MatchKind,
  seeds: Component,
  excluded: ReadonlySet<string>,
): Promise<Component> {
  const rows = new Map<string, RowCandidate>();
  const records = new Map<number, RecordCandidate>();
  const asked = new Map(KEYS.map((key) => [key, new Set<string>()]));
  const crowds = new Map(KEYS.map((key) => [key, new Set<string>()]));
  let fresh = seeds;
  while (fresh.rows.length > 0 || fresh.records.length > 0) {
    for (const row of fresh.rows) rows.set(placeOf(row), row);
    for (const record of fresh.records) records.set(record.recordId, record);
    const next = { rows: new Map<string, RowCandidate>(), records: new Map<number, RecordCandidate>() };
    for (const key of KEYS) {
      const wanted = newValues(fresh, key, asked.get(key) ?? new Set());
      const crowded = await crowdsAmong(step, key, wanted);
      for (const value of crowded) crowds.get(key)?.add(value);
      for (const some of chunks(wanted.filter((value) => !crowded.has(value)))) {
        const list = sql.join(some);
        for (const row of await rowCandidates(
          step.db,
          step.accountId,
          kind,
          sql`r.${sql.ref(key.column)} in (${list})`,
        )) {
          const place = placeOf(row);
          if (!isFinal(row.rule) && !excluded.has(place) && !rows.has(place)) next.rows.set(place, row);
        }
        const own = await recordCandidates(step.db, step.accountId, kind, sql`c.${sql.ref(key.column)} in (${list})`);
        for (const record of own) {
          if (!isFinal(record.rule) && !records.has(record.recordId)) next.records.set(record.recordId, record);
        }
      }
    }
    fresh = { rows: [...next.rows.values()], records: [...next.records.values()] };
  }
  return {
    rows: [...rows.values()].map((row) => withoutCrowds(row, crowds)),
    records: [...records.values()].map((record) => withoutCrowds(record, crowds)),
  };
}

function newValues(fresh: Component, key: Key, asked: Set<string>): string[] {
  const values = [...fresh.rows.map(key.ofRow), ...fresh.records.map((record) => record[key.member])];
  const wanted = new Set(values.filter((value): value is string => value !== null && !asked.has(value)));
  for (const value of wanted) asked.add(value);
  return [...wanted];
}

/** Values that too many rows or records share. */
async function crowdsAmong(step: Step, key: Key, values: readonly string[]): Promise<ReadonlySet<string>> {
  const column = sql.ref(key.column);
  const crowded = await inChunks(values, async (some) => {
    const list = sql.join(some);
    const { rows } = await sql<{ value: string }>`
      select ${column} as value from settlement_row where account_id = ${step.accountId} and ${column} in (${list})
      group by ${column} having count(*) > ${TOO_COMMON}
      union
      select ${column} as value from record where account_id = ${step.accountId} and ${column} in (${list})
      group by ${column} having count(*) > ${TOO_COMMON}
    `.execute(step.db);
    return rows;
  });
  return new Set(crowded.map((row) => row.value));
}

function withoutCrowds<Candidate extends RowCandidate | RecordCandidate>(
  candidate: Candidate,
  crowds: ReadonlyMap<Key, ReadonlySet<string>>,
): Candidate {
  let plain = candidate;
  for (const [key, values] of crowds) {
    const value = candidate[key.member];
    if (value !== null && values.has(value)) plain = { ...plain, [key.member]: null };
  }
  return plain;
}
