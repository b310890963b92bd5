import { dayAfter } from "@amazon-pay-kit/money";
import type { WorkbookSheet } from "../../workbook.ts";
import { MOST_ITEMS, type PeriodFigures, type PeriodUnsettled } from "../../reconcile/periods/document.ts";
import type { AccountClose, MonthClose } from "../close-month.ts";

/** A table of the pack: a section of the page, and a sheet of the workbook. */
export interface PackTable extends WorkbookSheet {
  /** What it says, in one sentence. */
  readonly about: string;
}

type Row = readonly (string | number | null)[];

const text = (title: string) => ({ title, kind: "text" as const });
const amount = (title: string) => ({ title, kind: "amount" as const });
const integer = (title: string) => ({ title, kind: "integer" as const });

function rowsOf(
  accounts: readonly AccountClose[],
  pick: (figures: PeriodFigures, account: AccountClose) => Row[],
): Row[] {
  return accounts.flatMap((account) =>
    account.document.figures.flatMap((figures) =>
      pick(figures, account).map((row) => [account.accountId, figures.currency, ...row]),
    ),
  );
}

/** Types that move the balance between Amazon Pay, its reserve and the bank; the others are what was earned and given back. */
const MOVES = new Set(["transfer", "reserve", "carryover", "debt"]);

/** The last day of a month. */
export function lastDay(month: string): string {
  return dayAfter(`${dayAfter(`${month}-01`, 31).slice(0, 7)}-01`, -1);
}

function unsettled(what: string, { count, amount: sum }: PeriodUnsettled): Row[] {
  return count === 0 ? [] : [[what, count, sum]];
}

/** Everything that the pack of a month says, as tables. */
export function packTables({ month, accounts }: MonthClose): readonly PackTable[] {
  const head = [text("account"), text("currency")];
  return [
    {
      name: "Balances",
      about: `What Amazon Pay held, and what was on its way to the bank, at the beginning and the end of ${month}.`,
      columns: [...head, text("at"), amount("balance"), amount("of it reserve"), amount("in transit")],
      rows: rowsOf(accounts, ({ opening, closing }) => [
        [`${month}-01, beginning`, opening.balance, opening.reserve, opening.transit ?? "no statement"],
        [`${lastDay(month)}, end`, closing.balance, closing.reserve, closing.transit ?? "no statement"],
      ]),
    },
    {
      name: "Roll-forward",
      about: "How the rows that were posted in the month lead from the opening balance to the closing balance.",
      columns: [...head, text("what"), integer("rows"), amount("gross"), amount("fees"), amount("net or balance")],
      rows: rowsOf(accounts, ({ opening, closing, types }) => [
        ["opening balance", null, null, null, opening.balance],
        ...types.map(({ type, count, amount: gross, fees, net }) => [type, count, gross, fees, net]),
        ["closing balance", null, null, null, closing.balance],
      ]),
    },
    {
      name: "Fees",
      about: "What Amazon Pay took, by type of transaction: negative where taken, positive where given back.",
      columns: [...head, text("type"), integer("rows"), amount("gross"), amount("fees")],
      rows: rowsOf(accounts, ({ types }) =>
        types
          .filter(({ type }) => !MOVES.has(type))
          .map(({ type, count, amount: gross, fees }) => [type, count, gross, fees]),
      ),
    },
    {
      name: "Transfers",
      about: "Each transfer of the month with the deposits that were booked by its end.",
      columns: [
        ...head,
        text("settlement"),
        text("transferred"),
        amount("amount"),
        text("deposited"),
        amount("deposit"),
        text("deposit currency"),
      ],
      rows: rowsOf(accounts, ({ transfers }) =>
        transfers.flatMap(({ settlementId, transferredAt, amount: sum, deposits }) =>
          deposits.length === 0
            ? [[settlementId, transferredAt, sum, "not by the end of the month", null, null]]
            : deposits.map((one, index) => [
                settlementId,
                transferredAt,
                index === 0 ? sum : null,
                one.bookedAt,
                one.amount,
                one.currency,
              ]),
        ),
      ),
    },
    {
      name: "VAT in fees",
      about: "The fees of the month with the tax that is in them, rounded for the month as an invoice rounds.",
      columns: [...head, text("VAT"), amount("rate %"), amount("gross"), amount("net"), amount("tax")],
      rows: rowsOf(accounts, ({ feeTax }) =>
        feeTax === undefined ? [] : [[feeTax.label, feeTax.rate, feeTax.gross, feeTax.net, feeTax.tax]],
      ),
    },
    {
      name: "Unsettled",
      about: "Sales and refunds of your own records that were in no settlement row by the end of the month.",
      columns: [...head, text("what"), integer("records"), amount("amount")],
      rows: rowsOf(accounts, ({ unsettled: { sales, refunds } }) => [
        ...unsettled("sales", sales),
        ...unsettled("refunds", refunds),
      ]),
    },
    {
      name: "Open items",
      about: `The unsettled sales and refunds one by one, the oldest first; at most ${MOST_ITEMS} of a currency.`,
      columns: [...head, text("what"), text("captured or refunded"), text("order"), text("record"), amount("amount")],
      rows: rowsOf(accounts, ({ items = [] }) =>
        items.map(({ kind, occurredAt, order, source, amount: sum }) => [kind, occurredAt, order, source, sum]),
      ),
    },
    {
      name: "Exceptions",
      about: "Differences that nobody had explained when the month was closed.",
      columns: [...head, text("exception"), text("code"), amount("amount"), text("cause"), text("what it is")],
      rows: [
        ...rowsOf(accounts, ({ exceptions }) =>
          exceptions.map((one) => [one.id, one.code, one.amount, one.cause === one.id ? "" : one.cause, one.message]),
        ),
        ...accounts.flatMap(({ accountId, document }) =>
          document.exceptions.map((one): Row => [
            accountId,
            "",
            one.id,
            one.code,
            null,
            one.cause === one.id ? "" : one.cause,
            one.message,
          ]),
        ),
      ],
    },
    {
      name: "Explained",
      about:
        "Differences of the month that somebody had explained, with the reason, which says what they are booked on.",
      columns: [
        ...head,
        text("code"),
        amount("amount"),
        text("reason"),
        text("note"),
        text("by"),
        text("on"),
        text("what it is"),
      ],
      rows: rowsOf(accounts, ({ explained = [] }) =>
        explained.map((one) => [
          one.code,
          one.amount,
          one.reason ?? "not booked",
          one.note,
          one.who,
          one.at.slice(0, 10),
          one.message,
        ]),
      ),
    },
    {
      name: "Checklist",
      about: "What was looked at before the close.",
      columns: [text("account"), text("state"), text("what"), text("remedy")],
      rows: accounts.flatMap(({ checklist }) =>
        checklist.map(({ accountId, state, message, remedy }): Row => [accountId, state, message, remedy]),
      ),
    },
    {
      name: "Files",
      about: "The files that all of this is made of, with the SHA-256 of their bytes.",
      columns: [text("account"), text("kind"), text("file"), text("SHA-256")],
      rows: accounts.flatMap(({ accountId, document }) =>
        document.files.map(({ kind, name, hash }): Row => [accountId, kind, name, hash]),
      ),
    },
    {
      name: "Close",
      about:
        "The hash of each account's figures. It is that of the canonical JSON that apay close keeps, and includes the one before.",
      columns: [
        text("account"),
        text("month"),
        text("time zone"),
        text("from"),
        text("until"),
        text("SHA-256"),
        text("month before"),
      ],
      rows: accounts.map(({ accountId, hash, previousHash, document }): Row => [
        accountId,
        document.month,
        document.timeZone,
        document.from,
        document.until,
        hash ?? "not closed",
        previousHash ?? "none: the first closed month",
      ]),
    },
  ];
}
