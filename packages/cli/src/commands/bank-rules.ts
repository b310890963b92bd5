import { type BankRuleUse, formatAmount, formatInstant, listBankRuleUses } from "@amazon-pay-kit/ledger";
import { reconcileSettings } from "../books/settings.ts";
import { withBooks } from "../books/open.ts";
import { EXIT } from "../errors.ts";
import type { CommandRow } from "../program/command.ts";
import type { Column } from "../terminal/table.ts";

/** A rule of the configuration, or one that was, with what it has explained. */
interface Line {
  readonly accountId: string;
  readonly name: string;
  readonly configured: boolean;
  readonly rule: string;
  readonly uses: readonly BankRuleUse[];
}

const columns: readonly Column<Line>[] = [
  { title: "account", value: (one) => one.accountId },
  { title: "rule", value: (one) => one.name },
  { title: "explains", value: (one) => (one.configured ? one.rule : "no longer in the configuration"), wraps: true },
  {
    title: "explained",
    align: "right",
    value: (one) => String(one.uses.reduce((sum, use) => sum + use.count, 0)),
  },
  {
    title: "sum",
    align: "right",
    value: (one) =>
      one.uses
        .flatMap(({ amountMinor, currency }) =>
          currency === null ? [] : [`${formatAmount(amountMinor, currency)} ${currency}`],
        )
        .join(", "),
  },
  {
    title: "last",
    value: (one) =>
      one.uses.length === 0 ? "" : formatInstant(Math.max(...one.uses.map((use) => use.lastAt))).slice(0, 10),
  },
];

export const bankRules: CommandRow = {
  name: "bank rules",
  summary: "list the rules for repeating cases, and what each has explained",
  description:
    "The rules stand in apay.config.json, under bank.rules of an account. Every reconcile explains the differences at the bank that fit one, with its reason; what a person opens again stays open.",
  examples: [["apay bank rules", "how often each was used, and for how much"]],
  run: (context) =>
    withBooks(context, async (open) => {
      const uses = (await listBankRuleUses(open.store)).filter(
        ({ accountId }) => context.accountName === undefined || context.accountName === accountId,
      );
      const rules = (reconcileSettings(context.config()).bankRules ?? []).filter(
        ({ accountId }) => context.accountName === undefined || context.accountName === accountId,
      );
      const lines = rules.map(({ accountId = "", name, code, reason, most, currency, days, text }): Line => ({
        accountId,
        name,
        configured: true,
        rule: [
          code,
          ...(most === undefined ? [] : [`up to ${most} ${currency ?? ""}`]),
          ...(days === undefined ? [] : [`up to ${days} days late`]),
          ...(text === undefined ? [] : [`with the text ${text}`]),
          `as ${reason}`,
        ].join(" "),
        uses: uses.filter((use) => use.accountId === accountId && use.name === name),
      }));
      const known = new Set(lines.flatMap((line) => line.uses));
      const former = uses.filter((use) => !known.has(use));
      for (const name of new Set(former.map((use) => `${use.accountId}\n${use.name}`))) {
        const own = former.filter((use) => `${use.accountId}\n${use.name}` === name);
        const [first] = own;
        if (first !== undefined)
          lines.push({ accountId: first.accountId, name: first.name, configured: false, rule: "", uses: own });
      }
      if (context.json) {
        context.document({
          rules: lines.map(({ uses: own, rule, ...line }) => ({
            ...line,
            rule: rule === "" ? null : rule,
            explained: own.map(({ count, amountMinor, currency, lastAt }) => ({
              count,
              amount: currency === null ? null : formatAmount(amountMinor, currency),
              currency,
              last: formatInstant(lastAt).slice(0, 10),
            })),
          })),
        });
      } else if (lines.length === 0) context.line("No rules: see bank.rules in docs/reconcile-a-month.md.");
      else context.table(lines, columns);
      return EXIT.done;
    }),
};
