import { formatInstant } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { LIVE } from "../exceptions/status.ts";
import { transactionDuplicate } from "../../rules/transaction-duplicate.ts";
import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";
import { placeOf } from "./component.ts";
import { extraOf, type Duplicate } from "./extra.ts";
import { message } from "../../rules/index.ts";

/** Finds duplicates among the rows of some files and everything that is in the books already. */
export async function checkDuplicates(step: Step, fileIds: readonly number[]): Promise<readonly Duplicate[]> {
  const shared = await inChunks(fileIds, async (some) => {
    const { rows } = await sql<{ transactionId: string }>`
      select r.transaction_id as "transactionId" from settlement_row r
      where r.account_id = ${step.accountId} and r.file_id in (${sql.join(some)})
        and exists (select 1 from settlement_row d where d.account_id = r.account_id
          and d.transaction_id = r.transaction_id and (d.file_id <> r.file_id or d.line <> r.line))
    `.execute(step.db);
    return rows;
  });
  if (shared.length === 0) return [];
  const ids = [...new Set(shared.map((row) => row.transactionId))];
  const duplicates = await inChunks(ids, async (some) => {
    const { rows } = await sql<Duplicate>`
      select r.file_id as "fileId", r.line, f.content_hash as "contentHash", s.settlement_id as "settlementId",
        r.transaction_id as "transactionId", r.posted_at as "postedAt", r.type, r.type_key as "typeKey", r.currency,
        r.net_minor as "netMinor"
      from settlement_row r
      join file f on f.account_id = r.account_id and f.file_id = r.file_id
      join settlement_file s on s.account_id = r.account_id and s.file_id = r.file_id
      where r.account_id = ${step.accountId} and r.transaction_id in (${sql.join(some)})
    `.execute(step.db);
    return rows;
  });
  const extra = extraOf(duplicates);
  const findings = extra.map(({ duplicate, first }): Finding => ({
    code: transactionDuplicate.code,
    subject: subject.row(duplicate.contentHash, duplicate.line),
    settlementId: duplicate.settlementId,
    transactionId: duplicate.transactionId,
    fileId: duplicate.fileId,
    line: duplicate.line,
    amount: duplicate.netMinor,
    currency: duplicate.currency,
    messages: message("transaction.duplicate", {
      type: duplicate.type,
      transaction: String(duplicate.transactionId),
      at: formatInstant(first.postedAt),
      settlement: first.settlementId,
      line: String(first.line),
    }),
  }));
  await replaceFindings(step, { codes: [transactionDuplicate.code], transactionIds: ids }, findings);
  const doubled = new Set(extra.map(({ duplicate }) => duplicate.transactionId));
  return duplicates.filter((duplicate) => doubled.has(duplicate.transactionId));
}

/** Places of the rows that are known to be duplicates: they take no part in matching. */
export async function knownDuplicates(step: Step): Promise<ReadonlySet<string>> {
  const rows = await step.db
    .selectFrom("exception")
    .select(["file_id", "line"])
    .where("account_id", "=", step.accountId)
    .where("code", "=", transactionDuplicate.code)
    .where("status", "in", [...LIVE])
    .execute();
  return new Set(rows.map((row) => placeOf({ fileId: row.file_id ?? 0, line: row.line ?? 0 })));
}
