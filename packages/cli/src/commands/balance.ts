import { balancesAt, formatAmount, formatInstant, type BalanceAt } from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { EXIT, type ExitStatus } from "../errors.ts";
import { currencyOf } from "../options/currency.ts";
import { endOf } from "../options/times.ts";
import { text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";

/** A balance as `--json` shows it. */
export function balanceDocument(one: BalanceAt): Record<string, unknown> {
  const money = (minor: bigint): string => formatAmount(minor, one.currency);
  return {
    accountId: one.accountId,
    currency: one.currency,
    settlementId: one.settlementId,
    knownUntil: formatInstant(one.knownUntil),
    covered: one.covered,
    balance: money(one.balanceMinor),
    reserve: money(one.reserveMinor),
    runningActivity: money(one.runningActivityMinor),
    runningFees: money(one.runningFeesMinor),
    inTransit: one.inTransitMinor === null ? null : money(one.inTransitMinor),
    transfers: one.onTheirWay.map((transfer) => ({
      settlementId: transfer.settlementId,
      transferred: formatInstant(transfer.transferredAt),
      amount: money(transfer.amountMinor),
      arrived: transfer.arrivedAt === null ? null : formatInstant(transfer.arrivedAt).slice(0, 10),
    })),
    unsettledCharges: { count: one.charges.count, amount: money(one.charges.amountMinor) },
    unsettledRefunds: { count: one.refunds.count, amount: money(one.refunds.amountMinor) },
  };
}

function show(context: Context, balances: readonly BalanceAt[]): void {
  const amount = (title: string, pick: (one: BalanceAt) => bigint | null, spare?: number) => ({
    title,
    align: "right" as const,
    value: (one: BalanceAt) => {
      const minor = pick(one);
      return minor === null ? "no statement" : formatAmount(minor, one.currency);
    },
    ...(spare === undefined ? {} : { spare }),
  });
  context.table(balances, [
    { title: "account", value: (one) => one.accountId },
    { title: "cur", value: (one) => one.currency },
    amount("with Amazon Pay", (one) => one.balanceMinor),
    amount("of it reserve", (one) => one.reserveMinor, 2),
    amount("of it running fees", (one) => one.runningFeesMinor, 3),
    amount("on its way to the bank", (one) => one.inTransitMinor),
    amount("own, in no settlement", (one) => one.charges.amountMinor - one.refunds.amountMinor, 1),
  ]);
  const transfers = balances.flatMap((one) => one.onTheirWay.map((transfer) => ({ ...transfer, one })));
  if (transfers.length > 0) {
    context.line();
    context.table(transfers, [
      { title: "on its way", value: ({ settlementId }) => settlementId },
      { title: "account", value: ({ one }) => one.accountId, spare: 1 },
      { title: "transferred", value: ({ transferredAt }) => context.calendar().dayOf(transferredAt) },
      {
        title: "not arrived",
        align: "right",
        value: ({ amountMinor, one }) => formatAmount(amountMinor, one.currency),
      },
      { title: "cur", value: ({ one }) => one.currency },
      {
        title: "arrived",
        value: ({ arrivedAt }) => (arrivedAt === null ? "not yet" : formatInstant(arrivedAt).slice(0, 10)),
      },
    ]);
  }
  for (const one of balances.filter(({ covered }) => !covered)) {
    context.line(
      context.paint(
        "yellow",
        `${one.accountId} ${one.currency}: the settlement reports reach to ${formatInstant(one.knownUntil)}; what moved after that is known only from your own records`,
      ),
    );
  }
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  const at = text(input, "at");
  return withBooks(context, async ({ store, books }) => {
    const before = at === undefined ? books.clock.now() : endOf(context, at, "--at");
    const balances = await balancesAt(
      { store },
      { accountId: context.accountName, currency: currencyOf(input), before, calendar: context.calendar() },
    );
    if (context.json) context.document({ at: formatInstant(before), balances: balances.map(balanceDocument) });
    else if (balances.length === 0) context.line("No settlements by then: run apay sync, then apay reconcile.");
    else show(context, balances);
    return EXIT.done;
  });
}

export const balance: CommandRow = {
  name: "balance",
  summary: "what Amazon Pay owed you at the end of a day: the cut-off of a month",
  description:
    "Shows, by account and currency, what Amazon Pay held at that moment (settled but not paid out, net of fees, with the reserve listed separately), what was on its way to the bank, and what your own records show as captured or refunded but not yet settled. The first two match the clearing, reserve and in-transit accounts of a journal exported with --detail row, once your bank's deposits are booked against the latter.",
  options: [
    { flags: "--at <day>", help: "the end of this day, or a time with its offset (default: now)" },
    { flags: "--currency <code>", help: "only this currency" },
  ],
  examples: [
    ["apay balance --at 2026-01-31", "balances for January's closing"],
    ["apay balance --at 2025-12-31 --time-zone Asia/Tokyo --json", "the end of a year in Japan, as JSON"],
  ],
  run,
};
