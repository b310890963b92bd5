import { formatInstant } from "@amazon-pay-kit/money";
import { reportKindOf } from "@amazon-pay-kit/reports";
import { replaceFindings } from "../../exceptions/replace-findings.ts";
import { reportLate } from "../checks/report-late.ts";
import { reportMissing } from "../checks/report-missing.ts";
import { reportQuarantined } from "../checks/report-quarantined.ts";
import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import type { Step } from "../work/run.ts";

const CODES = [reportMissing.code, reportLate.code, reportQuarantined.code];

/** Raises what is missing or late by the coverage, and the files that had to be put aside. */
export async function checkCoverage(step: Step): Promise<void> {
  const findings = [...(await holes(step)), ...(await quarantined(step))];
  await replaceFindings(step, { codes: CODES }, findings);
}

function about(finding: Pick<Finding, "code" | "subject" | "message">): Finding {
  return {
    ...finding,
    settlementId: null,
    transactionId: null,
    fileId: null,
    line: null,
    amount: null,
    currency: null,
  };
}

/**
 * Stretches without a report. A hole between two settlements that are both in the books is a `settlement.gap` and is not
 * said twice.
 */
async function holes(step: Step): Promise<Finding[]> {
  const stretches = await step.db
    .selectFrom("coverage")
    .selectAll()
    .where("account_id", "=", step.accountId)
    .where("status", "in", ["missing", "late"])
    .orderBy("report_type")
    .orderBy("from_at")
    .execute();
  if (stretches.length === 0) return [];
  const ends = await step.db
    .selectFrom("settlement")
    .select(({ fn }) => [fn.min<number>("end_at").as("first"), fn.max<number>("start_at").as("last")])
    .where("account_id", "=", step.accountId)
    .executeTakeFirst();
  return stretches.flatMap((stretch) => {
    const between =
      reportKindOf(stretch.report_type) === "settlement" &&
      stretch.from_at >= (ends?.first ?? Number.MAX_SAFE_INTEGER) &&
      stretch.to_at <= (ends?.last ?? 0);
    if (between) return [];
    const late = stretch.status === "late";
    return about({
      code: late ? reportLate.code : reportMissing.code,
      subject: subject.stretch(stretch.report_type, stretch.from_at),
      message:
        `no ${reportKindOf(stretch.report_type)} report covers ${formatInstant(stretch.from_at)} to ` +
        `${formatInstant(stretch.to_at)}${late ? " yet" : ""}`,
    });
  });
}

async function quarantined(step: Step): Promise<Finding[]> {
  const files = await step.db
    .selectFrom("file")
    .select(["file_id", "content_hash", "kind", "quarantine_code", "quarantine_message"])
    .where("account_id", "=", step.accountId)
    .where("quarantine_code", "is not", null)
    .orderBy("content_hash")
    .execute();
  return files.map((file) => ({
    ...about({
      code: reportQuarantined.code,
      subject: subject.file(file.content_hash),
      message: `the ${file.kind} file was put aside: ${file.quarantine_message ?? ""} (${file.quarantine_code ?? ""})`,
    }),
    fileId: file.file_id,
  }));
}
