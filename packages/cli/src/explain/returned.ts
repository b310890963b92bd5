import { type BankLinePlace, formatAmount, formatInstant, type ReturnedTransfer } from "@amazon-pay-kit/ledger";
import type { Context } from "../program/context.ts";
import { bankDay, day, place } from "./format.ts";

function atBank(line: BankLinePlace | null): string {
  return line === null
    ? "on no statement"
    : `on ${bankDay(line.bookedAt)} (${line.fileName ?? "the library"}, line ${line.line})`;
}

/** In one message: a transfer that the bank sent back, where it had arrived, and which settlement has it again. */
export function returnedMessage(context: Pick<Context, "calendar">, one: ReturnedTransfer): string {
  const { transfer, back, deposit, debit, currency } = one;
  const sent = `the transfer of ${formatAmount(one.amountMinor, currency)} ${currency} of settlement ${one.settlementId}`;
  const left = `${day(context, one.transferredAt)}${transfer === null ? "" : ` (${place(transfer.contentHash, transfer.line)})`}`;
  const bank =
    deposit === null && debit === null
      ? "no statement has that it arrived"
      : `deposited ${atBank(deposit)}, taken back ${atBank(debit)}`;
  const again =
    back === null
      ? `which opens with it on ${day(context, one.returnedAt)}`
      : `on ${day(context, one.returnedAt)} (${place(back.contentHash, back.line)})`;
  return `${sent} on ${left} came back from the bank: ${bank}; settlement ${one.returnedIn} has it again, ${again}`;
}

function bankLineDocument(line: BankLinePlace | null): Record<string, unknown> | null {
  if (line === null) return null;
  const { bankLineId: id, bookedAt, fileName: file, contentHash: sha256 } = line;
  return { id, bookedOn: bankDay(bookedAt), file, sha256, line: line.line };
}

/** The same as `--json` has it. */
export function returnedDocument(
  context: Pick<Context, "calendar">,
  { amountMinor, transferredAt, returnedAt, transfer, back, deposit, debit, ...one }: ReturnedTransfer,
): Record<string, unknown> {
  const rowOf = (row: ReturnedTransfer["transfer"]) =>
    row === null ? null : { sha256: row.contentHash, line: row.line };
  return {
    ...one,
    amount: formatAmount(amountMinor, one.currency),
    transferredAt: formatInstant(transferredAt),
    returnedAt: formatInstant(returnedAt),
    transfer: rowOf(transfer),
    back: rowOf(back),
    deposit: bankLineDocument(deposit),
    debit: bankLineDocument(debit),
    message: returnedMessage(context, {
      amountMinor,
      transferredAt,
      returnedAt,
      transfer,
      back,
      deposit,
      debit,
      ...one,
    }),
  };
}
