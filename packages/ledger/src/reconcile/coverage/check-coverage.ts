import { formatInstant, HOUR } from "@amazon-pay-kit/money";
import { reportKindOf, reportTypeOf } from "@amazon-pay-kit/reports";
import { WITHDRAWN } from "../../store/rows/withdrawn.ts";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { reportLate } from "../../rules/report-late.ts";
import { reportMissing } from "../../rules/report-missing.ts";
import { reportQuarantined } from "../../rules/report-quarantined.ts";
import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";
import { message } from "../../rules/index.ts";

const CODES = [reportMissing.code, reportLate.code, reportQuarantined.code];

/** Raises what is missing or late by the coverage, and the files that had to be put aside. */
export async function checkCoverage(step: Step): Promise<void> {
  const findings = [...(await holes(step)), ...(await madeLate(step)), ...(await quarantined(step))];
  await replaceFindings(step, { codes: CODES }, findings);
}

function about(finding: Pick<Finding, "code" | "subject" | "messages">): Finding {
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

/** The usual length of a settlement, in milliseconds: the median; `null` without any. */
function usualLength(settlements: readonly Stretch[]): number | null {
  const lengths = settlements.map(({ from, to }) => to - from).sort((left, right) => left - right);
  return lengths[Math.floor(lengths.length / 2)] ?? null;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Stretches without a report. A hole between two settlements that are both in the books is a `settlement.gap`; where it is
 * too short for a settlement of its own there is no report missing, unless money moved in it. A file that was put aside is
 * said to be so, and not to be missing too.
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
  const settlements = await settlementWindows(step);
  const usual = usualLength(settlements) ?? 0;
  const aside = await windowsAside(step);
  const moved = await movedUnseen(step);
  return stretches.flatMap((stretch) => {
    const { from_at: from, to_at: to, report_type: type } = stretch;
    const short =
      reportKindOf(type) === "settlement" &&
      to - from < usual / 2 &&
      settlements.some((one) => one.to <= from) &&
      settlements.some((one) => one.from >= to) &&
      !moved.some((at) => at > from && at <= to + PAYOUT_LAG);
    if (short || aside.some((one) => one.type === type && one.from <= from && one.to >= to)) return [];
    const late = stretch.status === "late";
    return about({
      code: late ? reportLate.code : reportMissing.code,
      subject: subject.stretch(type, from),
      messages: message(late ? "report.awaited" : "report.missing", {
        report: reportKindOf(type),
        from: formatInstant(from),
        to: formatInstant(to),
      }),
    });
  });
}

/** A transfer is made when its settlement ends, or shortly after. */
const PAYOUT_LAG = HOUR;

/**
 * When money moved that no settlement in the books tells of: payouts of settlements that are not there, or, where no payouts
 * are known, captures and refunds that are not settled.
 */
async function movedUnseen({ db, accountId }: Step): Promise<readonly number[]> {
  const known = await db
    .selectFrom("disbursement")
    .select("settlement_id")
    .where("account_id", "=", accountId)
    .limit(1)
    .execute();
  if (known.length === 0) {
    const items = await db.selectFrom("open_item").select("occurred_at").where("account_id", "=", accountId).execute();
    return items.map((item) => item.occurred_at);
  }
  const payouts = await db
    .selectFrom("disbursement as paid")
    .select("paid.transferred_at")
    .where("paid.account_id", "=", accountId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("settlement as s")
            .select("s.settlement_id")
            .whereRef("s.account_id", "=", "paid.account_id")
            .whereRef("s.settlement_id", "=", "paid.settlement_id"),
        ),
      ),
    )
    .execute();
  return payouts.map((payout) => payout.transferred_at);
}

async function settlementWindows(step: Step): Promise<readonly Stretch[]> {
  const rows = await step.db
    .selectFrom("settlement")
    .select(["start_at", "end_at"])
    .where("account_id", "=", step.accountId)
    .execute();
  return rows.map((row) => ({ from: row.start_at ?? 0, to: row.end_at ?? 0 }));
}

async function windowsAside(step: Step): Promise<readonly (Stretch & { readonly type: string })[]> {
  const rows = await step.db
    .selectFrom("report")
    .select(["report_type", "window_start_at", "window_end_at"])
    .where("account_id", "=", step.accountId)
    .where("state", "=", "quarantined")
    .execute();
  return rows.map((row) => ({ type: row.report_type, from: row.window_start_at ?? 0, to: row.window_end_at ?? 0 }));
}

/** Beyond its usual lag, a report that is so much later has been delayed. */
const DELAYED = 12 * HOUR;

/**
 * Settlement reports that were made late, beside what is usual for the account. Only settlement reports: they are made by
 * themselves, while others may have been asked for at any time after their window.
 */
async function madeLate(step: Step): Promise<Finding[]> {
  const reports = await step.db
    .selectFrom("report")
    .select(["source", "report_id", "report_type", "window_start_at", "window_end_at", "created_at"])
    .where("account_id", "=", step.accountId)
    .where("report_type", "=", reportTypeOf("settlement"))
    // The date of a file in a folder says when somebody put it there, not when the service made the report.
    .where("source", "!=", "folder")
    .where("created_at", "is not", null)
    .where("window_end_at", "is not", null)
    .orderBy("window_end_at")
    .orderBy("report_id")
    .execute();
  const lags = reports.map((report) => (report.created_at ?? 0) - (report.window_end_at ?? 0));
  const usual = lags.toSorted((left, right) => left - right)[Math.floor(lags.length / 2)] ?? 0;
  return reports.flatMap((report, index) => {
    const lag = lags[index] ?? 0;
    if (lag <= usual + DELAYED) return [];
    const end = formatInstant(report.window_end_at ?? 0);
    return about({
      code: reportLate.code,
      subject: subject.stretch(report.report_type, report.window_start_at ?? 0),
      messages: message("report.made-late", { to: end, hours: String(Math.round(lag / HOUR)) }),
    });
  });
}

async function quarantined(step: Step): Promise<Finding[]> {
  const files = await step.db
    .selectFrom("file")
    .select(["file_id", "content_hash", "kind", "quarantine_code", "quarantine_message"])
    .where("account_id", "=", step.accountId)
    .where("quarantine_code", "is not", null)
    // Who took a file back knows of it.
    .where("quarantine_code", "!=", WITHDRAWN)
    .orderBy("content_hash")
    .execute();
  const listed = await step.db
    .selectFrom("report_file as d")
    .innerJoin("report as r", (join) =>
      join
        .onRef("r.account_id", "=", "d.account_id")
        .onRef("r.source", "=", "d.source")
        .onRef("r.report_id", "=", "d.report_id"),
    )
    .select(["d.file_id", "r.report_type"])
    .where("d.account_id", "=", step.accountId)
    .where("r.state", "=", "quarantined")
    .orderBy("d.fetched_at", "desc")
    .execute();
  // The service says what kind of report it is, also where the file is too damaged to show it.
  const kinds = new Map(listed.map((one) => [one.file_id, reportKindOf(one.report_type)]));
  const kindOf = (file: { readonly file_id: number; readonly kind: string }): string =>
    file.kind === "unknown" ? (kinds.get(file.file_id) ?? file.kind) : file.kind;
  return files.map((file) => ({
    ...about({
      code: reportQuarantined.code,
      subject: subject.file(file.content_hash),
      messages: message("report.quarantined", {
        report: kindOf(file),
        why: file.quarantine_message ?? "",
        code: file.quarantine_code ?? "",
      }),
    }),
    fileId: file.file_id,
  }));
}
