import { accountsPage } from "./accounts.tsx";
import { ageingPage } from "./ageing.tsx";
import { bankPage } from "./bank/bank.tsx";
import { importPage, previewPage } from "./bank/import.tsx";
import { matchPage } from "./bank/match.tsx";
import { statementPage } from "./bank/statement.tsx";
import { claimsPage } from "./claims.tsx";
import { closePage } from "./close.tsx";
import { exceptionPage } from "./exception.tsx";
import { exceptionsPage } from "./exceptions.tsx";
import { explainPage } from "./explain.tsx";
import { feesPage } from "./fees.tsx";
import { filePage } from "./file.tsx";
import { overviewPage } from "./overview.tsx";
import type { PageRow } from "./page-row.ts";
import { reportsPage } from "./reports.tsx";
import { settlementPage } from "./settlement.tsx";
import { settlementsPage } from "./settlements.tsx";
import { transactionsPage } from "./transactions.tsx";

/** Every page. */
export const PAGES: readonly PageRow[] = [
  overviewPage,
  settlementsPage,
  settlementPage,
  exceptionsPage,
  exceptionPage,
  transactionsPage,
  feesPage,
  ageingPage,
  bankPage,
  importPage,
  previewPage,
  matchPage,
  statementPage,
  reportsPage,
  accountsPage,
  filePage,
  explainPage,
  closePage,
  claimsPage,
];
