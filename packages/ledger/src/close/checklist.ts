import { formatInstant } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import { serviceClock } from "../accounts/service-clock.ts";
import type { BooksContext } from "../books/context.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import { unfinishedSyncs } from "../ingest/reports/sync/unfinished.ts";
import type { PeriodDocument, PeriodException } from "../reconcile/periods/document.ts";
import { type Month, monthAfter, spanOf } from "../reconcile/periods/freeze.ts";
import { missingReports } from "../reconcile/periods/missing-reports.ts";
import type { ClosedMonth } from "../reconcile/periods/kept.ts";
import { findWork } from "../reconcile/run/find-work.ts";
import { unacceptedSettlements } from "../reconcile/versions/unaccepted.ts";
import type { Schema } from "../store/schema/index.ts";

/** What is looked at before a month is closed. */
export const CLOSE_CHECKS = [
  "month-over",
  "reports-complete",
  "reconciled",
  "sync-finished",
  "versions-accepted",
  "months-before",
  "bank-statement",
  "exceptions-open",
] as const;

/** One of {@link CLOSE_CHECKS}. */
export type CloseCheck = (typeof CLOSE_CHECKS)[number];

/** A line of the checklist of a month. */
export interface CheckedItem {
  readonly accountId: string;
  readonly check: CloseCheck;
  /** `blocks`: the month cannot be closed yet; `noted`: it can, and the close says so. */
  readonly state: "done" | "blocks" | "noted";
  readonly message: string;
  /** What to do; null where nothing is to be done. */
  readonly remedy: string | null;
}

interface Checking {
  readonly context: BooksContext;
  readonly db: Kysely<Schema>;
  readonly accountId: string;
  readonly month: Month;
  /** Months of the account that are closed. */
  readonly closed: readonly ClosedMonth[];
  readonly document: PeriodDocument;
}

type Found = Omit<CheckedItem, "accountId" | "check">;

const done = (message: string): Found => ({ state: "done", message, remedy: null });
const blocks = (message: string, remedy: string): Found => ({ state: "blocks", message, remedy });
const noted = (message: string, remedy: string): Found => ({ state: "noted", message, remedy });

async function monthOver({ context, accountId, month }: Checking): Promise<Found> {
  const now = (await serviceClock(context, accountId)).now();
  if (now >= month.until) return done(`${month.month} is over`);
  return blocks(
    `${month.month} is not over: it ends at ${formatInstant(month.until)} (${month.timeZone})`,
    "close it when it is over",
  );
}

async function reportsComplete({ db, accountId, month }: Checking): Promise<Found> {
  const missing = await missingReports(db, accountId, month);
  if (missing === null) return blocks("no settlement report is in the books", "run apay sync, then apay reconcile");
  if (missing.length === 0) return done("settlement reports reach to the end of the month without a gap");
  return blocks(
    missing.join("; "),
    "run apay sync, or load the missing report with apay reports load, then apay reconcile",
  );
}

/** Mark of an account with neither bank lines nor disbursements, which no run has to see. */
const NO_BANK = /^[0/-]*$/;

async function reconciled({ db, accountId }: Checking): Promise<Found> {
  const work = await findWork(db, accountId);
  const files = work.settlementFiles.length + work.reportFiles.length;
  const waiting = [
    ...(files > 0 ? [`${files} report ${files === 1 ? "file" : "files"}`] : []),
    ...(work.recordImports.length + work.revisedRecords.length > 0 ? ["own records"] : []),
    ...(work.bankChanged && !NO_BANK.test(work.bankMark) ? ["bank lines or disbursements"] : []),
  ];
  if (waiting.length === 0) return done("everything is reconciled");
  return blocks(`not reconciled yet: ${waiting.join(", ")}`, "run apay reconcile");
}

async function syncFinished({ context, accountId }: Checking): Promise<Found> {
  const [unfinished] = await unfinishedSyncs({ ...context, accountId });
  if (unfinished === undefined) return done("no sync is unfinished");
  const { reports, running } = unfinished;
  if (running) return blocks("a sync is running", "wait for it to end");
  return blocks(
    `${reports} ${reports === 1 ? "report is" : "reports are"} listed and not loaded`,
    "run apay sync, then apay reconcile",
  );
}

async function versionsAccepted({ db, accountId, month }: Checking): Promise<Found> {
  const ids = (await unacceptedSettlements(db, accountId))
    .filter(({ startAt, endAt }) => (startAt ?? endAt ?? 0) < month.until && (endAt ?? month.until) >= month.from)
    .map(({ settlementId }) => settlementId);
  const [first] = ids;
  if (first === undefined) return done("no settlement waits for a decision about its version");
  return blocks(
    `delivered again with other contents: ${[...new Set(ids)].join(", ")}`,
    `compare with apay settlements show ${first} --versions, decide with apay settlements accept ${first}`,
  );
}

function monthsBefore({ month, closed }: Checking): Found {
  const [first] = closed;
  if (first === undefined) return done("it is the first month that is closed");
  const known = new Set(closed.map((one) => one.month));
  const later = closed.filter((one) => one.month > month.month).map((one) => one.month);
  if (later.length > 0) {
    return blocks(
      `${later.join(", ")} ${later.length === 1 ? "is" : "are"} closed already, and months are closed one after the other`,
      `open ${later.at(-1)} again with apay close --reopen ${later.at(-1)} --note REASON`,
    );
  }
  const open: string[] = [];
  for (let one = first.month; one < month.month; one = monthAfter(one)) if (!known.has(one)) open.push(one);
  if (open.length === 0) return done("every month before it is closed");
  return blocks(`open before it: ${open.join(", ")}`, `close ${open[0]} first: apay close ${open[0]}`);
}

async function bankStatement({ db, accountId, month }: Checking): Promise<Found> {
  const { bankUntil } = spanOf(accountId, month);
  const row = await db
    .selectFrom("bank_line")
    .select(({ fn }) => [fn.max<number | null>("booked_at").as("last")])
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  const last = row?.last ?? null;
  const remedy = "import the statement with apay bank import, then apay reconcile";
  if (last === null) return noted("no bank statement was imported: no transfer was compared with the bank", remedy);
  const day = (at: number): string => formatInstant(at).slice(0, 10);
  // Nothing is booked on days on which banks are closed: three of them, such as a long weekend, are no gap.
  const slack = 3 * 86_400_000;
  if (last >= bankUntil - slack) return done(`bank lines reach to ${day(last)}`);
  return noted(`bank lines reach to ${day(last)} only`, remedy);
}

/** Open exceptions by their cause, with the money of each: `2 × bank.missing-deposit (13.50 USD)`. */
function exceptionsOpen({ document }: Checking): Found {
  type Open = PeriodException & { readonly currency: string | null };
  const open: Open[] = [
    ...document.figures.flatMap(({ currency, exceptions }) => exceptions.map((one) => ({ ...one, currency }))),
    ...document.exceptions.map((one) => ({ ...one, currency: null })),
  ];
  if (open.length === 0) return done("no exception of the month is open");
  const causes = [...groupBy(open, ({ cause }) => cause)].map(([cause, members]) => {
    const head = members.find(({ id }) => id === cause) ?? members[0];
    const money = head?.amount === null || head === undefined ? "" : ` ${head.amount} ${head.currency}`;
    return `${head?.code ?? ""}${money}${members.length > 1 ? ` and ${members.length - 1} more` : ""} (${cause.slice(0, 12)})`;
  });
  return noted(
    `${open.length} open ${open.length === 1 ? "exception" : "exceptions"} of ${causes.length} ${causes.length === 1 ? "cause" : "causes"}: ${causes.join("; ")}`,
    "see them with apay exceptions list; those that are explained before the close are not part of it",
  );
}

const CHECKS: Readonly<Record<CloseCheck, (checking: Checking) => Promise<Found> | Found>> = {
  "month-over": monthOver,
  "reports-complete": reportsComplete,
  reconciled,
  "sync-finished": syncFinished,
  "versions-accepted": versionsAccepted,
  "months-before": monthsBefore,
  "bank-statement": bankStatement,
  "exceptions-open": exceptionsOpen,
};

/** What is there and what is missing before a month of an account can be closed. */
export async function checklistOf(checking: Checking): Promise<readonly CheckedItem[]> {
  const items: CheckedItem[] = [];
  for (const check of CLOSE_CHECKS) {
    items.push({ accountId: checking.accountId, check, ...(await CHECKS[check](checking)) });
  }
  return items;
}
