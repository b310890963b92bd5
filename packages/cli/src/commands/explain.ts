import { explain as explainFigure, formatAmount } from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { explanationDocument } from "../explain/document.ts";
import { showExplanation } from "../explain/show.ts";
import { currencyOf } from "../options/currency.ts";
import { argument, flag, text, type CommandRow } from "../program/command.ts";

const ALL_LINES = 1_000_000;

export const explain: CommandRow = {
  name: "explain",
  summary: "trace an amount or id to its reports, hashes and lines",
  description:
    "Takes an amount, or an id of a settlement, charge, refund, dispute, charge permission, order, disbursement or exception, a day, words of a bank line, or hash:line. " +
    "With --expected it looks for items in the settlement that are exactly as large as the difference.",
  arguments: [{ name: "<figure>", help: "an amount such as 48,211.07, or an id" }],
  options: [
    { flags: "--expected <amount>", help: "the amount you expected instead" },
    { flags: "--currency <code>", help: "only this currency" },
    { flags: "--all-lines", help: "show every line of every figure, not only the first few" },
    { flags: "--raw", help: "also show the lines as they are in the file" },
  ],
  examples: [
    ["apay explain 48211.07 --expected 48214.57", "why this amount arrived and not the other"],
    ["apay explain 2026-05-27", "the deposits of a day, and the settlements that ended or transferred on it"],
    ["apay explain 5984862222", "a settlement, figure by figure, down to its lines"],
    ["apay explain P01-1234567-1234567-C123456 --raw", "a charge, wherever it appears"],
  ],
  run: (context, input) =>
    withBooks(context, async (books) => {
      const query = argument(input, 0);
      const explanation = await explainFigure(
        { store: books.store },
        {
          query,
          accountId: context.accountName,
          currency: currencyOf(input),
          expected: text(input, "expected"),
          calendar: context.calendar(),
          ...(flag(input, "allLines") ? { lines: ALL_LINES } : {}),
        },
      );
      const { settlements, deposits, transactions, exceptions } = explanation;
      if (settlements.length + deposits.length + transactions.length + exceptions.length === 0) {
        const { readAs, nearest } = explanation;
        const found = nearest.map(
          (one) => `${formatAmount(one.amountMinor, one.currency)} ${one.currency} (${one.what} ${one.id})`,
        );
        throw new CliError(
          "explain.unknown",
          `the ledger has nothing called or as large as ${query}${readAs === null ? "" : `, read as ${readAs}`}`,
          {
            remedy:
              found.length === 0
                ? "check the figure, or bring the books up to date with: apay sync, then apay reconcile"
                : `the nearest amounts are ${found.join(", ")}`,
          },
        );
      }
      if (context.json) context.document(explanationDocument(context, explanation));
      else await showExplanation(context, books, explanation, flag(input, "raw"));
      return EXIT.done;
    }),
};
