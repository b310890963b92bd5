import { localTime } from "../calendar.ts";
import { amountText, grouped } from "../money.ts";
import type { AccountFacts } from "../account-facts.ts";
import { type Movement, type ReportFile, netOf } from "../movements.ts";

const COLUMNS = [
  "TransactionPostedDate",
  "SettlementId",
  "AmazonTransactionId",
  "SellerReferenceId",
  "TransactionType",
  "AmazonOrderReferenceId",
  "SellerOrderId",
  "StoreName",
  "CurrencyCode",
  "TransactionDescription",
  "TransactionAmount",
  "TransactionPercentageFee",
  "TransactionFixedFee",
  "TotalTransactionFee",
  "NetTransactionAmount",
];

/** How the files of an account look. */
export interface Look {
  readonly mark: boolean;
  readonly lineEnd: "\n" | "\r\n";
  readonly commas: boolean;
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A settlement file, letter by letter as the public samples are. */
export function settlementText(facts: AccountFacts, file: ReportFile, look: Look): string {
  const moment = (at: number): string => {
    const { year, month, day, time, offset } = localTime(at, facts.offset(at));
    return `${year}-${month}-${day}T${time} ${offset}`;
  };
  const amount = (minor: bigint, currency: string): string => {
    if (minor === 0n) return "0";
    const text = amountText(minor, currency);
    // Yen are written with two decimals that are always zero.
    const whole = currency === "JPY" && look.commas ? `${text}.00` : text;
    return look.commas ? grouped(whole) : whole;
  };
  const row = (one: Movement): string =>
    [
      moment(one.at),
      one.written?.settlementId ?? file.settlementId,
      one.transactionId,
      one.reference,
      one.type,
      one.permission,
      one.order,
      one.store,
      one.currency,
      one.description,
      one.written?.amount ?? amount(one.amount, one.currency),
      amount(one.percentage, one.currency),
      amount(one.fixed, one.currency),
      amount(one.written?.fee ?? one.percentage + one.fixed, one.currency),
      amount(one.written?.net ?? netOf(one), one.currency),
    ]
      .map(quoted)
      .join(",");
  const lines = [
    '"Amazon Payments Advanced",',
    '"Settlement Report",',
    `"SellerId","A1${facts.id.toUpperCase()}SELLER"`,
    `"SettlementStartDate","${moment(file.start)}"`,
    `"SettlementEndDate","${moment(file.end)}"`,
    `${COLUMNS.map(quoted).join(",")},`,
    ...file.rows.map(row),
  ];
  const text = `${look.mark ? "\uFEFF" : ""}${lines.join(look.lineEnd)}${look.lineEnd}`;
  return file.spoil === undefined ? text : file.spoil(text);
}
