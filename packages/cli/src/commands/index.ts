import { api, apiTokensCreate, apiTokensList, apiTokensRevoke } from "./api.ts";
import { accountsAdd, accountsForget, accountsList, accountsPause, accountsRotate } from "./accounts.ts";
import type { CommandRow } from "../program/command.ts";
import { auditList, auditVerify } from "./audit.ts";
import { archiveLoad, archiveVerify } from "./archive.ts";
import { balance } from "./balance.ts";
import { bankImport } from "./bank.ts";
import { bankParse } from "./bank-parse.ts";
import { bankMatch, bankUnmatch } from "./bank-match.ts";
import { bankRules } from "./bank-rules.ts";
import { bankList, bankWithdraw } from "./bank-statements.ts";
import { buttonSign } from "./button.ts";
import { call } from "./call.ts";
import { claims } from "./claims.ts";
import { closeCommand } from "./close.ts";
import { completion } from "./completion.ts";
import { databaseDistribute, databasePartitions, databaseRoles, databaseVersion } from "./database.ts";
import { dashboard } from "./dashboard.ts";
import { demoCommand } from "./demo.ts";
import { disbursementsList } from "./disbursements.ts";
import { doctor } from "./doctor.ts";
import {
  exceptionsAssign,
  exceptionsExplain,
  exceptionsList,
  exceptionsNote,
  exceptionsReopen,
  exceptionsResolve,
  exceptionsShow,
} from "./exceptions.ts";
import { explain } from "./explain.ts";
import { exportCommand } from "./export.ts";
import { fees } from "./fees.ts";
import { feesInvoice, feesInvoices, feesWithdraw } from "./fee-invoices.ts";
import { init } from "./init.ts";
import { jobsDiscard, jobsList, jobsRetry, jobsStatus } from "./jobs.ts";
import { keysGenerate } from "./keys.ts";
import { listen } from "./listen.ts";
import { logs } from "./logs.ts";
import { mcp } from "./mcp.ts";
import { parse } from "./parse.ts";
import { recordsImport } from "./records.ts";
import { recordsList, recordsWithdraw } from "./records-imports.ts";
import { recordsParse } from "./records-parse.ts";
import { reconcile } from "./reconcile.ts";
import { schedulesApply, schedulesPlan } from "./schedule-plan.ts";
import { schedulesCancel, schedulesCreate, schedulesList } from "./report-schedules.ts";
import { reportsLoad, reportsWithdraw } from "./reports-books.ts";
import { reportsDownload, reportsGet, reportsList, reportsRequest } from "./reports.ts";
import { sandboxStart } from "./sandbox.ts";
import { sandboxCompare } from "./sandbox-compare.ts";
import { sandboxBuyer, sandboxClock, sandboxFault, sandboxNotify, sandboxReset } from "./sandbox-control.ts";
import { settlementsAccept } from "./settlement-versions.ts";
import { settlementsList, settlementsShow } from "./settlements.ts";
import { sync } from "./sync.ts";
import { trigger } from "./trigger.ts";
import { usersAdd, usersList, usersRemove, usersRole } from "./users.ts";
import { webhooksEnable, webhooksEvents, webhooksList, webhooksReplay, webhooksTest } from "./webhooks.ts";
import { worker } from "./worker.ts";

/** What each group of commands is about. */
export const GROUPS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  keys: "key pairs",
  button: "the Amazon Pay button",
  reports: "the Reports API by hand, and files of reports",
  "reports schedules": "list report schedules",
  disbursements: "payouts to the bank",
  archive: "the kept bytes",
  records: "your own charges and refunds",
  bank: "bank statements",
  settlements: "verdicts on settlements",
  exceptions: "differences to explain",
  fees: "what Amazon Pay cost",
  accounts: "merchants at run time",
  api: "the books for programs",
  "api tokens": "who may ask",
  audit: "who changed what",
  users: "who may use the dashboard",
  jobs: "work of the workers",
  webhooks: "events for other programs",
  database: "the ledger's PostgreSQL",
  sandbox: "Amazon Pay on your own machine",
};

/** Every command, in the order of the help. A new command is one file and one line here. */
export const COMMANDS: readonly CommandRow[] = [
  init,
  doctor,
  demoCommand,
  sandboxStart,
  sandboxClock,
  sandboxFault,
  sandboxBuyer,
  sandboxNotify,
  sandboxReset,
  sandboxCompare,
  listen,
  trigger,
  logs,
  mcp,
  sync,
  parse,
  recordsParse,
  recordsImport,
  recordsList,
  recordsWithdraw,
  bankParse,
  bankImport,
  bankList,
  bankWithdraw,
  bankMatch,
  bankUnmatch,
  bankRules,
  reconcile,
  settlementsList,
  settlementsShow,
  settlementsAccept,
  exceptionsList,
  exceptionsShow,
  exceptionsExplain,
  exceptionsAssign,
  exceptionsNote,
  exceptionsResolve,
  exceptionsReopen,
  explain,
  fees,
  feesInvoice,
  feesInvoices,
  feesWithdraw,
  balance,
  claims,
  closeCommand,
  exportCommand,
  dashboard,
  archiveVerify,
  archiveLoad,
  api,
  apiTokensCreate,
  apiTokensList,
  apiTokensRevoke,
  usersList,
  usersAdd,
  usersRole,
  usersRemove,
  auditList,
  auditVerify,
  webhooksList,
  webhooksEvents,
  webhooksTest,
  webhooksEnable,
  webhooksReplay,
  accountsList,
  accountsAdd,
  accountsRotate,
  accountsPause,
  accountsForget,
  worker,
  jobsStatus,
  jobsList,
  jobsRetry,
  jobsDiscard,
  databaseRoles,
  databasePartitions,
  databaseDistribute,
  databaseVersion,
  keysGenerate,
  buttonSign,
  call,
  reportsList,
  reportsGet,
  reportsDownload,
  reportsRequest,
  reportsLoad,
  reportsWithdraw,
  schedulesList,
  schedulesCreate,
  schedulesCancel,
  schedulesPlan,
  schedulesApply,
  disbursementsList,
  completion,
];
