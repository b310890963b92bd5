/** Web pages over the ledger, and the small server for them. */
export { createDashboardApp } from "./server/app.tsx";
export type { DashboardOptions } from "./server/options.ts";
export type {
  BankBooks,
  Books,
  ClosingBooks,
  FileLines,
  FirstRun,
  FirstSync,
  GivenStatement,
  NewAccount,
} from "./books.ts";
export { DashboardError, startDashboard, type RunningDashboard, type StartDashboardOptions } from "./server/start.ts";
export type { AccessOptions, Identity } from "./security/access.ts";
