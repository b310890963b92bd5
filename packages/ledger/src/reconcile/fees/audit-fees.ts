import { formatAmount } from "@amazon-pay-kit/money";
import { chunks } from "../../store/chunks.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import { feeMismatch } from "../../rules/fee-mismatch.ts";
import type { CheckedFile, SignConvention } from "../../rules/rows/row-rule.ts";
import type { Finding } from "../finding.ts";
import type { ScannedSettlement } from "../scan/scan-settlements.ts";
import { subject } from "../subject.ts";
import type { Step } from "../step/step.ts";
import { actualFees, type FeeRules, type FeeVerdict, judgeFees } from "./expected.ts";
import { capturesOfReturns, isReturn } from "./capture-of-return.ts";
import { excuses } from "./exempt-fees.ts";
import { type DoubtfulFee, doubtfulFees, type FeeSums, feeSums, hasChanged } from "./fees-in-store.ts";
import type { Tariff } from "./tariff.ts";
import { type AuditPlan, tariffsBetween } from "./tariffs-of-account.ts";
import { tariffOf, inferredRates } from "./inferred-rate.ts";
import { message } from "../../rules/index.ts";

/** A schedule is followed when this many captures in a hundred, of at least this many, are right. */
const FOLLOWED_PERCENT = 80;
const FOLLOWED_LEAST = 5;

/** The rules of comparison, with their defaults. */
function feeRules(settings: Step["settings"]): FeeRules {
  return { tolerance: BigInt(settings.fees.tolerance ?? 1), rounding: settings.fees.rounding ?? "half-up" };
}

function follows(sums: FeeSums, plan: AuditPlan): boolean {
  if (!plan.onlyWhereFollowed) return true;
  return sums.captures >= FOLLOWED_LEAST && sums.rightCaptures * 100 >= sums.captures * FOLLOWED_PERCENT;
}

/** One row that is wrong, or exempt. */
interface JudgedFee {
  readonly row: DoubtfulFee;
  readonly verdict: FeeVerdict;
  /** What should have been taken, once excuses are heard. */
  readonly expected: bigint;
  readonly wrong: boolean;
}

/**
 * Compares the fees of some settlements with the tariffs of their days. The database passes what is right; the rest is
 * judged row by row.
 */
export async function auditFees(step: Step, plan: AuditPlan, settlements: readonly ScannedSettlement[]): Promise<void> {
  const files = settlements.flatMap((settlement) => settlement.files);
  const rules = feeRules(step.settings);
  if (settlements.length === 0) return;
  const from = Math.min(...settlements.map((settlement) => settlement.firstAt));
  const to = Math.max(...settlements.map((settlement) => settlement.lastAt));
  const tariffs = await tariffsBetween(step, plan, from, to);
  const sums: FeeSums[] = [];
  const judged: JudgedFee[] = [];
  for (const [convention, some] of groupBy(files, (file) => file.convention)) {
    const found = await sumsOf(step, some, tariffs, convention, rules);
    sums.push(...found.filter((one) => follows(one, plan)));
    const doubtful = new Set(
      found
        .filter((one) => follows(one, plan) && (one.rightRows < one.rows || hasChanged(tariffs)))
        .map((one) => `${one.fileId} ${one.currency}`),
    );
    if (doubtful.size === 0) continue;
    const rows = await doubtfulFees(step, some, tariffs, convention, rules);
    judged.push(
      ...(await judgeAll(
        step,
        rows.filter((row) => doubtful.has(`${row.fileId} ${row.currency}`)),
        plan,
        tariffs,
        rules,
      )),
    );
  }
  await keepSums(step, settlements, sums, judged);
  const byId = new Map(files.map((file) => [file.fileId, file]));
  const findings = judged.filter((one) => one.wrong).map((one) => findingOf(one, byId.get(one.row.fileId)));
  await replaceFindings(step, { codes: [feeMismatch.code], fileIds: files.map((file) => file.fileId) }, findings);
}

async function sumsOf(
  step: Step,
  files: readonly CheckedFile[],
  tariffs: readonly Tariff[],
  convention: SignConvention,
  rules: FeeRules,
): Promise<readonly FeeSums[]> {
  const sums: FeeSums[] = [];
  for (const some of chunks(files.map((file) => file.fileId))) {
    sums.push(...(await feeSums(step, some, tariffs, convention, rules)));
  }
  return sums;
}

async function judgeAll(
  step: Step,
  rows: readonly DoubtfulFee[],
  plan: AuditPlan,
  tariffs: readonly Tariff[],
  rules: FeeRules,
): Promise<readonly JudgedFee[]> {
  const usual = await inferredRates(step, rows, tariffs, rules);
  const excuse = await excuses(step, rows);
  const captureTariffs = await tariffsOfCaptures(step, plan, rows, tariffs);
  return rows.flatMap((row) => {
    const earlier = captureTariffs(row);
    const tariff = earlier[0] ?? tariffOf(row, tariffs);
    const verdicts = (earlier.length > 0 ? earlier : tariff === undefined ? [] : [tariff])
      .map((one) => judgeFees(row, one, rules, usual(row)))
      .filter((one) => one !== null);
    const verdict = verdicts.find((one) => one.right) ?? verdicts[0];
    if (verdict === undefined) return [];
    const why = excuse(row, verdict);
    if (why === "exhausted") return { row, verdict, expected: verdict.actual, wrong: false };
    if (why === null) return { row, verdict, expected: verdict.expected, wrong: !verdict.right };
    return { row, ...withoutFixed(row, verdict, tariff, rules) };
  });
}

/**
 * The tariffs of the days of the captures that a row gives back of. Where no capture is known, such as one in a report that is
 * lost, it may have been made on any day of the time in which refunds come.
 */
async function tariffsOfCaptures(
  step: Step,
  plan: AuditPlan,
  rows: readonly DoubtfulFee[],
  tariffs: readonly Tariff[],
): Promise<(row: DoubtfulFee) => readonly Tariff[]> {
  const captures = await capturesOfReturns(step, rows);
  const since = (row: DoubtfulFee): number => row.postedAt - step.settings.refundHorizon;
  const returns = rows.filter(isReturn);
  const days = returns.flatMap((row) => {
    const own = captures(row).map((capture) => capture.postedAt);
    return own.length > 0 ? own : [since(row), row.postedAt];
  });
  if (days.length === 0) return () => [];
  const earlier = await tariffsBetween(step, plan, Math.min(...days), Math.max(...days));
  const all = [...tariffs, ...earlier];
  return (row) => {
    if (!isReturn(row)) return [];
    const own = captures(row);
    if (own.length > 0) return [...new Set(own.flatMap((capture) => tariffOf(capture, all) ?? []))];
    // The tariff of its own day first: that is the one to be named.
    return [...new Set(all)]
      .filter((one) => one.currency === row.currency && one.from <= row.postedAt && one.until > since(row))
      .toSorted((one, other) => other.from - one.from);
  };
}

/** A capture whose fixed fee another one has borne: only its percentage is compared. */
function withoutFixed(
  row: DoubtfulFee,
  verdict: FeeVerdict,
  tariff: Tariff | undefined,
  rules: FeeRules,
): Omit<JudgedFee, "row"> {
  const bare =
    tariff === undefined ? undefined : { ...tariff, rates: tariff.rates.map((rate) => ({ ...rate, fixed: 0n })) };
  const again = bare === undefined ? null : judgeFees(row, bare, rules);
  return { verdict, expected: again?.expected ?? verdict.expected, wrong: again?.right !== true };
}

function findingOf({ row, verdict, expected }: JudgedFee, file: CheckedFile | undefined): Finding {
  const text = (minor: bigint): string => formatAmount(minor, row.currency);
  const { percentage, fixed } = actualFees(row);
  return {
    code: feeMismatch.code,
    subject: subject.row(file?.contentHash ?? "", row.line),
    settlementId: file?.settlementId ?? row.settlementId,
    transactionId: row.transactionId,
    fileId: row.fileId,
    line: row.line,
    amount: verdict.actual - expected,
    currency: row.currency,
    messages: message("fee.mismatch", {
      type: row.type,
      amount: text(row.amount),
      percentage: text(percentage),
      fixed: text(fixed),
      expected: text(expected),
      schedule: verdict.label,
    }),
  };
}

async function keepSums(
  step: Step,
  settlements: readonly ScannedSettlement[],
  sums: readonly FeeSums[],
  judged: readonly JudgedFee[],
): Promise<void> {
  const sumsOfFile = groupBy(sums, (one) => one.fileId);
  const judgedOfFile = groupBy(judged, (one) => one.row.fileId);
  const rows = settlements.flatMap(({ settlementId, files }) => {
    const own = files.flatMap((file) => sumsOfFile.get(file.fileId) ?? []);
    const wrong = files.flatMap((file) => judgedOfFile.get(file.fileId) ?? []);
    return [...groupBy(own, (one) => one.currency)].map(([currency, some]) => {
      const corrected = wrong.filter((one) => one.row.currency === currency);
      const total = (pick: (one: FeeSums) => bigint): bigint => some.reduce((sum, one) => sum + pick(one), 0n);
      return {
        account_id: step.accountId,
        settlement_id: settlementId,
        currency,
        actual_minor: total((one) => one.actualMinor),
        expected_minor:
          total((one) => one.expectedMinor) +
          corrected.reduce((sum, one) => sum + one.expected - (one.row.counted ?? 0n), 0n),
        leak_minor: total((one) => one.leakMinor),
        checked_count: some.reduce((sum, one) => sum + one.rows, 0),
        mismatch_count: corrected.filter((one) => one.wrong).length,
      };
    });
  });
  for (const some of chunks(settlements)) {
    await step.db
      .deleteFrom("settlement_fee")
      .where("account_id", "=", step.accountId)
      .where(
        "settlement_id",
        "in",
        some.map((settlement) => settlement.settlementId),
      )
      .execute();
  }
  for (const some of chunks(rows))
    await step.db
      .insertInto("settlement_fee")
      .values([...some])
      .execute();
}
