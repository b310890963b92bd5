import { formatAmount } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { chunks, inChunks } from "../../store/chunks.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { matchCurrency } from "../../rules/match-currency.ts";
import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import { filesById } from "../step/files.ts";
import type { Step } from "../step/step.ts";
import { type Component, placeOf } from "./component.ts";
import { match } from "./matcher.ts";
import { sharesOf } from "./shares.ts";
import type { MatchGroup, RowCandidate } from "./match-candidates.ts";
import { message } from "../../rules/index.ts";

/** A row by its place in the books. */
export interface Place {
  readonly fileId: number;
  readonly line: number;
}

/**
 * Matches a component anew: what was paired in it before is forgotten, and the list of rules decides.
 *
 * @returns rows outside the component that lost their pair: the last rule has to look at them again
 */
export async function settleComponent(step: Step, component: Component): Promise<readonly Place[]> {
  const { groups } = match(component.rows, component.records);
  await forgetPairs(step, component.rows);
  const freed = await forgetRecords(
    step,
    component.records.map((record) => record.recordId),
  );
  await keepPairs(step, groups);
  await checkCurrencies(step, component.rows, groups);
  return freed;
}

/** Takes the pairs of some rows with records away. */
export async function forgetPairs(step: Step, rows: readonly Place[]): Promise<void> {
  for (const [fileId, some] of groupBy(rows, (row) => row.fileId)) {
    await inChunks(
      some.map((row) => row.line),
      (lines) =>
        step.db
          .deleteFrom("row_match")
          .where("account_id", "=", step.accountId)
          .where("file_id", "=", fileId)
          .where("line", "in", [...lines])
          .where("counterpart", "=", "record")
          .where("rule", "!=", "manual")
          .execute(),
    );
  }
}

/** Takes the pairs of some records away, wherever their rows are, and says which rows these are. */
export async function forgetRecords(step: Step, recordIds: readonly number[]): Promise<readonly Place[]> {
  const ids = recordIds.map(String);
  const freed = await inChunks(ids, (some) =>
    step.db
      .selectFrom("row_match")
      .select(["file_id as fileId", "line"])
      .where("account_id", "=", step.accountId)
      .where("counterpart", "=", "record")
      .where("counterpart_id", "in", [...some])
      .where("rule", "!=", "manual")
      .execute(),
  );
  if (freed.length > 0) await forgetPairs(step, freed);
  return freed;
}

/** Stores groups as pairs; those of one group share its name. */
export async function keepPairs(step: Step, groups: readonly MatchGroup[]): Promise<void> {
  const pairs = groups.flatMap((group) => {
    const alone = group.rows.length === 1 && group.records.length === 1;
    const name = alone ? null : String(Math.min(...group.records.map((record) => record.recordId)));
    return sharesOf(group).map((share) => ({
      account_id: step.accountId,
      file_id: share.row.fileId,
      line: share.row.line,
      counterpart: "record",
      counterpart_id: String(share.record.recordId),
      rule: group.rule,
      match_group: name,
      amount_minor: share.amount,
    }));
  });
  for (const some of chunks(pairs))
    await step.db
      .insertInto("row_match")
      .values([...some])
      .execute();
}

async function checkCurrencies(
  step: Step,
  rows: readonly RowCandidate[],
  groups: readonly MatchGroup[],
): Promise<void> {
  const foreign = groups.flatMap((group) =>
    group.rows.flatMap((row) => {
      const record = group.records.find((one) => one.currency !== row.currency);
      return record === undefined ? [] : [{ row, record, rule: group.rule }];
    }),
  );
  const files = await filesById(
    step.db,
    step.accountId,
    foreign.map(({ row }) => row.fileId),
  );
  const findings = foreign.map(({ row, record, rule }): Finding => ({
    code: matchCurrency.code,
    subject: subject.row(files.get(row.fileId)?.contentHash ?? "", row.line),
    settlementId: row.settlementId,
    transactionId: row.transactionId,
    fileId: row.fileId,
    line: row.line,
    amount: row.amount,
    currency: row.currency,
    messages: message("match.currency", {
      settled: `${formatAmount(row.amount, row.currency)} ${row.currency}`,
      own: `${formatAmount(record.amount, record.currency)} ${record.currency}`,
      rule,
    }),
  }));
  await replaceFindings(step, { codes: [matchCurrency.code], rows }, findings);
}

/** Forgets what the rule `contains` has paired on these rows. */
export async function forgetContaining(step: Step, rows: readonly Place[]): Promise<void> {
  const places = new Set(rows.map(placeOf));
  if (places.size === 0) return;
  for (const [fileId, some] of groupBy(rows, (row) => row.fileId)) {
    await inChunks(
      some.map((row) => row.line),
      async (lines) => {
        await sql`delete from row_match where account_id = ${step.accountId} and file_id = ${fileId}
          and line in (${sql.join(lines)}) and counterpart = 'record' and rule = 'contains'`.execute(step.db);
        return [];
      },
    );
  }
}
