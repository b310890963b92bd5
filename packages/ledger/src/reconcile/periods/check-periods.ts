import { parseAmount } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import { message } from "../../rules/index.ts";
import { periodChanged } from "../../rules/period-changed.ts";
import { replaceFindings } from "../exceptions/replace-findings.ts";
import type { Finding } from "../finding.ts";
import { readMark, setMarks } from "../step/marks.ts";
import type { Step } from "../step/step.ts";
import { comparedMonth, type ComparedMonth } from "./check-month.ts";
import type { PeriodDifference } from "./compare.ts";
import type { PeriodFile } from "./document.ts";
import { closedMonths } from "./kept.ts";

const MARK = "periods";

/** Files that a message names; the command lists all of them. */
const NAMED = 3;

/**
 * A text that changes with everything that closed months are made of: files, imports, what was withdrawn or accepted, the bank,
 * and the closes themselves. Figures are worked out again only then: a shop of many years has many closed months.
 */
async function present({ db, accountId }: Step): Promise<string> {
  const { rows } = await sql<Record<string, number | bigint | string | null>>`
    select (select max(period_id) from period where account_id = ${accountId}) as periods,
      (select count(*) from period where account_id = ${accountId} and reopened_at is not null) as reopened,
      (select count(*) from file where account_id = ${accountId} and loaded_at is not null) as files,
      (select max(loaded_at) from file where account_id = ${accountId}) as loaded,
      (select count(*) from report_withdrawal where account_id = ${accountId}) as withdrawn,
      (select max(import_id) from import where account_id = ${accountId}) as imports,
      (select count(*) from record_withdrawal where account_id = ${accountId}) as records,
      (select count(*) from statement_withdrawal where account_id = ${accountId}) as statements,
      (select count(*) from row_match where account_id = ${accountId} and counterpart = 'bank') as deposits,
      (select max(accepted_at) from settlement_version where account_id = ${accountId}) as accepted,
      (select count(*) from settlement_version where account_id = ${accountId}) as versions
  `.execute(db);
  return Object.values(rows[0] ?? {}).join("/");
}

function files(list: readonly PeriodFile[]): string {
  const names = list.slice(0, NAMED).map(({ name, hash }) => `${name} (${hash.slice(0, 12)})`);
  return names.join(", ") + (list.length > NAMED ? ", …" : "");
}

/** By how much a figure is larger now; null for what is no amount. */
function growth({ currency, figure, before, now }: PeriodDifference): bigint | null {
  if (figure.endsWith(" count") || figure.startsWith("deposits of ")) return null;
  return parseAmount(now ?? "0", currency) - parseAmount(before ?? "0", currency);
}

function findingsOf({ month, change, broken }: ComparedMonth): Finding[] {
  const base = {
    code: periodChanged.code,
    settlementId: null,
    transactionId: null,
    fileId: null,
    line: null,
  } as const;
  if (broken) {
    const messages = message("period.changed.chain", { month });
    return [{ ...base, subject: `period:${month}`, amount: null, currency: null, messages }];
  }
  return [...new Set(change.differences.map(({ currency }) => currency))].flatMap((currency): Finding[] => {
    const own = change.differences.filter((one) => one.currency === currency);
    // The balance at the end says most of what has changed; where it has not, the first figure that has.
    const first = own.find(({ figure }) => figure === "closing balance") ?? own[0];
    if (first === undefined) return [];
    const { figure, before, now } = first;
    return [
      {
        ...base,
        subject: `period:${month}:${currency}`,
        amount: growth(first),
        currency,
        messages: [
          ...message("period.changed", { month, figure, before: before ?? "none", after: now ?? "none", currency }),
          ...(own.length > 1 ? message("period.changed.more", { count: String(own.length - 1) }) : []),
          ...(change.added.length > 0 ? message("period.changed.added", { files: files(change.added) }) : []),
          ...(change.gone.length > 0 ? message("period.changed.gone", { files: files(change.gone) }) : []),
        ],
      },
    ];
  });
}

/** Raises, for each closed month and currency, that the books no longer give what was frozen. */
export async function checkPeriods(step: Step): Promise<void> {
  const mark = await present(step);
  if ((await readMark(step, MARK)) === mark) return;
  const closed = await closedMonths(step.db, step.accountId);
  const findings: Finding[] = [];
  for (const [index, month] of closed.entries()) {
    findings.push(...findingsOf(await comparedMonth(step.db, month, closed[index - 1] ?? null)));
  }
  await replaceFindings(step, { codes: [periodChanged.code] }, findings);
  await setMarks(step, [MARK], mark);
}
