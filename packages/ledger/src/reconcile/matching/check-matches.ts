import { formatAmount } from "@amazon-pay-kit/money";
import { type RawBuilder, sql } from "kysely";
import { chunks, inChunks } from "../../store/chunks.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import { replaceFindings, type Scope } from "../exceptions/replace-findings.ts";
import { captureUnknown } from "../../rules/capture-unknown.ts";
import { matchStatus } from "../../rules/match-status.ts";
import { matchAmount } from "../../rules/match-amount.ts";
import { refundUnknown } from "../../rules/refund-unknown.ts";
import type { Finding } from "../finding.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";
import { contradicted } from "./check-statuses.ts";
import { placeOf } from "./component.ts";
import { type Period, within } from "./kept-period.ts";
import type { Place } from "./settle-component.ts";
import type { MatchKind } from "./match-candidates.ts";
import { message } from "../../rules/index.ts";

/** The time for which there are records, by kind. */
export type KeptPeriods = Readonly<Record<MatchKind, Period | null>>;

const CODES = [captureUnknown.code, refundUnknown.code, matchAmount.code, matchStatus.code];

interface JudgedRow {
  readonly fileId: number;
  readonly line: number;
  readonly contentHash: string;
  readonly settlementId: string;
  readonly transactionId: string | null;
  readonly typeKey: string;
  readonly postedAt: number;
  readonly currency: string;
  readonly amountMinor: bigint;
}

const ROW = sql`r.file_id as "fileId", r.line, f.content_hash as "contentHash", s.settlement_id as "settlementId",
  r.transaction_id as "transactionId", r.type_key as "typeKey", r.posted_at as "postedAt", r.currency,
  r.amount_minor as "amountMinor"`;
const FROM = sql`from settlement_row r
  join file f on f.account_id = r.account_id and f.file_id = r.file_id
  join settlement_file s on s.account_id = r.account_id and s.file_id = r.file_id`;

/** Judges the matching of all captures and refunds of some files. */
export async function checkMatchesOf(
  step: Step,
  fileIds: readonly number[],
  kept: KeptPeriods,
  excluded: ReadonlySet<string>,
): Promise<void> {
  for (const some of chunks(fileIds)) {
    await judge(
      step,
      sql`r.file_id in (${sql.join(some)})`,
      { codes: CODES, fileIds: some, subjects: /^row:/ },
      kept,
      excluded,
    );
  }
}

/** The same for rows one by one. */
export async function checkMatchesAt(
  step: Step,
  places: readonly Place[],
  kept: KeptPeriods,
  excluded: ReadonlySet<string>,
): Promise<void> {
  for (const some of chunks(places, 200)) {
    const list = sql.join(some.map((place) => sql`(${place.fileId}, ${place.line})`));
    await judge(
      step,
      sql`(r.file_id, r.line) in (${list})`,
      { codes: CODES, rows: some, subjects: /^row:/ },
      kept,
      excluded,
    );
  }
}

async function judge(
  step: Step,
  condition: RawBuilder<unknown>,
  scope: Scope,
  kept: KeptPeriods,
  excluded: ReadonlySet<string>,
): Promise<void> {
  const findings = [
    ...(await unknown(step, condition, kept)),
    ...(await differing(step, condition)),
    ...(await contradicted(step, condition)),
  ].filter((finding) => !excluded.has(placeOf({ fileId: finding.fileId ?? 0, line: finding.line ?? 0 })));
  await replaceFindings(step, scope, findings);
}

function about(row: JudgedRow, finding: Pick<Finding, "code" | "amount" | "messages">): Finding {
  return {
    ...finding,
    subject: subject.row(row.contentHash, row.line),
    settlementId: row.settlementId,
    transactionId: row.transactionId,
    fileId: row.fileId,
    line: row.line,
    currency: row.currency,
  };
}

async function unknown(step: Step, condition: RawBuilder<unknown>, kept: KeptPeriods): Promise<Finding[]> {
  if (kept.charge === null && kept.refund === null) return [];
  const { rows } = await sql<JudgedRow>`
    select ${ROW} ${FROM}
    where r.account_id = ${step.accountId} and ${condition} and r.type_key in ('capture', 'refund')
      and not exists (select 1 from row_match m where m.account_id = r.account_id and m.file_id = r.file_id
        and m.line = r.line and m.counterpart = 'record')
  `.execute(step.db);
  return rows.flatMap((row) => {
    const refund = row.typeKey === "refund";
    if (!within(refund ? kept.refund : kept.charge, row.postedAt)) return [];
    return about(row, {
      code: refund ? refundUnknown.code : captureUnknown.code,
      amount: row.amountMinor,
      messages: message(refund ? "refund.unknown" : "capture.unknown", {
        amount: formatAmount(row.amountMinor, row.currency),
      }),
    });
  });
}

/** Rows against which more or less stands than their own amount. */
async function differing(step: Step, condition: RawBuilder<unknown>): Promise<Finding[]> {
  const { rows } = await sql<JudgedRow & { counterpart: string; rule: string; shareMinor: bigint }>`
    select ${ROW}, m.counterpart, m.rule, m.amount_minor as "shareMinor" ${FROM}
    join row_match m on m.account_id = r.account_id and m.file_id = r.file_id and m.line = r.line
    where r.account_id = ${step.accountId} and ${condition} and m.counterpart in ('record', 'transaction-report')
      and m.amount_minor <> abs(r.amount_minor)
  `.execute(step.db);
  if (rows.length === 0) return [];
  const whole = await sharesOfRows(step, rows);
  const findings = new Map<string, Finding>();
  for (const row of rows) {
    const share = whole.get(`${placeOf(row)} ${row.counterpart}`) ?? row.shareMinor;
    const amount = row.amountMinor < 0n ? -row.amountMinor : row.amountMinor;
    const place = placeOf(row);
    if (share === amount || (findings.has(place) && row.counterpart !== "record")) continue;
    const [settled, own] = [formatAmount(amount, row.currency), formatAmount(share, row.currency)];
    findings.set(
      place,
      about(row, {
        code: matchAmount.code,
        amount: amount - share,
        messages: message(row.counterpart === "record" ? "match.amount.record" : "match.amount.report", {
          settled,
          own,
          rule: row.rule,
        }),
      }),
    );
  }
  return [...findings.values()];
}

/** What stands against each row in all, by place and counterpart: a row may be matched with several records. */
async function sharesOfRows(step: Step, rows: readonly Place[]): Promise<ReadonlyMap<string, bigint>> {
  const sums = new Map<string, bigint>();
  for (const [fileId, some] of groupBy(rows, (row) => row.fileId)) {
    const shares = await inChunks(new Set(some.map((row) => row.line)), (lines) =>
      step.db
        .selectFrom("row_match")
        .select(["file_id as fileId", "line", "counterpart", "amount_minor"])
        .where("account_id", "=", step.accountId)
        .where("file_id", "=", fileId)
        .where("line", "in", [...lines])
        .execute(),
    );
    for (const share of shares) {
      const key = `${placeOf(share)} ${share.counterpart}`;
      sums.set(key, (sums.get(key) ?? 0n) + share.amount_minor);
    }
  }
  return sums;
}
