import { formatInstant } from "@amazon-pay-kit/money";
import { escaped, printFacts, printPage, printTable } from "../../print/print-page.ts";
import type { MonthClose } from "../close-month.ts";
import { type PackTable, packTables } from "./tables.ts";

const BALANCES = new Set<string | number | null>(["opening balance", "closing balance"]);

function section({ name, about, columns, rows }: PackTable): string {
  const table = printTable(columns, rows, (row) => row.some((cell) => BALANCES.has(cell)));
  return `<section><h2>${escaped(name)}</h2><p class="about">${escaped(about)}</p>\n${table}</section>`;
}

function standing(close: MonthClose): string {
  const [first] = close.accounts;
  const { document, closedAt = null, closedBy = null, note = null } = first ?? {};
  const facts: (readonly [string, string])[] = [
    ["Accounts", close.accounts.map(({ accountId }) => accountId).join(", ")],
    ["Month", `${close.month}: ${document?.from ?? ""} to ${document?.until ?? ""}, ${document?.timeZone ?? "UTC"}`],
    ...(closedAt === null ? [] : [["Closed", `${formatInstant(closedAt)} by ${closedBy ?? "unknown"}`] as const]),
    ...(note === null ? [] : [["Note", note] as const]),
    ["SHA-256", close.hash ?? "none: not closed"],
    ["Month before", close.previousHash ?? "none: the first closed month"],
  ];
  const draft = close.closed
    ? ""
    : '<p class="draft">Draft: this month is not closed, and its figures may still change.</p>';
  return `${draft}${printFacts(facts)}`;
}

/** The pack of a month as one HTML page to print: A4, nothing from elsewhere. */
export function packPage(close: MonthClose): string {
  const accounts = close.accounts.map(({ accountId }) => accountId).join(", ");
  const changed = close.accounts.some((one) => (one.changed?.differences.length ?? 0) > 0);
  const tables = packTables(close);
  // An empty table is a statement of an auditor's interest, but for what is only there where it is used.
  const shown = tables.filter(({ name, rows }) => rows.length > 0 || !["VAT in fees", "Checklist"].includes(name));
  return printPage({
    title: `Amazon Pay ${close.month}: ${accounts}`,
    header: `<h1>Amazon Pay, month-end close ${escaped(close.month)}</h1>${standing(close)}
${changed ? '<p class="draft">The books have changed since the close: see apay close --check. This page shows what was closed.</p>' : ""}`,
    body: `${shown.map(section).join("\n")}
<div class="sign"><div>prepared by, date</div><div>checked by, date</div></div>
<footer>SHA-256 ${escaped(close.hash ?? "none, not closed")}<br>month before ${escaped(close.previousHash ?? "none")}<br>Verify with apay close --check.</footer>`,
  });
}
