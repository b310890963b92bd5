import { formatAmount, type ExplainedRow, type ExplainedTransaction, type Explanation } from "@amazon-pay-kit/ledger";
import { fileLines } from "../books/file-lines.ts";
import type { OpenBooks } from "../books/open.ts";
import { amountOf, exceptionColumns } from "../explain/exception-columns.ts";
import type { Context } from "../program/context.ts";
import { showDeposit } from "./show-deposit.ts";
import { showSettlement } from "./show-settlement.ts";
import { day, place } from "./format.ts";

function matchText(row: ExplainedRow): string {
  return row.matches.map((match) => `${match.counterpart} by ${match.rule}`).join(", ");
}

async function showTransaction(
  context: Context,
  books: OpenBooks,
  one: ExplainedTransaction,
  raw: boolean,
): Promise<void> {
  const [first] = one.rows;
  const [record] = one.records;
  const order = record?.orderId ?? first?.orderId ?? null;
  const name = first?.permissionId ?? first?.transactionId ?? record?.transactionId ?? null;
  const title = [order === null ? null : `Order ${order}`, name].filter((part) => part !== null).join(", ");
  context.line(`${context.paint("bold", title === "" ? "Transaction" : title)} of ${one.accountId}`);
  if (one.rows.length > 0) {
    context.table(one.rows, [
      { title: "posted", value: (row) => day(context, row.postedAt), spare: 2 },
      { title: "type", value: (row) => row.type },
      { title: "transaction", value: (row) => row.transactionId ?? "" },
      { title: "settlement", value: (row) => row.settlementId },
      { title: "amount", align: "right", value: (row) => formatAmount(row.amountMinor, row.currency) },
      { title: "fee", align: "right", value: (row) => formatAmount(row.feeMinor, row.currency), spare: 1 },
      { title: "net", align: "right", value: (row) => formatAmount(row.netMinor, row.currency) },
      { title: "cur", value: (row) => row.currency },
      { title: "file:line", value: (row) => place(row.contentHash, row.line) },
      { title: "matched with", value: matchText, wraps: true },
    ]);
    for (const sum of one.net)
      context.line(`together ${formatAmount(sum.amountMinor, sum.currency)} ${sum.currency} net`);
  } else context.line("in no settlement yet");
  if (one.records.length > 0) {
    context.line();
    context.table(one.records, [
      { title: "own record", value: (record) => record.kind },
      { title: "occurred", value: (record) => day(context, record.occurredAt) },
      { title: "order", value: (record) => record.orderId ?? "" },
      { title: "state", value: (record) => record.status ?? "" },
      { title: "settled", value: (record) => (record.settled ? "yes" : "not yet") },
      { title: "amount", align: "right", value: (record) => formatAmount(record.amountMinor, record.currency) },
      { title: "cur", value: (record) => record.currency },
      { title: "from", value: ({ source, origin }) => `${source.fileName ?? origin}, line ${source.line}` },
    ]);
  }
  if (one.reported.length > 0) {
    context.line();
    context.table(one.reported, [
      { title: "report", value: (row) => row.kind },
      { title: "object", value: (row) => row.objectId ?? "" },
      { title: "state", value: (row) => row.status ?? "" },
      { title: "updated", value: (row) => (row.updatedAt === null ? "" : day(context, row.updatedAt)), spare: 2 },
      {
        title: "amount",
        align: "right",
        spare: 1,
        value: (row) =>
          row.amountMinor === null || row.currency === null ? "" : formatAmount(row.amountMinor, row.currency),
      },
      { title: "file:line", value: ({ source }) => place(source.contentHash, source.line) },
    ]);
  }
  if (one.exceptions.length > 0) {
    context.line();
    context.table(one.exceptions, exceptionColumns);
  }
  if (!raw) return;
  context.line();
  for (const row of one.rows) {
    const lines = await fileLines(books.ledger.archive, row.archivePath, row.line);
    const own = lines.find(({ line }) => line === row.line);
    context.line(context.paint("dim", `${place(row.contentHash, row.line)}  ${own?.text ?? ""}`));
  }
}

/** Prints an explanation for a person. */
export async function showExplanation(
  context: Context,
  books: OpenBooks,
  explanation: Explanation,
  raw: boolean,
): Promise<void> {
  if (explanation.readAs !== null) {
    context.line(context.paint("dim", `${explanation.query} read as ${explanation.readAs}`));
    context.line();
  }
  const blocks: (() => Promise<void> | void)[] = [
    ...explanation.exceptions.map((one) => () => {
      context.line(`${context.paint("bold", one.code)}  ${one.status}  ${amountOf(one)}`);
      context.line(one.message);
      const own = [
        one.orderId === null ? null : `order ${one.orderId}`,
        one.referenceId === null ? null : `reference ${one.referenceId}`,
        one.file === null ? null : `${one.file}${one.line === null ? "" : `, line ${one.line}`}`,
        one.cause === one.exceptionId ? null : `brought by ${one.cause.slice(0, 12)}`,
      ].filter((part) => part !== null);
      if (own.length > 0) context.line(own.join("; "));
      context.line(context.paint("dim", `apay exceptions show ${one.exceptionId}`));
    }),
    ...explanation.deposits.map((one) => () => showDeposit(context, one)),
    ...explanation.settlements.map((one) => () => showSettlement(context, one)),
    ...explanation.transactions.map((one) => () => showTransaction(context, books, one, raw)),
  ];
  for (const [index, block] of blocks.entries()) {
    if (index > 0) context.line();
    await block();
  }
  if (explanation.more) {
    context.line();
    context.line(context.paint("dim", "There is more: name the account, the currency or a more precise id."));
  }
}
