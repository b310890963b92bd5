import { formatAmount } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { settlementReissued } from "../../rules/settlement-reissued.ts";
import { type SettlementVersion, versionsOf } from "../../store/rows/versions.ts";
import type { Finding } from "../finding.ts";
import type { Step } from "../step/step.ts";
import { message } from "../../rules/index.ts";
import type { Messages } from "../../rules/message.ts";
import { compareVersions, type VersionDifferences } from "./compare-versions.ts";
import { fileNames } from "./file-names.ts";

/** Figures that are named in the message; all of them are in the list of versions. */
const NAMED = 3;

function differing({ figures, rows, more }: VersionDifferences): Messages {
  const named = figures.slice(0, NAMED).flatMap(({ figure, currency, before, after }) =>
    message(`reissued.${figure}`, {
      before: formatAmount(before, currency),
      after: formatAmount(after, currency),
      currency,
    }),
  );
  const count = more ? `${rows.length}+` : String(rows.length);
  return [...named, ...message("reissued.rows", { rows: count })];
}

/** The version that the one that counts is compared with: the one that was accepted last, else the one before it. */
export function comparedWith(versions: readonly SettlementVersion[], counts: SettlementVersion): SettlementVersion {
  const others = versions.filter((version) => version !== counts);
  const accepted = others.findLast((version) => version.acceptedAt !== null);
  const before = versions.slice(0, versions.indexOf(counts)).at(-1);
  return accepted ?? before ?? others[0] ?? counts;
}

/** Raises, once for each settlement, that it was delivered again with other contents and nobody has decided. */
export async function checkReissued(step: Step): Promise<void> {
  const { rows } = await sql<{ settlementId: string }>`
    select settlement_id as "settlementId" from settlement_version where account_id = ${step.accountId}
    group by settlement_id having sum(case when counts = 1 and accepted_at is not null then 1 else 0 end) = 0
    order by settlement_id
  `.execute(step.db);
  const findings: Finding[] = [];
  for (const { settlementId } of rows) {
    const versions = await versionsOf(step.db, step.accountId, settlementId);
    const counts = versions.find((version) => version.counts);
    if (counts === undefined) continue;
    const before = comparedWith(versions, counts);
    const differences = await compareVersions(step.db, step.accountId, before, counts);
    const names = await fileNames(step.db, step.accountId, [before.fileId, counts.fileId]);
    const name = (version: SettlementVersion): string => names.get(version.fileId)?.shown ?? "";
    const [figure] = differences.figures;
    const row = differences.rows[0]?.after ?? null;
    findings.push({
      code: settlementReissued.code,
      subject: `reissued:${settlementId}:${(names.get(counts.fileId)?.contentHash ?? "").slice(0, 16)}`,
      settlementId,
      transactionId: null,
      fileId: counts.fileId,
      line: row?.line ?? null,
      amount: figure === undefined ? null : figure.after - figure.before,
      currency: figure?.currency ?? null,
      messages: [
        ...message("settlement.reissued", { file: name(counts), before: name(before) }),
        ...differing(differences),
        ...message("reissued.accept", { settlement: settlementId }),
      ],
    });
  }
  await replaceFindings(step, { codes: [settlementReissued.code] }, findings);
}
