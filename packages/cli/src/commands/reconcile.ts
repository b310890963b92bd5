import { listExceptions, listSettlements, type ExceptionView, type SettlementSummary } from "@amazon-pay-kit/ledger";
import { everyPage } from "../books/every-page.ts";
import { withBooks, type OpenBooks } from "../books/open.ts";
import { lacksReports, noteUnfinished } from "../books/unfinished.ts";
import { EXIT } from "../errors.ts";
import { flag, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { causeColumns, causesOf, showSums } from "../explain/causes.ts";
import { settlementColumns } from "./settlements.ts";

const SHOWN = 20;

/** How many are balanced, and of how many the bank was not asked: their money may not have arrived. */
function balancedWords(settlements: readonly SettlementSummary[]): string {
  const balanced = settlements.filter((item) => item.status === "balanced");
  const paid = balanced.filter((item) => item.transferMinor < 0n);
  const unseen = paid.filter((item) => item.bank === "unchecked" || item.bank === "ignored").length;
  const note =
    unseen === 0
      ? ""
      : ` (${unseen === balanced.length ? "none" : `${unseen} of them not`} compared with a bank statement)`;
  return `${balanced.length} balanced to the cent${note}`;
}

/**
 * Prints what reconciliation found: what brings differences, their sums by code, and the newest settlements.
 *
 * @param flags what a command needs to find these books again, with a blank before it
 */
export async function showVerdicts(context: Context, books: OpenBooks, flags = ""): Promise<void> {
  const settlements: SettlementSummary[] = [];
  const exceptions: ExceptionView[] = [];
  const scope = { accountId: context.accountName };
  for await (const item of everyPage((page) => listSettlements(books, { ...scope, ...page }))) settlements.push(item);
  for await (const item of everyPage((page) => listExceptions(books, { ...scope, status: "to-do", ...page })))
    exceptions.push(item);
  const balanced = settlements.filter((item) => item.status === "balanced").length;
  const explained = settlements.filter((item) => item.status === "explained").length;
  if (exceptions.length > 0) {
    const causes = causesOf(exceptions);
    context.table(causes.slice(0, SHOWN), causeColumns(context.clock.now(), causes));
    if (causes.length > SHOWN)
      context.line(context.paint("dim", `… and ${causes.length - SHOWN} more: apay exceptions list${flags}`));
    context.line();
    showSums(context, exceptions);
    context.line();
  }
  context.table(settlements.slice(0, SHOWN), settlementColumns(context));
  if (settlements.length > SHOWN)
    context.line(context.paint("dim", `… and ${settlements.length - SHOWN} older ones: apay settlements list${flags}`));
  context.line();
  const words = [
    `${settlements.length} ${settlements.length === 1 ? "settlement" : "settlements"}`,
    balancedWords(settlements),
    ...(explained === 0 ? [] : [`${explained} explained`]),
    `${exceptions.length} ${exceptions.length === 1 ? "difference" : "differences"} to explain`,
  ].join(", ");
  context.line(
    exceptions.length === 0 && balanced === settlements.length
      ? context.paint("green", words)
      : context.paint("yellow", words),
  );
}

export const reconcile: CommandRow = {
  name: "reconcile",
  summary: "check every settlement to the cent and match it to your records and bank",
  description:
    "Checks what is new since the last run; --full checks everything again, with the same result. Exit status 1 means there are open exceptions, or reports that a sync has listed and not loaded yet.",
  options: [{ flags: "--full", help: "check everything again" }],
  examples: [
    ["apay reconcile", "verdicts and exceptions"],
    ["apay reconcile --json", "one JSON document for a program"],
  ],
  run: (context, input) =>
    withBooks(context, async (books) => {
      context.progress.update("reconciling");
      const verdicts = await books.reconcile({ full: flag(input, "full") });
      context.progress.end();
      const unfinished = await noteUnfinished(context, books, "the verdicts");
      if (context.json) context.document(unfinished.length === 0 ? verdicts : { ...verdicts, unfinished });
      else if (verdicts.settlements.length === 0) context.line("No settlements yet: run apay sync first.");
      else await showVerdicts(context, books);
      return verdicts.exceptions.length === 0 && !lacksReports(unfinished) ? EXIT.done : EXIT.problems;
    }),
};
