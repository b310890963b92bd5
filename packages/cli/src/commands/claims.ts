import {
  type Claim,
  CLAIM_KINDS,
  claimFiles,
  type Claims,
  type ClaimSum,
  explainException,
  formatAmount,
  formatInstant,
  listAccounts,
  listClaims,
} from "@amazon-pay-kit/ledger";
import { type OpenBooks, withBooks } from "../books/open.ts";
import { writeFiles } from "../books/write-files.ts";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { currencyOf } from "../options/currency.ts";
import { periodOf } from "../options/times.ts";
import { type CommandRow, type Input, text } from "../program/command.ts";
import type { Context } from "../program/context.ts";

const DEBTORS = { "amazon-pay": "Amazon Pay", bank: "the bank" } as const;

const WHY = {
  "caused-by-another": "follow from another cause, such as a lost report: settle that first",
  "in-your-favour": "are in your favour",
  "part-of-another-claim": "are part of another claim",
  "without-charge-id": "are unsettled sales without the id of an Amazon Pay charge, so that nothing proves them",
} as const;

function claimDocument(claim: Claim): object {
  const { id, accountId, debtor, kind, currency, amountMinor, occurredAt, claimed, ...rest } = claim;
  return {
    id,
    account: accountId,
    debtor,
    kind,
    currency,
    amount: formatAmount(amountMinor, currency),
    occurredAt: occurredAt === null ? null : formatInstant(occurredAt),
    ...rest,
    claimed: claimed === null ? null : { ...claimed, at: formatInstant(claimed.at) },
  };
}

function sumDocument({ debtor, currency, count, amountMinor }: ClaimSum): object {
  return { debtor, currency, count, amount: formatAmount(amountMinor, currency) };
}

function titleOf({ kind }: Claim): string {
  return CLAIM_KINDS.find((one) => one.kind === kind)?.title ?? kind;
}

function show(context: Context, { claims, sums, leftOut }: Claims): void {
  if (claims.length === 0) context.line("Nothing is owed, as far as the books know.");
  else {
    context.table(claims, [
      { title: "claim", value: ({ id }) => id.slice(0, 12) },
      { title: "account", value: ({ accountId }) => accountId, spare: 5 },
      { title: "by", value: ({ debtor }) => DEBTORS[debtor] },
      { title: "day", value: ({ occurredAt }) => (occurredAt === null ? "" : formatInstant(occurredAt).slice(0, 10)) },
      { title: "what", value: titleOf, wraps: true },
      { title: "settlement", value: ({ settlementId }) => settlementId ?? "", spare: 2 },
      { title: "order or transaction", value: (one) => one.orderId ?? one.transactionId ?? "", spare: 3 },
      {
        title: "file:line",
        value: ({ file, line }) => (file === null ? "" : `${file}${line === null ? "" : `:${line}`}`),
        spare: 1,
      },
      {
        title: "claimed",
        value: ({ claimed }) => (claimed === null ? "" : formatInstant(claimed.at).slice(0, 10)),
        spare: 4,
      },
      { title: "owed", align: "right", value: (one) => formatAmount(one.amountMinor, one.currency) },
      { title: "cur", value: ({ currency }) => currency },
    ]);
    context.line();
    for (const { debtor, currency, count, amountMinor } of sums)
      context.line(
        `${DEBTORS[debtor]}: ${formatAmount(amountMinor, currency)} ${currency} in ${count} ${count === 1 ? "claim" : "claims"}`,
      );
  }
  for (const { why, currency, count, amountMinor } of leftOut)
    context.info(`left out: ${count} of ${formatAmount(amountMinor, currency)} ${currency} ${WHY[why]}`);
}

async function lettersOf(context: Context, { store }: OpenBooks, { claims }: Claims, input: Input) {
  const folder = text(input, "out");
  if (folder === undefined || claims.length === 0) return null;
  const accounts = await listAccounts({ store });
  const files = claimFiles(claims, {
    now: context.clock.now(),
    sender: text(input, "sender"),
    merchantIds: new Map(
      accounts.flatMap(({ accountId, sellerId }) => (sellerId === null ? [] : [[accountId, sellerId] as const])),
    ),
  });
  return writeFiles(
    context,
    folder,
    files.map(({ name, text: bytes }) => ({ name, bytes })),
  );
}

async function record({ books }: OpenBooks, { claims }: Claims, note: string): Promise<number> {
  const open = claims.filter(({ claimed }) => claimed === null);
  for (const { accountId, id } of open) await explainException({ ...books, accountId }, id, note, "claim");
  return open.length;
}

async function run(context: Context, input: Input): Promise<ExitStatus> {
  const note = text(input, "record")?.trim();
  const period = periodOf(context, input);
  if (note === "")
    throw new CliError("usage.note", "say in --record how it was claimed", {
      remedy: 'add a text: --record "case 123 of 1 July"',
    });
  const status = text(input, "status") as "open" | "claimed" | "all";
  if (note !== undefined && status === "claimed")
    throw new CliError("usage.record", "--record is for what was not claimed yet", { remedy: "leave --status out" });
  return withBooks(context, async (open) => {
    const found = await listClaims(open.books, {
      status,
      currency: currencyOf(input),
      ...period,
    });
    const files = await lettersOf(context, open, found, input);
    const recorded = note === undefined ? 0 : await record(open, found, note);
    if (context.json) {
      const { claims, sums, leftOut } = found;
      context.document({
        claims: claims.map(claimDocument),
        sums: sums.map(sumDocument),
        leftOut: leftOut.map(({ amountMinor, ...one }) => ({
          ...one,
          amount: formatAmount(amountMinor, one.currency),
        })),
        files: files ?? [],
        recorded,
      });
    } else {
      show(context, found);
      for (const path of files ?? []) context.line(`written: ${path}`);
      if (note !== undefined) context.line(`${recorded} recorded as claimed: ${note}`);
    }
    return EXIT.done;
  });
}

export const claims: CommandRow = {
  name: "claims",
  summary: "what Amazon Pay or the bank still owes, as letters and lists",
  description:
    "Lists what the books have found to be owed and nobody has explained otherwise: fees above your schedule, fees not given back on refunds, payments that went back to the buyer twice, transactions settled twice, transfers that did not arrive, captures that were never settled, and deposits that are less than the transfer. Each names the file and line it can be seen in. --out writes for each debtor a letter to print (HTML) and one as text (Markdown), and a CSV of all. What was claimed is recorded with --record, or by apay exceptions explain ID --reason claim: it is not listed again, and journals book it on the account of claims on that day.",
  options: [
    {
      flags: "--status <status>",
      help: "open (not claimed yet), claimed, all",
      choices: ["open", "claimed", "all"],
      default: "open",
    },
    { flags: "--currency <code>", help: "only this currency" },
    { flags: "--from <day>", help: "taken, or due, on or after this day, or a time with its offset" },
    { flags: "--to <day>", help: "… and on or before this day, or before this time" },
    { flags: "--out <folder>", help: "write letters and a CSV into this folder" },
    { flags: "--sender <text>", help: "who the letters are from (default: the merchant account)" },
    { flags: "--record <note>", help: "record what is listed as claimed, with this note" },
  ],
  examples: [
    ["apay claims", "what is owed, with sums by debtor and currency"],
    ["apay claims --from 2026-04-01 --to 2026-06-30 --out claims-q2", "letters for the second quarter"],
    ['apay claims --out claims-q2 --record "sent on 3 July, case 123"', "… and do not claim it again"],
  ],
  run,
};
