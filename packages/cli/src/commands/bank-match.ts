import {
  depositSubject,
  EXPLANATION_REASONS,
  type ExceptionView,
  type ExplanationReason,
  listExceptions,
  unlinkDeposit,
} from "@amazon-pay-kit/ledger";
import { everyPage } from "../books/every-page.ts";
import { matchDeposit } from "../books/match-deposit.ts";
import { type OpenBooks, withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { type CommandRow, type Input, text } from "../program/command.ts";
import type { Context } from "../program/context.ts";

/** The reason that was given; `undefined` without one. */
export function reasonOf(input: Input): ExplanationReason | undefined {
  const given = text(input, "reason");
  return EXPLANATION_REASONS.find((reason) => reason === given);
}

async function openExceptions(context: Context, open: OpenBooks): Promise<ExceptionView[]> {
  const found: ExceptionView[] = [];
  const scope = { accountId: context.accountName, status: "to-do" };
  for await (const item of everyPage((page) => listExceptions(open, { ...scope, ...page }))) found.push(item);
  return found;
}

/** The exception of a code that an id, or the beginning of one, names; `undefined` for anything else. */
function named(exceptions: readonly ExceptionView[], code: string, wanted: string): ExceptionView | undefined {
  const [only, other] = exceptions.filter(
    (one) => one.code === code && wanted.length >= 6 && one.exceptionId.startsWith(wanted),
  );
  return other === undefined ? only : undefined;
}

/** The bank line that is meant: its number, or the exception that calls it unknown. */
async function bankLineOf(
  open: OpenBooks,
  exceptions: readonly ExceptionView[],
  wanted: string,
): Promise<{ readonly bankLineId: number; readonly accountId?: string }> {
  const unknown = named(exceptions, "bank.unknown-deposit", wanted);
  if (unknown !== undefined) {
    const { subject } = await open.store.db
      .selectFrom("exception")
      .select("subject")
      .where("account_id", "=", unknown.accountId)
      .where("exception_id", "=", unknown.exceptionId)
      .executeTakeFirstOrThrow();
    const lines = await open.store.db
      .selectFrom("bank_line")
      .selectAll()
      .where("account_id", "=", unknown.accountId)
      .where("amount_minor", "=", unknown.amountMinor ?? 0n)
      .orderBy("bank_line_id")
      .execute();
    const line = lines.find(
      (one) => depositSubject({ ...one, bookedAt: one.booked_at, amount: one.amount_minor }) === subject,
    );
    if (line !== undefined) return { bankLineId: line.bank_line_id, accountId: unknown.accountId };
  }
  if (/^\d{1,15}$/.test(wanted)) return { bankLineId: Number(wanted) };
  throw new CliError("bank.unknown-deposit", `there is no deposit ${JSON.stringify(wanted)}`, {
    remedy: "give its number (apay explain AMOUNT --json shows it), or the id of its bank.unknown-deposit",
  });
}

export const bankMatch: CommandRow = {
  name: "bank match",
  summary: "link a deposit with the transfers it pays, where no rule does",
  description:
    "Links a deposit with transfers by hand and reconciles. What lies between them is explained with the reason, which decides the account it is booked on. The link stays after the statement is imported again, until apay bank unmatch undoes it.",
  arguments: [
    { name: "<deposit>", help: "number of the bank line, or the id of its bank.unknown-deposit" },
    { name: "<transfers...>", help: "settlement ids, or ids of bank.missing-deposit" },
  ],
  options: [
    { flags: "--reason <reason>", help: "why the amounts differ", choices: [...EXPLANATION_REASONS] },
    { flags: "--note <text>", help: "what is to be known about it; needed with a reason" },
  ],
  examples: [
    [
      'apay bank match 3f9a21c0b7d4 5984862222 --reason bank-fee --note "charge of the correspondent bank"',
      "the difference goes to the account of bank fees",
    ],
    ["apay bank match 17 5984862222 5984862223", "one deposit for two transfers"],
  ],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const [deposit = "", ...transfers] = input.args.filter((one) => one !== undefined);
      const reason = reasonOf(input);
      const note = text(input, "note")?.trim() ?? "";
      if (reason !== undefined && note === "")
        throw new CliError("usage.note", "a reason needs a note", { remedy: 'add --note "why it is so"' });
      const exceptions = await openExceptions(context, open);
      const { bankLineId, accountId = open.books.accountId } = await bankLineOf(open, exceptions, deposit);
      const settlements = transfers.map((one) => named(exceptions, "bank.missing-deposit", one)?.settlementId ?? one);
      const books = { ...open.books, ...(accountId === undefined ? {} : { accountId }) };
      const { differences: left, ...linked } = await matchDeposit(open, books, {
        bankLineId,
        settlements,
        reason,
        note: note === "" ? undefined : note,
      });
      const words = left.map((one) => ({ exceptionId: one.exceptionId, code: one.code, message: one.message }));
      if (context.json) context.document({ ...linked, reason: reason ?? null, differences: words });
      else {
        context.line(`deposit ${bankLineId} pays ${settlements.join(", ")}`);
        for (const { code, message } of words)
          context.line(`${code}: ${message}${reason === undefined ? "" : `; explained: ${reason}`}`);
      }
      return reason === undefined && left.length > 0 ? EXIT.problems : EXIT.done;
    }),
};

export const bankUnmatch: CommandRow = {
  name: "bank unmatch",
  summary: "undo apay bank match: the rules decide again",
  description:
    "Undoes a link of apay bank match and reconciles, so that the rules decide again. Who linked it, who undid it, when and why stays on record: apay explain shows it with the deposit.",
  arguments: [{ name: "<deposit>", help: "number of the bank line" }],
  options: [{ flags: "--note <text>", help: "why it is undone" }],
  examples: [['apay bank unmatch 17 --note "was another shop\'s payout"', "recorded with your name"]],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const { bankLineId } = await bankLineOf(open, [], input.args[0] ?? "");
      const given = text(input, "note");
      if (given?.trim() === "")
        throw new CliError("usage.note", "the note is empty", { remedy: 'say why: --note "why it is undone"' });
      const undone = await unlinkDeposit(open.books, bankLineId, given?.trim());
      await open.reconcile({});
      if (context.json) context.document({ ...undone, note: given?.trim() ?? null });
      else context.line(`deposit ${bankLineId} is linked with ${undone.settlements.join(", ")} no longer`);
      return EXIT.done;
    }),
};
