import {
  formatAmount,
  everySettlement,
  getSettlement,
  listSettlementRows,
  listSettlements,
  type SettlementSummary,
} from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { EXIT, type ExitStatus } from "../errors.ts";
import { argument, flag, text, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { rowDocument, settlementDocument } from "../explain/documents.ts";
import { VERDICT_COLOURS } from "../explain/verdict-colours.ts";
import { day } from "../explain/format.ts";
import { currencyOf } from "../options/currency.ts";
import { wholeOf } from "../options/whole.ts";
import type { Column } from "../terminal/table.ts";
import { everyPage } from "../books/every-page.ts";

function amount(title: string, pick: (item: SettlementSummary) => bigint): Column<SettlementSummary> {
  return { title, align: "right", value: (item) => formatAmount(pick(item), item.currency) };
}

const BANK_COLOURS: Readonly<Record<string, "green" | "red" | "dim">> = {
  __proto__: null as never,
  matched: "green",
  differs: "red",
  unchecked: "dim",
  ignored: "dim",
};

/** What is said of a settlement's transfer and the bank, in words. */
const BANK_WORDS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  matched: "its transfer is on a bank statement",
  differs: "its transfer and the bank statements differ",
  unchecked: "its transfer was compared with no bank statement",
  ignored: "bank statements are ignored",
};

/** What is said of the transfer of a settlement: a balance below zero is no transfer, it is taken from card or bank. */
function bankWords({ bank, transferMinor, payoutMinor, currency }: SettlementSummary): string {
  if (payoutMinor === 0n && transferMinor === 0n) return "nothing was transferred";
  if (transferMinor > 0n) return `${formatAmount(transferMinor, currency)} ${currency} were collected from you`;
  return BANK_WORDS[bank] ?? bank;
}

/** The columns of a list of settlements; the demo's summary uses them too. */
export const settlementColumns = (context: Pick<Context, "calendar">): readonly Column<SettlementSummary>[] => [
  { title: "account", value: (item) => item.accountId, spare: 5 },
  { title: "settlement", value: (item) => item.settlementId },
  { title: "from", value: (item) => day(context, item.startAt), spare: 3 },
  { title: "until", value: (item) => day(context, item.endAt) },
  { title: "cur", value: (item) => item.currency },
  { title: "rows", align: "right", value: (item) => String(item.rows), spare: 7 },
  { ...amount("opening", (item) => item.openingMinor), spare: 4 },
  { ...amount("activity", (item) => item.activityMinor), spare: 1 },
  { ...amount("fees", (item) => item.feesMinor), spare: 2 },
  {
    title: "transfer",
    align: "right",
    value: ({ transferMinor, currency }) =>
      `${transferMinor > 0n ? "collected " : ""}${formatAmount(transferMinor, currency)}`,
  },
  { ...amount("closing", (item) => item.closingMinor), spare: 6 },
  {
    title: "verdict",
    value: (item) => item.status,
    paint: (item, cell, paint) => paint(VERDICT_COLOURS[item.status] ?? "red", cell),
  },
  {
    title: "bank",
    value: (item) => item.bank,
    paint: (item, cell, paint) => paint(BANK_COLOURS[item.bank] ?? "dim", cell),
    spare: 8,
  },
];

/** Settlements in a table that names no limit: more are no reading for a person. */
const SHOWN = 1000;

export const settlementsList: CommandRow = {
  name: "settlements list",
  summary: "list settlements with their verdicts, newest first",
  options: [
    {
      flags: "--limit <settlements>",
      help: `at most so many (default: ${SHOWN} in the table, all of them with --json)`,
    },
    { flags: "--after <cursor>", help: "go on behind a list that was cut off, with the cursor that it ended with" },
    { flags: "--currency <code>", help: "only this currency" },
    {
      flags: "--status <status>",
      help: "only settlements with this verdict",
      choices: ["balanced", "exceptions", "explained"],
    },
    {
      flags: "--bank <verdict>",
      help: "only settlements of which the bank statements say this",
      choices: ["matched", "differs", "unchecked", "ignored"],
    },
  ],
  examples: [
    ["apay settlements list", "the newest settlements"],
    ["apay settlements list --limit 100 --json", "the newest hundred, and in next where to go on"],
    ["apay settlements list --status exceptions --json", "those with exceptions, as JSON"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ store }) => {
      const filter = {
        accountId: context.accountName,
        currency: currencyOf(input),
        status: text(input, "status"),
        bank: text(input, "bank"),
      };
      const given = wholeOf(text(input, "limit"), "--limit", 1);
      const after = text(input, "after");
      const all: SettlementSummary[] = [];
      let next: string | null = null;
      if (context.json && given === undefined && after === undefined) {
        for await (const item of everySettlement({ store }, filter)) all.push(item);
      } else {
        const limit = given ?? (context.json ? Number.POSITIVE_INFINITY : SHOWN);
        let cursor = after;
        do {
          const page = { cursor, limit: Math.min(500, limit - all.length) };
          const found = await listSettlements({ store }, { ...filter, ...page });
          all.push(...found.items);
          next = found.next;
          cursor = next ?? undefined;
        } while (next !== null && all.length < limit);
      }
      if (context.json) context.document({ settlements: all.map(settlementDocument), next });
      else if (all.length === 0 && after === undefined) context.line(await nothingFound({ store }));
      else context.table(all, settlementColumns(context));
      if (next !== null && !context.json) context.info(`there are more: go on with --after ${next}`);
      return EXIT.done;
    }),
};

/** That there is nothing of what was asked for, and whether that is because there is nothing yet. */
async function nothingFound(books: Parameters<typeof listSettlements>[0]): Promise<string> {
  const { items } = await listSettlements(books, { limit: 1 });
  return items.length > 0
    ? "No settlement is as asked for: leave out an option to see more."
    : "No settlements yet: run apay sync, then apay reconcile.";
}

async function show(context: Context, settlementId: string, currency: string | undefined): Promise<ExitStatus> {
  return withBooks(context, async ({ store }) => {
    const detail = await getSettlement({ store }, { accountId: context.accountName, settlementId, currency });
    const money = (minor: bigint): string => formatAmount(minor, detail.currency);
    if (context.json) {
      const rows: unknown[] = [];
      const scope = { accountId: detail.accountId, settlementId, currency: detail.currency };
      for await (const row of everyPage((page) => listSettlementRows({ store }, { ...scope, ...page }))) {
        rows.push(rowDocument(row));
      }
      context.document({
        ...settlementDocument(detail),
        parts: detail.parts.map((part) => ({
          type: part.type,
          rows: part.rows,
          amount: money(part.amountMinor),
          fee: money(part.feeMinor),
          net: money(part.netMinor),
        })),
        file: {
          sha256: detail.file.contentHash,
          archivePath: detail.file.archivePath,
          rows: detail.file.rows,
          errors: detail.file.errors,
        },
        transactions: rows,
      });
      return EXIT.done;
    }
    context.line(
      `${context.paint("bold", `Settlement ${detail.settlementId}`)} of ${detail.accountId}, ${day(context, detail.startAt)} to ${day(context, detail.endAt)}, ${detail.currency}`,
    );
    context.line(
      (detail.status === "exceptions"
        ? context.paint("red", "exceptions: apay exceptions list --settlement " + detail.settlementId)
        : context.paint(VERDICT_COLOURS[detail.status] ?? "red", detail.status)) + `; ${bankWords(detail)}`,
    );
    context.line();
    context.table(detail.parts, [
      { title: "type", value: (part) => part.type },
      { title: "rows", align: "right", value: (part) => String(part.rows) },
      { title: "amount", align: "right", value: (part) => money(part.amountMinor) },
      { title: "fee", align: "right", value: (part) => money(part.feeMinor) },
      { title: "net", align: "right", value: (part) => money(part.netMinor) },
    ]);
    context.line();
    const steps: readonly (readonly [string, bigint])[] = [
      ["opening", detail.openingMinor],
      ["activity", detail.activityMinor],
      ["fees", detail.feesMinor],
      [detail.transferMinor > 0n ? "collected from you" : "transfer", detail.transferMinor],
      ["closing", detail.closingMinor],
    ];
    context.table(steps, [
      { title: "from opening to closing balance", value: ([name]) => name },
      { title: detail.currency, align: "right", value: ([, minor]) => money(minor) },
    ]);
    context.line();
    context.line(context.paint("dim", `file ${detail.file.archivePath}  sha256 ${detail.file.contentHash}`));
    return EXIT.done;
  });
}

export const settlementsShow: CommandRow = {
  name: "settlements show",
  summary: "show one settlement: parts, balance, file",
  arguments: [{ name: "<settlement>", help: "settlement id" }],
  options: [
    { flags: "--currency <code>", help: "for a settlement with several currencies" },
    { flags: "--versions", help: "the files that delivered it, and where they differ" },
  ],
  examples: [
    ["apay settlements show 5984862222", "from opening to closing balance"],
    ["apay settlements show 5984862222 --versions", "what a file that came again says differently"],
  ],
  run: async (context, input) =>
    flag(input, "versions")
      ? (await import("./settlement-versions.ts")).showVersions(context, argument(input, 0))
      : show(context, argument(input, 0), currencyOf(input)),
};
